internal import StrictJSON

/// An object of the Istio API, as Istio names it in the metadata of what it makes of the object:
/// `/apis/networking.istio.io/v1/namespaces/default/destination-rule/reviews`.
public struct IstioObject: Sendable, Hashable, CustomStringConvertible {
    /// `["", "apis", GROUP, VERSION, "namespaces", NAMESPACE, KIND, NAME]`. Tables ask for two parts
    /// of each of their rows, so that no part is copied before it is asked for.
    private let parts: [Substring]

    /// Takes a path apart; nil if it is not that of an object: it has more or fewer parts.
    public init?(path: String) {
        guard let parts = IstioObject.parts(of: path), parts.count == 8 else { return nil }
        self.parts = parts
    }

    /// The API group, such as `networking.istio.io`.
    public var group: String { String(parts[2]) }
    /// The version of the group, such as `v1`.
    public var version: String { String(parts[3]) }
    /// The object's namespace.
    public var namespace: String { String(parts[5]) }
    /// The object's kind in small letters, such as `destination-rule`.
    public var kind: String { String(parts[6]) }
    /// The object's name.
    public var name: String { String(parts[7]) }

    /// `destination-rule reviews in default`.
    public var description: String { "\(kind) \(name) in \(namespace)" }

    /// Whether a path leads into a namespace, to an object or not.
    package static func isNamespaced(_ path: String) -> Bool { parts(of: path) != nil }

    /// The parts of a path; nil for a path that does not lead into a namespace.
    private static func parts(of path: String) -> [Substring]? {
        let parts = path.parts(separatedBy: "/")
        guard parts.count > 4, parts[0].isEmpty, parts[1] == "apis", parts[4] == "namespaces"
        else { return nil }
        return parts
    }
}
