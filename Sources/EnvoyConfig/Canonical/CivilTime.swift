/// What calendar and clock show at a moment.
///
///     seconds since 1970 ──▶ day (whole days) ──▶ year, month, day      by CivilDate
///                        └─▶ second of the day ──▶ hour, minute, second
///
/// `1_763_921_756` is `2025-11-23` and `18:15:56` in UTC.
package struct CivilTime: Sendable, Hashable {
    /// How many days the moment lies after 1970-01-01, a Thursday; negative before it.
    package let dayNumber: Int
    package let year: Int
    /// 1 to 12.
    package let month: Int
    /// 1 to 31.
    package let day: Int
    package let hour: Int
    package let minute: Int
    package let second: Int

    /// Makes the reading of a moment in seconds since 1970; for another zone than UTC, its offset is
    /// added first.
    package init(_ seconds: Int) {
        let time = ((seconds % 86_400) + 86_400) % 86_400
        dayNumber = (seconds - time) / 86_400
        (year, month, day) = CivilDate.date(ofDay: dayNumber)
        (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
    }

    /// `2025-11-23`
    package var date: String {
        "\(CivilTime.padded(year, 4))-\(CivilTime.padded(month, 2))-\(CivilTime.padded(day, 2))"
    }

    /// `18:15:56`
    package var clock: String {
        [hour, minute, second].map { CivilTime.padded($0, 2) }.joined(separator: ":")
    }

    /// A number with zeros before it, so that it has at least `count` digits.
    package static func padded(_ value: Int, _ count: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
    }
}
