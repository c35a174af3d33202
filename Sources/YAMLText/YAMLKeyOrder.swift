/// The order in which istioctl's YAML has the keys of an object: letters behind everything else,
/// digits by the number that they spell.
///
///     "@type" < "config", "port_2" < "port_10", "POD_NAME" < "PODS"
enum YAMLKeyOrder {
    static func precedes(_ first: String, _ second: String) -> Bool {
        let first = Array(first.unicodeScalars)
        let second = Array(second.unicodeScalars)
        guard let place = zip(first, second).enumerated().first(where: { $1.0 != $1.1 })?.offset
        else { return first.count < second.count }
        let isFirstLetter = first[place].properties.isAlphabetic
        let isSecondLetter = second[place].properties.isAlphabetic
        if isFirstLetter != isSecondLetter { return isSecondLetter }
        if !isFirstLetter {
            let firstDigits = number(in: first, at: place)
            let secondDigits = number(in: second, at: place)
            if firstDigits != secondDigits {
                return firstDigits.lexicographicallyPrecedes(secondDigits)
            }
        }
        return first[place] < second[place]
    }

    /// What the digits around a place spell, to be compared: how many without leading zeros, the
    /// digits, how many in all. The digits before the place are the same on both sides.
    private static func number(in text: [Unicode.Scalar], at place: Int) -> [UInt32] {
        var start = place
        while start > 0, isDigit(text[start - 1]) { start -= 1 }
        let digits = text[start...].prefix(while: isDigit)
        guard digits.endIndex > place else { return [] }
        let significant = digits.drop { $0 == "0" }
        return [UInt32(significant.count)] + significant.map(\.value) + [UInt32(digits.count)]
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x30 && scalar.value <= 0x39
    }
}
