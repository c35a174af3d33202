/// JSON as it is written, for tests that change captured dumps: members keep their order, numbers
/// their text. Read and written here on its own, so that no test trusts what it tests.
package indirect enum PlainJSON: Hashable, Sendable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case list([PlainJSON])
    case object([Member])

    /// A member of an object.
    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: PlainJSON

        package init(_ key: String, _ value: PlainJSON) {
            self.key = key
            self.value = value
        }
    }

    /// Reads a document that is known to be JSON.
    package init(_ bytes: [UInt8]) throws {
        var reader = Reader(bytes: bytes)
        self = try reader.value()
    }

    /// The document on one line.
    package var bytes: [UInt8] {
        var buffer: [UInt8] = []
        append(to: &buffer)
        return buffer
    }

    package subscript(key: String) -> PlainJSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    package var elements: [PlainJSON] {
        if case .list(let elements) = self { elements } else { [] }
    }

    package var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    private func append(to buffer: inout [UInt8]) {
        switch self {
        case .null: buffer += "null".utf8
        case .boolean(let value): buffer += "\(value)".utf8
        case .number(let text): buffer += text.utf8
        case .string(let text): PlainJSON.append(text, to: &buffer)
        case .list(let elements):
            buffer.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { buffer.append(UInt8(ascii: ",")) }
                element.append(to: &buffer)
            }
            buffer.append(UInt8(ascii: "]"))
        case .object(let members):
            buffer.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { buffer.append(UInt8(ascii: ",")) }
                PlainJSON.append(member.key, to: &buffer)
                buffer.append(UInt8(ascii: ":"))
                member.value.append(to: &buffer)
            }
            buffer.append(UInt8(ascii: "}"))
        }
    }

    private static func append(_ text: String, to buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                let digits = String(byte, radix: 16)
                buffer += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
            } else {
                buffer.append(byte)
            }
        }
        buffer.append(UInt8(ascii: "\""))
    }
}

private struct Reader {
    struct Failure: Error {
        var place: Int
    }

    let bytes: [UInt8]
    var place = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func value() throws -> PlainJSON {
        switch try next() {
        case UInt8(ascii: "{"): return .object(try members())
        case UInt8(ascii: "["): return .list(try elements())
        case UInt8(ascii: "\""): return .string(try string())
        default: return try literal()
        }
    }

    /// The next byte that is no white space, not taken.
    private mutating func next() throws -> UInt8 {
        while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
        guard place < bytes.count else { throw Failure(place: place) }
        return bytes[place]
    }

    /// Takes an opening or a separator; false if the closing stands instead.
    private mutating func goesOn(_ closing: Character) throws -> Bool {
        place += 1
        guard try next() == closing.asciiValue else { return true }
        place += 1
        return false
    }

    private mutating func members() throws -> [PlainJSON.Member] {
        var members: [PlainJSON.Member] = []
        guard try goesOn("}") else { return [] }
        while true {
            let key = try string()
            guard try next() == UInt8(ascii: ":") else { throw Failure(place: place) }
            place += 1
            members.append(PlainJSON.Member(key, try value()))
            if try next() == UInt8(ascii: "}") {
                place += 1
                return members
            }
            place += 1
            _ = try next()
        }
    }

    private mutating func elements() throws -> [PlainJSON] {
        var elements: [PlainJSON] = []
        guard try goesOn("]") else { return [] }
        while true {
            elements.append(try value())
            if try next() == UInt8(ascii: "]") {
                place += 1
                return elements
            }
            place += 1
        }
    }

    private mutating func literal() throws -> PlainJSON {
        let start = place
        while place < bytes.count, !",]} \n\r\t".utf8.contains(bytes[place]) { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        switch text {
        case "null": return .null
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        case "": throw Failure(place: place)
        default: return .number(text)
        }
    }

    private mutating func string() throws -> String {
        guard try next() == UInt8(ascii: "\"") else { throw Failure(place: place) }
        let start = place
        place += 1
        var units: [UInt8] = []
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            if bytes[place] == UInt8(ascii: "\\") {
                units += try escape().utf8
            } else {
                units.append(bytes[place])
                place += 1
            }
        }
        guard place < bytes.count else { throw Failure(place: start) }
        place += 1
        return String(decoding: units, as: UTF8.self)
    }

    private mutating func escape() throws -> String {
        place += 1
        guard place < bytes.count else { throw Failure(place: place) }
        let letter = Character(Unicode.Scalar(bytes[place]))
        place += 1
        let plain: [Character: String] = [
            "n": "\n", "r": "\r", "t": "\t", "b": "\u{8}", "f": "\u{C}",
        ]
        guard letter == "u" else { return plain[letter] ?? String(letter) }
        var units = [try unit()]
        // The other half of a pair.
        if (0xD800..<0xDC00).contains(units[0]), place + 6 <= bytes.count {
            place += 2
            units.append(try unit())
        }
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func unit() throws -> UInt16 {
        guard place + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
        else { throw Failure(place: place) }
        place += 4
        return unit
    }
}
