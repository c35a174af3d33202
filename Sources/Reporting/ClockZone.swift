internal import EnvoyConfig

/// A time zone, as far as a printed time needs it. The library reads no environment: who knows the
/// user's zone passes it in.
public struct ClockZone: Sendable {
    /// What a clock shows at a moment.
    public struct Reading: Sendable, Hashable {
        /// Seconds east of UTC.
        public var offset: Int
        /// The zone's name then, such as `IST`.
        public var abbreviation: String

        /// Makes a reading.
        public init(offset: Int, abbreviation: String) {
            self.offset = offset
            self.abbreviation = abbreviation
        }
    }

    private let reading: @Sendable (Int) -> Reading

    /// Makes a zone that tells its reading at a moment, in seconds since 1970.
    public init(_ reading: @escaping @Sendable (Int) -> Reading) {
        self.reading = reading
    }

    /// Coordinated universal time.
    public static let utc = ClockZone { _ in Reading(offset: 0, abbreviation: "UTC") }

    /// A moment as RFC 1123 prints it: `Tue, 04 Aug 2020 11:52:54 IST`.
    package func rfc1123(_ seconds: Int) -> String {
        let reading = reading(seconds)
        let local = seconds + reading.offset
        let time = ((local % 86_400) + 86_400) % 86_400
        let day = (local - time) / 86_400
        let date = CivilDate.date(ofDay: day)
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let clock = "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))"
        return "\(weekdays[((day % 7) + 7) % 7]), \(two(date.day)) \(months[date.month - 1]) "
            + "\(date.year) \(clock) \(reading.abbreviation)"
    }
}
