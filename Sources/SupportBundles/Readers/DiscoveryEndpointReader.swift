internal import StrictJSON

/// The endpoints of the cluster that leads to Istiod, `xds-grpc`, in Envoy's text form of
/// `/clusters`:
///
///     xds-grpc::./etc/istio/proxy/XDS::health_flags::healthy
struct DiscoveryEndpointReader: LineReader {
    private(set) var endpoints: [String] = []

    mutating func finish() {}

    mutating func read(_ line: UnsafeRawBufferPointer) {
        guard line.starts(with: "xds-grpc::") else { return }
        let text = line.text(from: "xds-grpc::".utf8.count)
        guard let first = text.firstRange(of: "::"),
            text[first.upperBound...].hasPrefix("health_flags::")
        else { return }
        let health = text[first.upperBound...].dropFirst("health_flags::".count)
        endpoints.append("\(text[..<first.lowerBound]) (\(health))")
    }
}
