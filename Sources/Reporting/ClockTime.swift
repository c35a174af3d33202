internal import EnvoyConfig

/// Moments as the tables and the command line spell them: RFC 3339 in UTC.
public enum ClockTime {
    /// Seconds since 1970 of a text such as `2026-11-23T18:16:00Z`; nil for anything else. Parts of
    /// a second are dropped.
    public static func seconds(_ text: String) -> Int? { TimeText.timestamp(text)?.seconds }

    /// A moment, in seconds since 1970, as `2026-11-23T18:16:00Z`.
    public static func text(_ seconds: Int) -> String {
        let time = CivilTime(seconds)
        return "\(time.date)T\(time.clock)Z"
    }
}
