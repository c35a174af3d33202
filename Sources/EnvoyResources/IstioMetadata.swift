public import EnvoyConfig

/// What Istio writes into the metadata of a message: `filter_metadata.istio`.
public struct IstioMetadata: EnvoyMessage {
    /// The canonical form of the Struct.
    public let value: CanonicalValue

    /// Takes the canonical form of the Struct.
    public init(_ value: CanonicalValue) {
        self.value = value
    }

    /// What Istio says of a message in its metadata; nil if it says nothing.
    package init?(ofMessage message: CanonicalValue) {
        guard let value = message["metadata"]?["filterMetadata"]?["istio"] else { return nil }
        self.init(value)
    }

    /// The path of the object that the message is made from, such as
    /// `/apis/networking.istio.io/v1alpha3/namespaces/default/destination-rule/reviews`; nil
    /// if absent.
    public var config: String? { value.text("config") }

    /// The object that `config` names; nil where `config` is missing or names no object.
    public var object: IstioObject? { config.flatMap(IstioObject.init) }
}

/// A message that carries `envoy.config.core.v3.Metadata`.
public protocol MetadataCarrying: EnvoyMessage {}

extension MetadataCarrying {
    /// The metadata of a filter or a control plane by its name, a Struct; nil if absent.
    public func filterMetadata(_ name: String) -> CanonicalValue? {
        value["metadata"]?["filterMetadata"]?[name]
    }

    /// What Istio says of the message; nil if it says nothing.
    public var istioMetadata: IstioMetadata? { IstioMetadata(ofMessage: value) }
}
