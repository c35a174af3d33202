/// A member of a dump that nobody knows: it is not read, and so not compared.
public struct UnreadMember: Sendable, Hashable {
    /// The kind of the section that it stands in; nil for a member of the document, or of a section
    /// that nobody knows.
    public var kind: ResourceKind?
    /// Its key, or what else tells what it is.
    public var name: String
    /// How often it occurs.
    public var count: Int
}

/// Gathers the members that are not read, each once.
struct UnreadMembers {
    private(set) var members: [UnreadMember] = []
    private var places: [String: Int] = [:]
    /// Those of the section that is open, whose kind may come last.
    private var open: [String: Int] = [:]
    private var order: [String] = []

    /// More names than this are not told apart: a dump is not to fill the memory.
    private static let limit = 64
    private static let rest = "others"

    mutating func note(_ name: String) {
        let name =
            open[name] != nil || order.count < UnreadMembers.limit ? name : UnreadMembers.rest
        if open[name] == nil { order.append(name) }
        open[name, default: 0] += 1
    }

    /// The section ends; its kind is known where anything tells.
    mutating func endSection(_ kind: ResourceKind?) {
        guard !order.isEmpty else { return }
        for name in order {
            guard let count = open[name] else { continue }
            let key = "\(kind?.rawValue ?? "") \(name)"
            if let place = places[key] {
                members[place].count += count
            } else if members.count < UnreadMembers.limit * ResourceKind.allCases.count {
                places[key] = members.count
                members.append(UnreadMember(kind: kind, name: name, count: count))
            }
        }
        open.removeAll(keepingCapacity: true)
        order.removeAll(keepingCapacity: true)
    }
}
