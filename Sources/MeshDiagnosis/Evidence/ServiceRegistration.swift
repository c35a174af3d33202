public import SupportBundles

/// Whether the Istiods of a bundle know a service and its endpoints.
public struct ServiceRegistration: Sendable {
    /// What one Istiod knows.
    public struct Entry: Sendable, Hashable {
        /// The Istiod's pod.
        public var istiod: String
        /// The service's full host name, where it is known.
        public var hostname: String?
        /// Its namespace.
        public var namespace: String?
        /// Its ports.
        public var ports: [ServiceRegistry.Port]
        /// Its virtual address; nil if it has none.
        public var address: String?
        /// Its endpoints, sorted by address and port's name.
        public var endpoints: [ServiceRegistry.Endpoint]

        /// Whether the Istiod knows the service.
        public var isKnown: Bool { hostname != nil }
    }

    /// The name that was looked up.
    public let name: String
    /// One entry an Istiod and service of that name, sorted by the Istiod's pod; the Istiods whose
    /// registry was not captured are left out.
    public let entries: [Entry]
    /// Where the Istiods disagree, in words.
    public let disagreements: [String]

    /// Looks a service up: by its host name, or by the beginning of it up to a dot, such as `reviews` or
    /// `reviews.default`.
    public init(_ name: String, in bundle: SupportBundle) {
        self.name = name
        var entries: [Entry] = []
        for istiod in bundle.istiods {
            guard let services = istiod.registry.services else { continue }
            let keys = services.keys.filter {
                $0.hostname == name || $0.hostname.hasPrefix("\(name).")
            }
            if keys.isEmpty {
                entries.append(
                    Entry(istiod: istiod.pod, ports: [], address: nil, endpoints: []))
            }
            for key in keys.sorted() {
                guard let service = services[key] else { continue }
                let endpoints = istiod.registry.endpoints?[key] ?? []
                entries.append(
                    Entry(
                        istiod: istiod.pod, hostname: key.hostname, namespace: key.namespace,
                        ports: service.ports, address: service.address,
                        endpoints: endpoints.sorted {
                            ($0.address, $0.portName, $0.health, $0.locality)
                                < ($1.address, $1.portName, $1.health, $1.locality)
                        }))
            }
        }
        self.entries = entries
        disagreements = ServiceRegistration.disagreements(entries)
    }

    /// Whether some Istiod knows the service, all agree, and it has an endpoint.
    public var isWell: Bool {
        !entries.isEmpty && disagreements.isEmpty
            && entries.allSatisfy { $0.isKnown && !$0.endpoints.isEmpty }
    }

    private static func disagreements(_ entries: [Entry]) -> [String] {
        let istiods = Set(entries.map(\.istiod))
        var texts: [String] = []
        for hostname in Set(entries.compactMap(\.hostname)).sorted() {
            let found = entries.filter { $0.hostname == hostname }
            for istiod in istiods.sorted() where !found.contains(where: { $0.istiod == istiod }) {
                texts.append("\(istiod) does not know \(hostname)")
            }
            guard let first = found.first else { continue }
            for other in found.dropFirst() where other.namespace == first.namespace {
                if other.ports != first.ports || other.address != first.address {
                    texts.append(
                        "\(other.istiod) has other ports or another address of \(hostname) than "
                            + first.istiod)
                }
                let (old, new) = (Set(first.endpoints), Set(other.endpoints))
                if old != new {
                    texts.append(
                        "\(other.istiod) has \(new.count) endpoints of \(hostname), \(first.istiod) "
                            + "\(old.count), \(old.intersection(new).count) of them the same")
                }
            }
        }
        return texts
    }
}
