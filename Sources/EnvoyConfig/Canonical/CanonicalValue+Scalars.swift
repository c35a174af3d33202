/// Scalars, as their fields mean them. What does not fit is nil.
extension CanonicalValue {
    /// A whole number; protobuf JSON writes those of 64 bits as strings.
    public var intValue: Int? {
        switch self {
        case .literal(let text), .string(let text): Int(text)
        default: nil
        }
    }

    /// A number; the strings `NaN` and `Infinity` are some too.
    public var doubleValue: Double? {
        switch self {
        case .literal(let text), .string(let text): Double(text)
        default: nil
        }
    }

    /// `true` or `false`.
    public var boolValue: Bool? {
        switch self {
        case .literal("true"): true
        case .literal("false"): false
        default: nil
        }
    }

    /// A duration, such as `"0.250s"`.
    public var durationValue: Duration? {
        stringValue.flatMap(Duration.init(protobufJSON:))
    }
}

extension Duration {
    /// Reads `10s`, `0.250s`, `-1.005s`.
    package init?(protobufJSON text: String) {
        let parts = Array(text.utf8).withUnsafeBufferPointer { TimeText.duration($0) }
        guard let parts else { return nil }
        let duration: Duration = .seconds(parts.seconds) + .nanoseconds(parts.nanoseconds)
        self = parts.isNegative ? .zero - duration : duration
    }
}

extension CanonicalValue: CustomStringConvertible {
    /// A string as it is, everything else as JSON on one line: `3s`, `1024`, `{"ads": {}}`.
    public var description: String {
        if case .string(let text) = self { return text }
        var buffer: [UInt8] = []
        CanonicalText.appendCompact(self, to: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }
}
