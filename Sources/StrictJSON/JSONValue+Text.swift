extension JSONValue {
    /// The value as text whose keys are sorted: the same for equal values. It is made to be compared,
    /// not to be read by another program.
    package func appendSorted(to buffer: inout [UInt8]) {
        switch self {
        case .null: buffer.append(contentsOf: "null".utf8)
        case .boolean(let value): buffer.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let text): buffer.append(contentsOf: text.utf8)
        case .string(let text): JSONValue.append(text, to: &buffer)
        case .list(let elements):
            buffer.append(UInt8(ascii: "["))
            for element in elements {
                element.appendSorted(to: &buffer)
                buffer.append(UInt8(ascii: ","))
            }
            buffer.append(UInt8(ascii: "]"))
        case .object(let members):
            buffer.append(UInt8(ascii: "{"))
            for key in members.keys.sorted() {
                JSONValue.append(key, to: &buffer)
                buffer.append(UInt8(ascii: ":"))
                members[key]?.appendSorted(to: &buffer)
                buffer.append(UInt8(ascii: ","))
            }
            buffer.append(UInt8(ascii: "}"))
        }
    }

    /// A string with its length in front, so that no content looks like another's end.
    private static func append(_ text: String, to buffer: inout [UInt8]) {
        buffer.append(contentsOf: "\(text.utf8.count)\"".utf8)
        buffer.append(contentsOf: text.utf8)
    }
}
