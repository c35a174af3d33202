internal import DrydockDiff
internal import EnvoyConfig
internal import EnvoyResources
internal import MeshDiagnosis
internal import Reporting

/// The resources of a page, each content once, and who holds which.
///
///     items   0: cluster x   1: cluster y   2: cluster y, another content   …
///     holders a: 0-1         b: 0, 2
struct PageContent {
    private struct Key: Hashable {
        var kind: ResourceKind
        var name: String
        var fingerprint: Fingerprint
    }

    /// The items, as the page's script reads them.
    private(set) var items: [ReportValue] = []
    /// The items of a proxy, by its name: runs of numbers, first and length in turn.
    private(set) var holders: [String: [Int]] = [:]
    /// How many items have no text, since the page would be too large.
    private(set) var cutCount = 0
    private var places: [Key: Int] = [:]
    private var textLength = 0
    private let textLimit: Int

    /// The kinds that a page shows.
    static let kinds: [ResourceKind] = [.listeners, .routes, .clusters, .endpoints, .ecds]

    init(textLimit: Int) {
        self.textLimit = textLimit
    }

    /// Adds what a proxy holds.
    mutating func add(_ dump: ConfigDump, of proxy: String) {
        let reader = dump.makeReader()
        var held: Set<Int> = []
        for resource in dump.resources
        where PageContent.kinds.contains(resource.kind)
            && (resource.state == .active || resource.state == .fixed)
        {
            held.insert(place(of: resource) { try? reader.canonicalValue(of: resource) })
        }
        holders[proxy] = PageContent.runs(held.sorted())
    }

    /// The number of a resource's content; it is read where it is new.
    mutating func place(of resource: Resource, read: () -> CanonicalValue?) -> Int {
        let key = Key(
            kind: resource.kind, name: resource.name, fingerprint: resource.fingerprint)
        if let place = places[key] { return place }
        let place = items.count
        places[key] = place
        var item: ReportObject = [
            "k": .string(resource.kind.rawValue), "n": .string(resource.name),
        ]
        if let value = read() {
            for member in PageItem.members(of: value, resource.kind) {
                item.append(member.0, member.1)
            }
            let text = PageContent.narrow(value.text())
            if textLength + text.utf8.count <= textLimit {
                textLength += text.utf8.count
                item.append("t", .string(text))
            } else {
                cutCount += 1
            }
        }
        items.append(.object(item))
        return place
    }

    /// Ascending numbers as runs.
    private static func runs(_ numbers: [Int]) -> [Int] {
        var runs: [Int] = []
        var previous: Int?
        for number in numbers {
            if let previous, previous + 1 == number {
                runs[runs.count - 1] += 1
            } else {
                runs += [number, 1]
            }
            previous = number
        }
        return runs
    }

    /// The text with one space in place of four: white space is two fifths of it otherwise.
    private static func narrow(_ text: String) -> String {
        let lines: [Substring] = text.split(
            separator: "\n" as Character, omittingEmptySubsequences: false)
        return lines.map { line in
            let indent = line.prefix { $0 == " " }.count
            return String(repeating: " ", count: indent / 4) + line.dropFirst(indent)
        }.joined(separator: "\n")
    }
}
