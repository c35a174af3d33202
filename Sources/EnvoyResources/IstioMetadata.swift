public import EnvoyConfig

/// What Istio writes into the metadata of a message: `filter_metadata.istio`.
public struct IstioMetadata: EnvoyMessage {
    /// The canonical form of the Struct.
    public let value: CanonicalValue

    /// Takes the canonical form of the Struct.
    public init(_ value: CanonicalValue) {
        self.value = value
    }

    /// The object of the Istio API that the message comes from, such as
    /// `/apis/networking.istio.io/v1alpha3/namespaces/default/destination-rule/reviews`; nil where
    /// none shaped it.
    public var config: String? { value.text("config") }

    /// The last part of `config`: the object's name.
    public var configName: String? { config?.split(separator: "/").last.map(String.init) }

    /// The part of `config` behind `namespaces`: the object's namespace.
    public var configNamespace: String? {
        guard let parts = config?.split(separator: "/"),
            let place = parts.firstIndex(of: "namespaces"), place + 1 < parts.count
        else { return nil }
        return String(parts[place + 1])
    }
}

/// A message that carries `envoy.config.core.v3.Metadata`.
public protocol MetadataCarrying: EnvoyMessage {}

extension MetadataCarrying {
    /// The metadata of a filter or a control plane by its name, a Struct; nil where there is none.
    public func filterMetadata(_ name: String) -> CanonicalValue? {
        value["metadata"]?["filterMetadata"]?[name]
    }

    /// What Istio says of the message; nil where it says nothing.
    public var istioMetadata: IstioMetadata? { filterMetadata("istio").map(IstioMetadata.init) }
}
