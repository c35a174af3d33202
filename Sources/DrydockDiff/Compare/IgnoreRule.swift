public import EnvoyConfig

/// A difference that is known and not to be reported.
///
///     .init(kind: .clusters, name: "outbound|*", path: "circuitBreakers.*")
///
/// In a name or a path `*` stands for any text. An element of a list is told by its place or by its name:
/// `virtualHosts["reviews*"].routes[*].timeout`. A rule without a path ignores the whole resource, one
/// that only one side has included.
public struct IgnoreRule: Sendable, Hashable {
    /// The kind of the resources; nil for all.
    public var kind: ResourceKind?
    /// The resources' names; nil for all.
    public var name: String?
    /// The paths of the values; nil for the whole resource.
    public var path: String?

    /// Makes a rule.
    public init(kind: ResourceKind? = nil, name: String? = nil, path: String? = nil) {
        self.kind = kind
        self.name = name
        self.path = path
    }

    /// Whether the rule is about a resource.
    func covers(_ kind: ResourceKind, _ name: String) -> Bool {
        (self.kind.map { $0 == kind } ?? true)
            && (self.name.map { IgnoreRule.matches(Array(name.utf8), Array($0.utf8)) } ?? true)
    }

    /// Whether the rule ignores a change in a resource that it covers, whose value is `root`.
    func covers(_ path: ValuePath, in root: CanonicalValue) -> Bool {
        guard let pattern = self.path.map({ Array($0.utf8) }) else { return true }
        return path.spellings(in: root).contains {
            IgnoreRule.matches(Array($0.utf8), pattern)
        }
    }

    /// Whether a text is one that a pattern describes, without backtracking over more than one star.
    private static func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
        var (place, next) = (0, 0)
        var star: (place: Int, next: Int)?
        while place < text.count {
            if next < pattern.count, pattern[next] == UInt8(ascii: "*") {
                star = (place, next + 1)
                next += 1
            } else if next < pattern.count, pattern[next] == text[place] {
                (place, next) = (place + 1, next + 1)
            } else if let last = star {
                star = (last.place + 1, last.next)
                (place, next) = (last.place + 1, last.next)
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

extension IgnoreRule: CustomStringConvertible {
    /// Reads `KIND/NAME#PATH`, of which every part may be missing: `clusters`, `#connectTimeout`,
    /// `routes/9080#virtualHosts["reviews*"].routes[*].timeout`, `/outbound|*`. Nil if there is no such kind.
    public init?(_ text: String) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let subject = (parts.first ?? "").split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let kind = subject.first.map(String.init) ?? ""
        guard kind.isEmpty || ResourceKind(rawValue: kind) != nil,
            text.contains(where: { $0 != "/" })
        else { return nil }
        self.init(
            kind: ResourceKind(rawValue: kind), name: subject.count > 1 ? String(subject[1]) : nil,
            path: parts.count > 1 ? String(parts[1]) : nil)
    }

    /// The rule as `init(_:)` reads it.
    public var description: String {
        (kind?.rawValue ?? "") + (name.map { "/\($0)" } ?? "") + (path.map { "#\($0)" } ?? "")
    }
}
