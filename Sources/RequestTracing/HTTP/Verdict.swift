/// Whether a condition holds for a request; undecided where neither the dump nor the request says.
enum Verdict: Equatable {
    case holds
    case fails(String)
    /// What would have to be known.
    case undecided(String)

    init(_ holds: Bool, otherwise reason: @autoclosure () -> String) {
        self = holds ? .holds : .fails(reason())
    }

    /// All of it must hold: one failure decides, whatever else is not known.
    static func all(_ parts: some Sequence<Verdict>) -> Verdict {
        var unknown: Verdict?
        for part in parts {
            switch part {
            case .holds: continue
            case .fails: return part
            case .undecided: unknown = unknown ?? part
            }
        }
        return unknown ?? .holds
    }

    /// One of it must hold: one success decides, whatever else is not known.
    static func any(_ parts: some Sequence<Verdict>) -> Verdict {
        var unknown: Verdict?
        var failure: Verdict?
        for part in parts {
            switch part {
            case .holds: return .holds
            case .fails: failure = failure ?? part
            case .undecided: unknown = unknown ?? part
            }
        }
        return unknown ?? failure ?? .fails("there is nothing to match")
    }

    /// The opposite.
    func negated(_ reason: @autoclosure () -> String) -> Verdict {
        switch self {
        case .holds: .fails(reason())
        case .fails: .holds
        case .undecided: self
        }
    }
}
