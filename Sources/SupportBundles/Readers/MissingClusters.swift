package import EnvoyConfig
package import EnvoyResources

/// Collects, while a dump is indexed, the references to clusters that it does not have.
///
/// Envoy prints clusters before what refers to them, so that nearly every reference is settled, and
/// forgotten, as soon as it comes.
package final class MissingClusters {
    /// What is read of the resources that refer to clusters.
    static let fields: [ResourceKind: Projection] = [.listeners, .routes].reduce(into: [:]) {
        $0[$1] = ClusterReference.projection(of: $1)
    }

    /// The names of the clusters so far, in whatever state: of one that waits or was refused, that is
    /// what has to be told.
    private var clusters: Set<String> = []
    private var open: Set<ClusterReference> = []

    func take(_ resource: Resource, _ fields: CanonicalValue?) {
        switch resource.kind {
        case .clusters:
            clusters.insert(resource.name)
        case .listeners, .routes:
            guard let fields, resource.state == .active || resource.state == .fixed else { return }
            open.formUnion(
                ClusterReference.all(in: fields, resource.kind, named: resource.name) {
                    !clusters.contains($0)
                })
        default: break
        }
    }

    /// The references of a dump's resources to what is not there: see `references(of:)`.
    package static func references(
        of dump: ConfigDump, _ all: [(resource: Resource, references: [ClusterReference])]
    ) -> [ClusterReference] {
        let missing = MissingClusters()
        for resource in dump.resources { missing.take(resource, nil) }
        for (resource, references) in all where resource.state != .warming {
            missing.open.formUnion(references.filter { !missing.clusters.contains($0.cluster) })
        }
        return missing.references(of: dump)
    }

    /// The references to what is not there, in order; none if the dump was captured without its
    /// clusters.
    func references(of dump: ConfigDump) -> [ClusterReference] {
        guard dump.sections.contains(.clusters) else { return [] }
        let missing = open.filter { !clusters.contains($0.cluster) }
        guard !missing.isEmpty else { return [] }
        let services = Services(Set(missing.compactMap { $0.service?.host }), clusters)
        return missing.filter { !services.lack($0.service) }.sorted {
            ($0.holder, $0.virtualHost ?? "", $0.route ?? "", $0.cluster)
                < ($1.holder, $1.virtualHost ?? "", $1.route ?? "", $1.cluster)
        }
    }
}

/// The ports that some services have, by a dump's clusters.
private struct Services {
    private var ports: [Substring: Set<Int>] = [:]

    init(_ hosts: Set<Substring>, _ clusters: Set<String>) {
        for name in clusters {
            guard let bar = name.utf8.lastIndex(of: UInt8(ascii: "|")),
                hosts.contains(name[name.utf8.index(after: bar)...]),
                let parts = ClusterNameParts(name), parts.direction == "outbound"
            else { continue }
            ports[parts.serviceName[...], default: []].insert(parts.port)
        }
    }

    /// Whether a service is there, and does not have the port. Istio writes the routes of a
    /// VirtualService into the configuration of port 80 even then; nobody sends there.
    func lack(_ service: (host: Substring, port: Int)?) -> Bool {
        guard let service, let ports = ports[service.host] else { return false }
        return !ports.contains(service.port)
    }
}

extension ClusterReference {
    /// The service and the port of Istio's virtual hosts, `reviews.default.svc.cluster.local:9080`; nil for
    /// what is named otherwise.
    fileprivate var service: (host: Substring, port: Int)? {
        guard let virtualHost, let colon = virtualHost.utf8.lastIndex(of: UInt8(ascii: ":")),
            let port = Int(virtualHost[virtualHost.utf8.index(after: colon)...])
        else { return nil }
        return (virtualHost[..<colon], port)
    }
}
