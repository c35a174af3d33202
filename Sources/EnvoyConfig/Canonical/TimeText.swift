/// Durations and timestamps of protobuf JSON in their one canonical spelling: 0, 3, 6 or 9 decimals,
/// timestamps in UTC.
package enum TimeText {
    /// Ten thousand years, the limit of `google.protobuf.Duration`.
    private static let maximumSeconds = 315_576_000_000

    /// Appends the canonical spelling of a duration such as `-1.005s`; false where the text is not one.
    static func respellDuration(
        _ text: UnsafeBufferPointer<UInt8>, into scratch: inout [UInt8]
    ) -> Bool {
        var reader = DigitReader(text)
        let isNegative = reader.take(UInt8(ascii: "-"))
        guard let seconds = reader.number(atMost: 12), seconds <= maximumSeconds else {
            return false
        }
        guard let nanoseconds = reader.fraction(), reader.take(UInt8(ascii: "s")), reader.isAtEnd
        else { return false }
        if isNegative, seconds > 0 || nanoseconds > 0 { scratch.append(UInt8(ascii: "-")) }
        scratch.append(contentsOf: String(seconds).utf8)
        append(nanoseconds: nanoseconds, to: &scratch)
        scratch.append(UInt8(ascii: "s"))
        return true
    }

    /// Appends the canonical spelling of an RFC 3339 timestamp; false where the text is not one.
    static func respellTimestamp(
        _ text: UnsafeBufferPointer<UInt8>, into scratch: inout [UInt8]
    ) -> Bool {
        guard let (seconds, nanoseconds) = timestamp(text) else { return false }
        let days = (seconds - (((seconds % 86_400) + 86_400) % 86_400)) / 86_400
        let (year, month, day) = CivilDate.date(ofDay: days)
        let time = seconds - days * 86_400
        guard (1...9999).contains(year) else { return false }
        append(year, digits: 4, to: &scratch)
        for (separator, value) in [
            (UInt8(ascii: "-"), month), (UInt8(ascii: "-"), day), (UInt8(ascii: "T"), time / 3600),
            (UInt8(ascii: ":"), time / 60 % 60), (UInt8(ascii: ":"), time % 60),
        ] {
            scratch.append(separator)
            append(value, digits: 2, to: &scratch)
        }
        append(nanoseconds: nanoseconds, to: &scratch)
        scratch.append(UInt8(ascii: "Z"))
        return true
    }

    /// Seconds since 1970 and nanoseconds of an RFC 3339 timestamp.
    package static func timestamp(
        _ text: UnsafeBufferPointer<UInt8>
    ) -> (seconds: Int, nanoseconds: Int)? {
        var reader = DigitReader(text)
        guard let year = reader.number(exactly: 4), reader.take(UInt8(ascii: "-")),
            let month = reader.number(exactly: 2), (1...12).contains(month),
            reader.take(UInt8(ascii: "-")),
            let day = reader.number(exactly: 2),
            (1...CivilDate.daysInMonth(month, year: year)).contains(day),
            reader.take(UInt8(ascii: "T")) || reader.take(UInt8(ascii: "t")),
            let hour = reader.number(exactly: 2), hour < 24, reader.take(UInt8(ascii: ":")),
            let minute = reader.number(exactly: 2), minute < 60, reader.take(UInt8(ascii: ":")),
            let second = reader.number(exactly: 2), second < 60,
            let nanoseconds = reader.fraction()
        else { return nil }
        var offset = 0
        if !reader.take(UInt8(ascii: "Z")), !reader.take(UInt8(ascii: "z")) {
            let isWest = reader.take(UInt8(ascii: "-"))
            guard isWest || reader.take(UInt8(ascii: "+")),
                let hours = reader.number(exactly: 2), hours < 24, reader.take(UInt8(ascii: ":")),
                let minutes = reader.number(exactly: 2), minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * 60 * (isWest ? -1 : 1)
        }
        guard reader.isAtEnd else { return nil }
        let days = CivilDate.day(year: year, month: month, day: day)
        return (days * 86_400 + hour * 3600 + minute * 60 + second - offset, nanoseconds)
    }

    private static func append(nanoseconds: Int, to scratch: inout [UInt8]) {
        guard nanoseconds > 0 else { return }
        scratch.append(UInt8(ascii: "."))
        if nanoseconds % 1_000_000 == 0 {
            append(nanoseconds / 1_000_000, digits: 3, to: &scratch)
        } else if nanoseconds % 1000 == 0 {
            append(nanoseconds / 1000, digits: 6, to: &scratch)
        } else {
            append(nanoseconds, digits: 9, to: &scratch)
        }
    }

    private static func append(_ value: Int, digits: Int, to scratch: inout [UInt8]) {
        let text = String(value).utf8
        scratch.append(
            contentsOf: repeatElement(UInt8(ascii: "0"), count: max(0, digits - text.count)))
        scratch.append(contentsOf: text)
    }
}

/// Reads runs of digits.
private struct DigitReader {
    private let text: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    var isAtEnd: Bool { index == text.count }

    mutating func take(_ character: UInt8) -> Bool {
        guard index < text.count, text[index] == character else { return false }
        index += 1
        return true
    }

    mutating func number(exactly count: Int) -> Int? {
        let start = index
        let value = number(atMost: count)
        return index - start == count ? value : nil
    }

    mutating func number(atMost count: Int) -> Int? {
        var value = 0
        let start = index
        while index < text.count, index - start < count, text[index] &- UInt8(ascii: "0") <= 9 {
            value = value * 10 + Int(text[index] &- UInt8(ascii: "0"))
            index += 1
        }
        return index == start ? nil : value
    }

    /// The nanoseconds after a point, 0 without a point, nil where no digits follow it.
    mutating func fraction() -> Int? {
        guard take(UInt8(ascii: ".")) else { return 0 }
        let start = index
        guard var value = number(atMost: 9) else { return nil }
        for _ in 0..<(9 - (index - start)) { value *= 10 }
        return value
    }
}

/// Days and dates of the Gregorian calendar, counted from 1970.
package enum CivilDate {
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
    package static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
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
