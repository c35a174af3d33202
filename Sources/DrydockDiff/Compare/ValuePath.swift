public import EnvoyConfig

/// Where a value stands in a resource: `circuitBreakers.thresholds[0].maxConnections`.
public struct ValuePath: Sendable, Hashable, CustomStringConvertible {
    /// One step of a path.
    public enum Component: Sendable, Hashable {
        /// A field of a message, or a key of a map.
        case key(String)
        /// An element of a list: its place on the `from` side, on the `to` side for what only it
        /// has.
        case index(Int)
    }

    /// The steps from the resource to the value.
    public var components: [Component]

    /// Makes a path.
    public init(_ components: [Component] = []) {
        self.components = components
    }

    /// Dots before plain names, `[0]` for elements, `["key"]` for keys that are no plain identifiers:
    /// `metadata.filterMetadata["com.example.billing"].cost`.
    public var description: String {
        text { key, text in CanonicalText.append(quoted: key, to: &text) }
    }

    /// The same for people: keys in quotes, but without the backslashes of JSON.
    package var plain: String {
        text { key, text in text.append(contentsOf: "\"\(key)\"".utf8) }
    }

    private func text(quoting quote: (String, inout [UInt8]) -> Void) -> String {
        var text: [UInt8] = []
        for component in components {
            switch component {
            case .index(let index):
                text.append(contentsOf: "[\(index)]".utf8)
            case .key(let key) where ValuePath.isIdentifier(key):
                if !text.isEmpty { text.append(UInt8(ascii: ".")) }
                text.append(contentsOf: key.utf8)
            case .key(let key):
                text.append(UInt8(ascii: "["))
                quote(key, &text)
                text.append(UInt8(ascii: "]"))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func isIdentifier(_ key: String) -> Bool {
        guard let first = key.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else { return false }
        return key.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}

/// One value that differs. A difference is a result, not an error.
public struct ValueChange: Sendable, Hashable {
    /// Where it stands.
    public var path: ValuePath
    /// The value on the `from` side; nil where that side has none.
    public var from: CanonicalValue?
    /// The value on the `to` side; nil where that side has none.
    public var to: CanonicalValue?

    /// Makes a change.
    public init(path: ValuePath, from: CanonicalValue?, to: CanonicalValue?) {
        self.path = path
        self.from = from
        self.to = to
    }
}
