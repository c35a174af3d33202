/// An integer that JSON may spell with a fraction or an exponent: `1e3` is 1000.
struct IntegerText {
    private var magnitude: UInt64
    private var isNegative: Bool

    /// Nil if the text is not a whole number of at most 64 bits.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        guard let number = DecimalText(text) else { return nil }
        isNegative = number.isNegative
        magnitude = 0
        // What is left of 64 bits needs at most 20 digits: more zeros than that are out of range.
        guard !number.digits.isEmpty else { return }
        guard number.exponent >= 0, number.digits.count + number.exponent <= 20 else { return nil }
        let zeros = Array(repeating: UInt8(0), count: number.exponent)
        for digit in number.digits + zeros {
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            magnitude = sum
        }
    }

    var int64: Int64? {
        guard isNegative else { return Int64(exactly: magnitude) }
        if magnitude == UInt64(Int64.max) + 1 { return Int64.min }
        return Int64(exactly: magnitude).map { -$0 }
    }

    var uint64: UInt64? { isNegative && magnitude != 0 ? nil : magnitude }
}

/// A decimal number as its significant digits and a power of ten: no zeros at either end.
struct DecimalText {
    var isNegative = false
    /// Values 0 to 9; none for zero.
    var digits: [UInt8] = []
    var exponent = 0

    /// Nil if the text is not a number.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var index = 0
        func digit() -> UInt8? {
            guard index < text.count, text[index] &- UInt8(ascii: "0") <= 9 else { return nil }
            return text[index] &- UInt8(ascii: "0")
        }
        if index < text.count, text[index] == UInt8(ascii: "-") {
            isNegative = true
            index += 1
        }
        guard digit() != nil else { return nil }
        while let value = digit() {
            digits.append(value)
            index += 1
        }
        if index < text.count, text[index] == UInt8(ascii: ".") {
            index += 1
            guard digit() != nil else { return nil }
            while let value = digit() {
                digits.append(value)
                exponent -= 1
                index += 1
            }
        }
        if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
            index += 1
            var isNegativePower = false
            if index < text.count,
                text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-")
            {
                isNegativePower = text[index] == UInt8(ascii: "-")
                index += 1
            }
            guard digit() != nil else { return nil }
            var power = 0
            while let value = digit() {
                // Far beyond any type's range; more digits change nothing.
                if power < 1_000_000 { power = power * 10 + Int(value) }
                index += 1
            }
            exponent += isNegativePower ? -power : power
        }
        guard index == text.count else { return nil }
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        let leadingZeros = digits.prefix { $0 == 0 }.count
        digits.removeFirst(leadingZeros)
        if digits.isEmpty { exponent = 0 }
    }
}

/// A floating-point number in the shortest form that reads back the same, spelled as JavaScript
/// spells it (`1e-7`, `1e+21`), but with the sign of a negative zero.
struct FloatingPointText {
    var spelling: String
    var isFinite: Bool
    var isPositiveZero: Bool

    /// Nil if the text is not a number, or one beyond the type's range.
    static func double(_ text: UnsafeBufferPointer<UInt8>) -> FloatingPointText? {
        read(text, as: Double.self)
    }

    /// As `double`, rounded to 32 bits.
    static func float(_ text: UnsafeBufferPointer<UInt8>) -> FloatingPointText? {
        read(text, as: Float.self)
    }

    private static func read<Number>(
        _ text: UnsafeBufferPointer<UInt8>, as: Number.Type
    ) -> FloatingPointText?
    where Number: BinaryFloatingPoint & LosslessStringConvertible {
        let string = String(decoding: text, as: UTF8.self)
        if string == "NaN" || string == "Infinity" || string == "-Infinity" {
            return FloatingPointText(spelling: string, isFinite: false, isPositiveZero: false)
        }
        guard DecimalText(text) != nil, let value = Number(string), value.isFinite else {
            return nil
        }
        return FloatingPointText(
            spelling: spell(value.description), isFinite: true,
            isPositiveZero: value == 0 && value.sign == .plus)
    }

    /// JavaScript's spelling of a number whose shortest digits Swift found.
    private static func spell(_ description: String) -> String {
        let number = description.utf8.withContiguousStorageIfAvailable { DecimalText($0) }
        guard let number = number ?? nil else { return description }
        let sign = number.isNegative ? "-" : ""
        guard !number.digits.isEmpty else { return sign + "0" }
        let digits = String(decoding: number.digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        // The point stands behind this many digits.
        let point = digits.utf8.count + number.exponent
        if number.exponent >= 0, point <= 21 {
            return sign + digits + String(repeating: "0", count: number.exponent)
        }
        if point > 0, point <= 21 {
            return sign + digits.prefix(point) + "." + digits.dropFirst(point)
        }
        if point > -6, point <= 0 {
            return sign + "0." + String(repeating: "0", count: -point) + digits
        }
        let power = point - 1
        let fraction = digits.utf8.count > 1 ? "." + digits.dropFirst() : ""
        return sign + digits.prefix(1) + fraction + "e" + (power < 0 ? "-" : "+")
            + String(power.magnitude)
    }
}
