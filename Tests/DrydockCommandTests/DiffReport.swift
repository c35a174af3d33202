import Foundation

/// `diff --output json`, as far as the tests read it.
struct DiffReport: Decodable {
    struct Side: Decodable {
        var label: String
        var file: String
    }

    struct Note: Decodable {
        struct Subject: Decodable {
            var kind: String
            var name: String
        }

        var kind: String
        var source: String
        var text: String
        var resource: Subject?
    }

    struct Change: Decodable {
        var path: String
    }

    struct Resource: Decodable {
        var name: String
        var changes: [Change]
        var notes: [Note]
    }

    struct Section: Decodable {
        var kind: String
        var match: Bool
        var same: Int
        var missingIn: [String]
        var onlyFrom: [String]
        var onlyTo: [String]
        var changed: [Resource]
        var notes: [Note]
    }

    var match: Bool
    var from: Side
    var to: Side
    var sections: [Section]
    var notes: [Note]

    var isMatch: Bool { match }

    init(_ bytes: [UInt8]) throws {
        self = try JSONDecoder().decode(DiffReport.self, from: Data(bytes))
    }

    subscript(kind: String) -> Section? { sections.first { $0.kind == kind } }

    /// The names of a kind that differ in any way.
    func differing(_ kind: String) -> Set<String>? {
        self[kind].map { Set($0.onlyFrom + $0.onlyTo + $0.changed.map(\.name)) }
    }
}

/// istioctl's canonical JSON of one section.
enum CanonicalGolden {
    /// The resources by name; those of one name together.
    static func resources(_ bytes: [UInt8]) throws -> [String: [NSDictionary]] {
        let document =
            try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: [NSDictionary]]
        var resources: [String: [NSDictionary]] = [:]
        for entry in document?.values.flatMap({ $0 }) ?? [] {
            let state = entry["activeState"] as? NSDictionary ?? entry
            guard let body = state.allValues.first as? NSDictionary else { continue }
            resources[body["name"] as? String ?? "", default: []].append(body)
        }
        return resources
    }
}
