public import Reporting
internal import SupportBundles

/// Writes what the Istiods know of a service, for people.
///
///     istiod-6b8f7c9d5c-2xqlp knows reviews.default.svc.cluster.local
///         address 10.96.10.3, ports http 9080 HTTP
///         10.244.0.13:9080   http   HEALTHY   eu-west-1/eu-west-1a
public struct ServiceRegistrationText: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes what is known.
    public func write(_ registration: ServiceRegistration, to output: inout some ByteOutput) {
        for entry in registration.entries {
            guard let hostname = entry.hostname else {
                output.write("\(entry.istiod) does not know \(registration.name)\n")
                continue
            }
            output.write("\(entry.istiod) knows \(hostname)\n")
            let ports = entry.ports.map { "\($0.name) \($0.number) \($0.protocol)" }
            output.write(
                "    address \(entry.address ?? "none"), ports \(ports.joined(separator: ", "))\n")
            for endpoint in entry.endpoints {
                let locality = endpoint.locality.isEmpty ? "-" : endpoint.locality
                output.write(
                    "    \(endpoint.address)   \(endpoint.portName)   \(endpoint.health)   \(locality)\n"
                )
            }
            if entry.endpoints.isEmpty { output.write("    no endpoint\n") }
        }
        for text in registration.disagreements { output.write("\(text)\n") }
    }
}
