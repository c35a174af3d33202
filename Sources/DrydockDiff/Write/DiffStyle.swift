/// How a unified diff is coloured.
public enum DiffStyle: Sendable, Hashable {
    /// Not at all.
    case plain
    /// With a terminal's colours, as git does.
    case ansi

    enum Part {
        case status, header, hunk, removed, added
    }

    /// What switches a part's colour on.
    func start(_ part: Part) -> String {
        guard self == .ansi else { return "" }
        switch part {
        case .status, .header: return "\u{1B}[1m"
        case .hunk: return "\u{1B}[36m"
        case .removed: return "\u{1B}[31m"
        case .added: return "\u{1B}[32m"
        }
    }

    /// What switches it off.
    var end: String { self == .ansi ? "\u{1B}[m" : "" }
}
