internal import EnvoyResources
internal import StrictJSON

/// What Envoy's text form of `/clusters` says of hosts: those of the cluster that leads to Istiod,
/// `xds-grpc`, those that take no requests, and subsets without any.
///
///     xds-grpc::./etc/istio/proxy/XDS::health_flags::healthy
///     outbound|80||a.b::10.0.0.1:80::health_flags::/failed_outlier_check
///     outbound|80|v2|a.b::added_via_api::true
struct HostHealthReader: LineReader {
    private(set) var health = HostHealth()
    /// The clusters of services, and those among them that have a host.
    private var clusters: Set<String> = []
    private var served: Set<String> = []

    mutating func read(_ line: UnsafeRawBufferPointer) {
        if let mark = line.firstPlace(of: "::health_flags::") {
            readHost(
                String(decoding: line[..<mark], as: UTF8.self),
                flags: line.text(from: mark + "::health_flags::".utf8.count))
        } else if let mark = line.firstPlace(of: "::added_via_api::") {
            let name = String(decoding: line[..<mark], as: UTF8.self)
            if name.hasPrefix("outbound|") { clusters.insert(name) }
        }
    }

    private mutating func readHost(_ host: String, flags: String) {
        if host.hasPrefix("xds-grpc::") {
            health.discovery.append("\(host.dropFirst("xds-grpc::".count)) (\(flags))")
        }
        if host.hasPrefix("outbound|"), let end = host.firstRange(of: "::")?.lowerBound {
            served.insert(String(host[..<end]))
        }
        guard flags != "healthy" else { return }
        health.unhealthyCount += 1
        guard health.unhealthy.count < HostHealthReader.listed else { return }
        health.unhealthy.append(
            host.replacing("::", with: " ")
                + " (\(flags.split(separator: "/").joined(separator: ", ")))")
    }

    mutating func finish() {
        health.emptySubsets = clusters.subtracting(served).sorted().filter { name in
            guard let parts = ClusterNameParts(name), !parts.subset.isEmpty else { return false }
            return served.contains("\(parts.direction)|\(parts.port)||\(parts.serviceName)")
        }
    }

    private static let listed = 20
}

/// The health of a proxy's hosts.
package struct HostHealth: Sendable, Hashable {
    /// The hosts of `xds-grpc` with their flags.
    package internal(set) var discovery: [String] = []
    /// Hosts with a flag, the first few: `outbound|80||a.b 10.0.0.1:80 (failed_outlier_check)`.
    package internal(set) var unhealthy: [String] = []
    /// How many there are.
    package internal(set) var unhealthyCount = 0
    /// The clusters of subsets without a host, though their services have hosts.
    package internal(set) var emptySubsets: [String] = []
}
