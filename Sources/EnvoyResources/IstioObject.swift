/// An object of the Istio API, as Istio names it in the metadata of what it makes of the object:
/// `/apis/networking.istio.io/v1/namespaces/default/destination-rule/reviews`.
public struct IstioObject: Sendable, Hashable, CustomStringConvertible {
    /// The API group, such as `networking.istio.io`.
    public var group: String
    /// The version of the group, such as `v1`.
    public var version: String
    /// The object's namespace.
    public var namespace: String
    /// The object's kind in small letters, such as `destination-rule`.
    public var kind: String
    /// The object's name.
    public var name: String

    /// Takes a path apart; nil where it is not that of an object: it has more or fewer parts.
    public init?(path: String) {
        guard let parts = IstioObject.parts(of: path), parts.count == 8 else { return nil }
        group = String(parts[2])
        version = String(parts[3])
        namespace = String(parts[5])
        kind = String(parts[6])
        name = String(parts[7])
    }

    /// `destination-rule reviews in default`.
    public var description: String { "\(kind) \(name) in \(namespace)" }

    /// Whether a path leads into a namespace, to an object or not.
    package static func isNamespaced(_ path: String) -> Bool { parts(of: path) != nil }

    /// `["", "apis", GROUP, VERSION, "namespaces", NAMESPACE, KIND, NAME]`; nil for a path that does
    /// not lead into a namespace.
    private static func parts(of path: String) -> [Substring]? {
        // By bytes: to find the borders of characters costs ten times as much.
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map(Substring.init)
        guard parts.count > 4, parts[0].isEmpty, parts[1] == "apis", parts[4] == "namespaces"
        else { return nil }
        return parts
    }
}
