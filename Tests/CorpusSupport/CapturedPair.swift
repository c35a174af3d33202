import Foundation

/// An Istiod's dump and an Envoy's that belong together.
package struct CapturedPair: Sendable, CustomStringConvertible {
    /// The folder that holds both, and `golden/`.
    package let folder: URL
    /// The scenario and what follows it: `lab/b_stale_sotw`, `istiod/drift/pairs/POD`.
    package let place: String
    /// The variant of Istiod's side, such as `cb_removed.`; mostly empty.
    package let variant: String
    /// Whether the dumps are those with endpoints.
    package let hasEndpoints: Bool
    private let envoyName: String

    /// Istiod's dump.
    package var istiod: URL {
        file("\(variant)istiod_config_dump\(hasEndpoints ? "_eds" : "").json")
    }
    /// Envoy's dump.
    package var envoy: URL { file(envoyName) }

    package var description: String { "\(place) \(variant)\(hasEndpoints ? "with endpoints" : "")" }

    /// A file of the pair's folder.
    package func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    /// What istioctl's own code made of the pair; nil if absent.
    package func golden(_ name: String) -> [UInt8]? {
        try? Corpus.bytes(of: folder.appendingPathComponent("golden/\(name)"))
    }

    /// Every pair of the captures: those whose Envoy answered with a line of text too, those of
    /// which one side is missing not.
    package static func all(_ group: String) throws -> [CapturedPair] {
        try folders(group).flatMap { folder, place in
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            return names.compactMap { CapturedPair(folder, place, istiodName: $0, among: names) }
        }
    }

    /// Every folder that holds captured dumps, with its name from the group on.
    package static func folders(_ group: String) throws -> [(folder: URL, place: String)] {
        try Corpus.scenarios(group).flatMap { scenario -> [(URL, String)] in
            let folder = try Corpus.folder(scenario)
            let pairs = folder.appendingPathComponent("pairs")
            let pods = try? FileManager.default.contentsOfDirectory(atPath: pairs.path)
            guard let pods else { return [(folder, scenario)] }
            return pods.sorted().map {
                (pairs.appendingPathComponent($0), "\(scenario)/pairs/\($0)")
            }
        }
    }

    private init?(_ folder: URL, _ place: String, istiodName: String, among names: [String]) {
        guard let mark = istiodName.range(of: "istiod_config_dump"), istiodName.hasSuffix(".json")
        else { return nil }
        variant = String(istiodName[..<mark.lowerBound])
        let ending = String(istiodName[mark.upperBound...])
        hasEndpoints = ending == "_eds.json"
        // A variant named `before.` is the state before, of which there may be an Envoy's dump too.
        let before = "\(variant)config_dump\(ending)"
        envoyName = variant == "before." && names.contains(before) ? before : "config_dump\(ending)"
        guard names.contains(envoyName) else { return nil }
        self.folder = folder
        self.place = place
    }
}
