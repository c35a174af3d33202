/// Durations and timestamps of protobuf JSON in their one canonical spelling: 0, 3, 6 or 9 decimals,
/// timestamps in UTC.
package enum TimeText {
    /// Ten thousand years, the limit of `google.protobuf.Duration`.
    private static let maximumSeconds = 315_576_000_000

    /// Appends the canonical spelling of a duration such as `-1.005s`; false if the text is not one.
    static func respellDuration(
        _ text: UnsafeBufferPointer<UInt8>, into scratch: inout [UInt8]
    ) -> Bool {
        guard let (isNegative, seconds, nanoseconds) = duration(text) else { return false }
        if isNegative, seconds > 0 || nanoseconds > 0 { scratch.append(UInt8(ascii: "-")) }
        scratch.append(contentsOf: String(seconds).utf8)
        append(nanoseconds: nanoseconds, to: &scratch)
        scratch.append(UInt8(ascii: "s"))
        return true
    }

    /// The parts of a duration such as `-1.005s`; nil for any other text.
    package static func duration(
        _ text: UnsafeBufferPointer<UInt8>
    ) -> (isNegative: Bool, seconds: Int, nanoseconds: Int)? {
        var reader = DigitReader(text)
        let isNegative = reader.take(UInt8(ascii: "-"))
        guard let seconds = reader.number(atMost: 12), seconds <= maximumSeconds,
            let nanoseconds = reader.fraction(), reader.take(UInt8(ascii: "s")), reader.isAtEnd
        else { return nil }
        return (isNegative, seconds, nanoseconds)
    }

    /// Appends the canonical spelling of an RFC 3339 timestamp; false if the text is not one.
    static func respellTimestamp(
        _ text: UnsafeBufferPointer<UInt8>, into scratch: inout [UInt8]
    ) -> Bool {
        guard let (seconds, nanoseconds) = timestamp(text) else { return false }
        let time = CivilTime(seconds)
        guard (1...9999).contains(time.year) else { return false }
        scratch.append(contentsOf: "\(time.date)T\(time.clock)".utf8)
        append(nanoseconds: nanoseconds, to: &scratch)
        scratch.append(UInt8(ascii: "Z"))
        return true
    }

    /// Seconds since 1970 and nanoseconds of an RFC 3339 timestamp; nil for any other text.
    package static func timestamp(
        _ text: some StringProtocol
    ) -> (seconds: Int, nanoseconds: Int)? {
        Array(text.utf8).withUnsafeBufferPointer { timestamp($0) }
    }

    /// Seconds since 1970 and nanoseconds of an RFC 3339 timestamp; nil for any other text.
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
        let digits: String
        if nanoseconds % 1_000_000 == 0 {
            digits = CivilTime.padded(nanoseconds / 1_000_000, 3)
        } else if nanoseconds % 1000 == 0 {
            digits = CivilTime.padded(nanoseconds / 1000, 6)
        } else {
            digits = CivilTime.padded(nanoseconds, 9)
        }
        scratch.append(contentsOf: digits.utf8)
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

    /// The nanoseconds after a point, 0 without a point, nil if no digits follow it.
    mutating func fraction() -> Int? {
        guard take(UInt8(ascii: ".")) else { return 0 }
        let start = index
        guard var value = number(atMost: 9) else { return nil }
        for _ in 0..<(9 - (index - start)) { value *= 10 }
        return value
    }
}
