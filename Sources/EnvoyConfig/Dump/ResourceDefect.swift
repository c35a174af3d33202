internal import StrictJSON

/// A resource that cannot be read, such as one with a key that comes twice. It is an error where it
/// is compared, and a note where it is not.
public struct ResourceDefect: Sendable, Hashable {
    /// The kind of the resource.
    public let kind: ResourceKind
    /// The state of the resource.
    public let state: ResourceState
    /// The name of the resource, as far as it is known.
    public let name: String
    /// What is wrong, and where.
    public let error: ConfigDumpError
    /// Where the resource begins.
    let start: Int
    /// Whether it is a whole list that cannot be read, and not one resource.
    let isWholeList: Bool
}

/// A defect whose place may not be known yet.
struct DefectDraft {
    var kind: ResourceKind
    var state: ResourceState
    var start: Int
    var reason: JSONRefusal
    var error: JSONError?
    var isWholeList = false

    init(kind: ResourceKind, state: ResourceState, start: Int, reason: JSONRefusal) {
        self.kind = kind
        self.state = state
        self.start = start
        self.reason = reason
    }

    /// The finished defect, once the resource's name is known.
    func defect(named name: String, source: String) -> ResourceDefect {
        let subject = name.isEmpty ? kind.rawValue : "\(kind.rawValue) \(name)"
        let message = isWholeList ? reason.message : "\(subject): \(reason.message)"
        var error = ConfigDumpError(.notADump, message, source: source)
        if let located = self.error {
            error.offset = located.offset
            error.line = located.line
            error.column = located.column
            error.snippet = located.snippet
        }
        return ResourceDefect(
            kind: kind, state: state, name: name, error: error, start: start,
            isWholeList: isWholeList)
    }
}
