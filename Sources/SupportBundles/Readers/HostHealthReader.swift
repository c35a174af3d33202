internal import StrictJSON

/// What Envoy's text form of `/clusters` says of hosts: those of the cluster that leads to Istiod,
/// `xds-grpc`, and those that take no requests.
///
///     xds-grpc::./etc/istio/proxy/XDS::health_flags::healthy
///     outbound|80||a.b::10.0.0.1:80::health_flags::/failed_outlier_check
struct HostHealthReader: LineReader {
    private(set) var health = HostHealth()

    mutating func finish() {}

    mutating func read(_ line: UnsafeRawBufferPointer) {
        guard let mark = line.firstPlace(of: "::health_flags::") else { return }
        let flags = line.text(from: mark + "::health_flags::".utf8.count)
        let host = String(decoding: line[..<mark], as: UTF8.self)
        if host.hasPrefix("xds-grpc::") {
            health.discovery.append("\(host.dropFirst("xds-grpc::".count)) (\(flags))")
        }
        guard flags != "healthy" else { return }
        health.unhealthyCount += 1
        guard health.unhealthy.count < HostHealthReader.listed else { return }
        health.unhealthy.append(
            host.replacing("::", with: " ")
                + " (\(flags.split(separator: "/").joined(separator: ", ")))")
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
}
