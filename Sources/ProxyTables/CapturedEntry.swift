public import EnvoyConfig

/// Where an entry stands in its capture.
public struct CapturedPlace: Sendable, Hashable {
    /// What it is.
    public var kind: CapturedKind
    /// Where the resource stands in its Envoy's life.
    public var state: ResourceState
    /// The entry's bytes in the capture.
    public var range: Range<Int>
}

/// An entry of a capture, as far as a view reads it.
struct CapturedEntry {
    var place: CapturedPlace
    /// The entry's message: `{"versionInfo": …, "cluster": {…}}`.
    var value: CanonicalValue
    /// What was odd about it.
    var remarks: [CanonicalRemark]

    /// The resource of the entry; nil where it has none. For a listener the active state's.
    var body: CanonicalValue? { CapturedEntry.body(of: value, place.kind) }

    /// What is not an object is no body.
    static func body(of entry: CanonicalValue, _ kind: CapturedKind) -> CanonicalValue? {
        guard case .object(let members) = member(of: entry, kind) else { return nil }
        return .object(members)
    }

    private static func member(of entry: CanonicalValue, _ kind: CapturedKind) -> CanonicalValue? {
        switch kind {
        case .clusters: entry["cluster"]
        case .listeners: (entry["activeState"] ?? entry)["listener"]
        case .routes: entry["routeConfig"]
        case .endpoints: entry["endpointConfig"]
        case .secrets: entry["secret"]
        case .ecds: entry["ecdsFilter"]
        case .bootstrap, .clusterStatus, .certificates, .serverInfo: entry
        }
    }
}
