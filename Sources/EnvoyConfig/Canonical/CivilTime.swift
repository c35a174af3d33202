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

/// Days and dates of the Gregorian calendar, counted from 1970.
enum CivilDate {
    static func daysInMonth(_ month: Int, year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    /// The number of a date's day. Years begin in March here, so that the leap day comes last.
    static func day(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    /// The date of a day.
    static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        return (
            yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, day
        )
    }
}
