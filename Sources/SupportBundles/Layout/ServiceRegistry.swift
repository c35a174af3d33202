package import EnvoyConfig
internal import StrictJSON
internal import EnvoyResources

/// The services that an Istiod knows, by its `/debug/registryz`, and their endpoints, by its
/// `/debug/endpointShardz`.
public struct ServiceRegistry: Sendable, Hashable {
    /// Which service.
    package struct Key: Sendable, Hashable, Comparable {
        /// Its host name, such as `reviews.default.svc.cluster.local`.
        package var hostname: String
        /// Its namespace.
        package var namespace: String

        /// Sorted by host name and namespace.
        package static func < (left: Key, right: Key) -> Bool {
            (left.hostname, left.namespace) < (right.hostname, right.namespace)
        }
    }

    /// A port of a service.
    public struct Port: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// Its number.
        public var number: Int
        /// `HTTP`, `TCP` and the like.
        public var `protocol`: String
    }

    /// A service.
    package struct Service: Sendable, Hashable {
        /// Its ports, in Istiod's order.
        package var ports: [Port]
        /// Its virtual address; nil if it has none.
        package var address: String?
        /// Stands for all that Istiod says of it.
        package var fingerprint: Fingerprint
    }

    /// An endpoint of a service.
    public struct Endpoint: Sendable, Hashable {
        /// `ADDRESS:PORT`.
        public var address: String
        /// The name of the service's port.
        public var portName: String
        /// `HEALTHY`, `UNHEALTHY`, `DRAINING` or `TERMINATING`.
        public var health: String
        /// `REGION/ZONE/SUBZONE`; empty if it has none.
        public var locality: String
        /// Stands for all that Istiod says of it.
        package var fingerprint: Fingerprint
    }

    /// The services; nil if no `/debug/registryz` was captured.
    package internal(set) var services: [Key: Service]?
    /// The endpoints; nil if no `/debug/endpointShardz` was captured.
    package internal(set) var endpoints: [Key: Set<Endpoint>]?

    /// Adds an element of `/debug/registryz`.
    mutating func addService(_ value: JSONValue) {
        guard let hostname = value["hostname"]?.string else { return }
        let attributes = value["Attributes"]
        let ports = (value["ports"]?.list ?? []).map { port in
            Port(
                name: port["name"]?.string ?? "", number: port["port"]?.integer ?? 0,
                protocol: port["protocol"]?.string ?? "")
        }
        let address = value["defaultAddress"]?.string
        let key = Key(hostname: hostname, namespace: attributes?["Namespace"]?.string ?? "")
        services?[key] = Service(
            ports: ports, address: address == "0.0.0.0" || address == "" ? nil : address,
            fingerprint: ServiceRegistry.fingerprint(value))
    }

    /// Adds a member of `/debug/endpointShardz`, one namespace after the other:
    /// `{"default": {"Shards": {"External/Kubernetes": [endpoint, …]}}}`.
    mutating func addEndpoints(_ hostname: String, _ value: JSONValue) {
        for (namespace, shards) in value.members {
            var found: Set<Endpoint> = []
            for elements in (shards["Shards"]?.members ?? [:]).values {
                for element in elements.list ?? [] {
                    found.formUnion(ServiceRegistry.read(element))
                }
            }
            endpoints?[Key(hostname: hostname, namespace: namespace)] = found
        }
    }

    private static func read(_ value: JSONValue) -> [Endpoint] {
        // Older Istiods have one `Address`.
        let addresses =
            value["Addresses"]?.list?.compactMap(\.string)
            ?? [value["Address"]?.string].compactMap { $0 }
        let port = value["EndpointPort"]?.integer.map { ":\($0)" } ?? ""
        let states = ["HEALTHY", "UNHEALTHY", "DRAINING", "TERMINATING"]
        let state = value["HealthStatus"]?.integer ?? 0
        let fingerprint = fingerprint(value)
        return addresses.map { address in
            Endpoint(
                address: Address.bracketed(address) + port,
                portName: value["ServicePortName"]?.string ?? "",
                health: states.indices.contains(state) ? states[state] : "UNKNOWN",
                locality: value["Locality"]?["Label"]?.string ?? "", fingerprint: fingerprint)
        }
    }

    private static func fingerprint(_ value: JSONValue) -> Fingerprint {
        var text: [UInt8] = []
        value.appendSorted(to: &text)
        return Fingerprint(of: text)
    }
}
