internal import EnvoyConfig

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

    /// Dots before plain names, `[0]` for elements, `["key"]` for keys that are not plain identifiers:
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

extension ValuePath {
    /// The path, and the same with elements of lists told by their names, as far as they have some:
    /// `virtualHosts["reviews"].routes[0]` beside `virtualHosts[2].routes[0]`.
    ///
    /// - Complexity: 2 to the number of elements with a name, of which a path has a few.
    func spellings(in root: CanonicalValue) -> [String] {
        var spellings = [""]
        var value: CanonicalValue? = root
        for component in components {
            var steps = [ValuePath([component]).description]
            switch component {
            case .key(let key): value = value?[key]
            case .index(let index):
                let elements = value?.elements ?? []
                value = elements.indices.contains(index) ? elements[index] : nil
                if let name = value?["name"]?.stringValue {
                    var quoted: [UInt8] = []
                    CanonicalText.append(quoted: name, to: &quoted)
                    steps.append("[\(String(decoding: quoted, as: UTF8.self))]")
                }
            }
            spellings = spellings.flatMap { path in
                steps.map { path.isEmpty || $0.hasPrefix("[") ? path + $0 : "\(path).\($0)" }
            }
        }
        return spellings
    }
}
