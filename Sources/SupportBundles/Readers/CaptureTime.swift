internal import EnvoyConfig

/// A moment that a capture names, to the nanosecond.
public struct CaptureTime: Sendable, Hashable, Comparable {
    /// Seconds since 1970.
    public var seconds: Int
    /// And nanoseconds.
    public var nanoseconds: Int

    /// Makes a moment.
    public init(seconds: Int, nanoseconds: Int = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Reads RFC 3339; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let time = TimeText.timestamp(text)
        guard let time else { return nil }
        self.init(seconds: time.seconds, nanoseconds: time.nanoseconds)
    }

    /// Which comes first.
    public static func < (left: CaptureTime, right: CaptureTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// The moment as notes show it: `18:15:56 UTC, 10 s before the capture`. Where the capture's own
    /// time is not known, or is a day or more away, the date stands before it.
    public func text(before capture: CaptureTime?) -> String {
        let time = CivilTime(seconds)
        let clock = "\(time.clock) UTC"
        let dated = "\(time.date) \(clock)"
        guard let capture, capture >= self else { return dated }
        let passed = Int(min(capture.seconds(since: self), 1e12))
        switch passed {
        case ..<120: return "\(clock), \(passed) s before the capture"
        case ..<7_200: return "\(clock), \(passed / 60) min before the capture"
        case ..<86_400: return "\(clock), \(passed / 3_600) h before the capture"
        default: return "\(dated), \(passed / 86_400) d before the capture"
        }
    }

    /// How many seconds passed since an earlier moment.
    public func seconds(since earlier: CaptureTime) -> Double {
        Double(seconds - earlier.seconds) + Double(nanoseconds - earlier.nanoseconds) / 1e9
    }
}
