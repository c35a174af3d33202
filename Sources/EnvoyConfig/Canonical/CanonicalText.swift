/// Writes canonical text: what Python's `json.dumps(value, indent=4, ensure_ascii=False)` prints.
///
///     {
///         "name": "outbound|9080||reviews.default.svc.cluster.local",
///         "connectTimeout": "10s",
///         "commonLbConfig": {}
///     }
package enum CanonicalText {
    /// How far one level stands in.
    package static let indent = 4

    /// Appends a value's text. Its first line stands where the buffer ends, the others `depth`
    /// levels in; no newline follows the last.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    package static func append(_ value: CanonicalValue, depth: Int, to buffer: inout [UInt8]) {
        switch value {
        case .literal(let text):
            buffer.append(contentsOf: text.utf8)
        case .string(let text):
            append(quoted: text, to: &buffer)
        case .list(let elements):
            append(elements, between: "[", "]", depth: depth, to: &buffer) { element, buffer in
                append(element, depth: depth + 1, to: &buffer)
            }
        case .object(let members):
            append(members, between: "{", "}", depth: depth, to: &buffer) { member, buffer in
                append(quoted: member.key, to: &buffer)
                buffer.append(contentsOf: ": ".utf8)
                append(member.value, depth: depth + 1, to: &buffer)
            }
        }
    }

    private static func append<Part>(
        _ parts: [Part], between open: StaticString, _ close: StaticString, depth: Int,
        to buffer: inout [UInt8], _ body: (Part, inout [UInt8]) -> Void
    ) {
        buffer.append(open.utf8Start.pointee)
        var isFirst = true
        for part in parts {
            if !isFirst { buffer.append(UInt8(ascii: ",")) }
            isFirst = false
            appendNewline(depth: depth + 1, to: &buffer)
            body(part, &buffer)
        }
        if !isFirst { appendNewline(depth: depth, to: &buffer) }
        buffer.append(close.utf8Start.pointee)
    }

    private static func appendNewline(depth: Int, to buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\n"))
        buffer.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * indent))
    }

    /// Appends a string in quotes. Only `"`, `\` and control characters are escaped.
    package static func append(quoted text: String, to buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\""))
        appendEscaped(text, to: &buffer)
        buffer.append(UInt8(ascii: "\""))
    }

    /// Appends a string as it stands between quotes.
    private static func appendEscaped(_ text: String, to buffer: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): buffer.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): buffer.append(contentsOf: #"\\"#.utf8)
            case 0x0A: buffer.append(contentsOf: #"\n"#.utf8)
            case 0x0D: buffer.append(contentsOf: #"\r"#.utf8)
            case 0x09: buffer.append(contentsOf: #"\t"#.utf8)
            case 0x08: buffer.append(contentsOf: #"\b"#.utf8)
            case 0x0C: buffer.append(contentsOf: #"\f"#.utf8)
            case ..<0x20:
                buffer.append(contentsOf: #"\u00"#.utf8)
                for digit in [byte >> 4, byte & 15] {
                    buffer.append(digit < 10 ? digit + 48 : digit + 87)
                }
            default: buffer.append(byte)
            }
        }
    }

    /// Appends a value on one line, as `{"a": 1, "b": []}`.
    package static func appendCompact(_ value: CanonicalValue, to buffer: inout [UInt8]) {
        switch value {
        case .literal, .string:
            append(value, depth: 0, to: &buffer)
        case .list(let elements):
            buffer.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { buffer.append(contentsOf: ", ".utf8) }
                appendCompact(element, to: &buffer)
            }
            buffer.append(UInt8(ascii: "]"))
        case .object(let members):
            buffer.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { buffer.append(contentsOf: ", ".utf8) }
                append(quoted: member.key, to: &buffer)
                buffer.append(contentsOf: ": ".utf8)
                appendCompact(member.value, to: &buffer)
            }
            buffer.append(UInt8(ascii: "}"))
        }
    }
}

extension CanonicalValue {
    /// The value's canonical text, without a newline at its end.
    public func text() -> String {
        var buffer: [UInt8] = []
        CanonicalText.append(self, depth: 0, to: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// How many lines the canonical text has.
    package var lineCount: Int {
        switch self {
        case .literal, .string: 1
        case .list(let elements):
            elements.isEmpty ? 1 : elements.reduce(2) { $0 + $1.lineCount }
        case .object(let members):
            members.isEmpty ? 1 : members.reduce(2) { $0 + $1.value.lineCount }
        }
    }

    /// The value of a member, nil if it is not an object or has no such member.
    public subscript(key: String) -> CanonicalValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The text of a string, nil for anything else.
    public var stringValue: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The elements of a list; none for anything else.
    public var elements: [CanonicalValue] {
        if case .list(let elements) = self { elements } else { [] }
    }
}
