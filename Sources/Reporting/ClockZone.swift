internal import EnvoyConfig

/// A time zone, with what a printed time needs of it. The library reads no environment: the program
/// passes the user's zone in.
public struct ClockZone: Sendable {
    /// What a clock shows at a moment.
    public struct Reading: Sendable, Hashable {
        /// Seconds east of UTC.
        public var offset: Int
        /// The zone's name at the moment, such as `IST`.
        public var abbreviation: String

        /// Makes a reading.
        public init(offset: Int, abbreviation: String) {
            self.offset = offset
            self.abbreviation = abbreviation
        }
    }

    private let reading: @Sendable (Int) -> Reading

    /// Makes a zone of a function from a moment, in seconds since 1970, to its reading.
    public init(_ reading: @escaping @Sendable (Int) -> Reading) {
        self.reading = reading
    }

    /// Coordinated universal time.
    public static let utc = ClockZone { _ in Reading(offset: 0, abbreviation: "UTC") }

    /// A moment as RFC 1123 prints it: `Tue, 04 Aug 2020 11:52:54 IST`.
    package func rfc1123(_ seconds: Int) -> String {
        let reading = reading(seconds)
        let time = CivilTime(seconds + reading.offset)
        let weekday = ClockZone.weekdays[((time.dayNumber % 7) + 7) % 7]
        let month = ClockZone.months[time.month - 1]
        return "\(weekday), \(CivilTime.padded(time.day, 2)) \(month) \(time.year) \(time.clock) "
            + reading.abbreviation
    }

    /// From the day of 1970-01-01 on.
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
