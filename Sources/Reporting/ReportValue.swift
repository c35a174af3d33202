public import EnvoyConfig

/// A piece of a report as JSON or YAML has it: what a writer builds of its report.
///
///     var proxy: ReportObject = ["proxy": .string("details-v1.default"), "connected": .bool(true)]
///     proxy.append("istiod", nil)  // adds no member
///     ReportValue.object(proxy).write(to: &output)
public enum ReportValue: Sendable, Hashable {
    /// Nothing is known.
    case null
    /// Yes or no.
    case bool(Bool)
    /// A number.
    case int(Int)
    /// A text, unescaped.
    case string(String)
    /// A list, in its order.
    case list([ReportValue])
    /// Members in the order in which they are printed.
    case object(ReportObject)
    /// A value of a resource, as it stands there.
    case resource(CanonicalValue)

    /// A text, or null.
    public init(_ text: String?) { self = text.map(ReportValue.string) ?? .null }

    /// A number, or null.
    public init(_ number: Int?) { self = number.map(ReportValue.int) ?? .null }

    /// Yes, no, or null.
    public init(_ isSo: Bool?) { self = isSo.map(ReportValue.bool) ?? .null }

    /// A list of texts.
    public static func strings(_ texts: some Sequence<String>) -> ReportValue {
        .list(texts.map(ReportValue.string))
    }
}

extension ReportValue: ExpressibleByDictionaryLiteral {
    /// An object with the members in the order in which they are given.
    public init(dictionaryLiteral members: (String, ReportValue)...) {
        self = .object(ReportObject(members))
    }
}

extension ReportValue {
    /// The value for the writers of canonical text and YAML.
    public var canonicalValue: CanonicalValue {
        switch self {
        case .null: .literal("null")
        case .bool(let isSo): .literal(isSo ? "true" : "false")
        case .int(let number): .literal(String(number))
        case .string(let text): .string(text)
        case .list(let elements): .list(elements.map(\.canonicalValue))
        case .object(let object):
            .object(
                object.members.map {
                    CanonicalValue.Member(key: $0.key, value: $0.value.canonicalValue)
                })
        case .resource(let value): value
        }
    }

    /// Writes the value as a JSON document, indented by four, with a newline at the end.
    public func write(to output: inout some ByteOutput) {
        var writer = JSONStreamWriter()
        writer.element(self, to: &output)
        output.write("\n")
    }

    /// Writes the value as JSON on one line, with a newline at the end.
    public func writeLine(to output: inout some ByteOutput) {
        var buffer: [UInt8] = []
        CanonicalText.appendCompact(canonicalValue, to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
        output.write(buffer[...])
    }
}
