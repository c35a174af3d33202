public import Reporting
internal import StrictJSON
internal import SupportBundles

/// Writes what the Istiods know of a service, for people.
///
///     istiod-6b8f7c9d5c-2xqlp knows reviews.default.svc.cluster.local
///         address 10.96.10.3, ports http 9080 HTTP
///         10.244.0.13:9080   http   HEALTHY   eu-west-1/eu-west-1a
public struct ServiceRegistrationText: ReportWriter {
    /// How many characters fit into a line; nil for any number.
    private let width: Int?

    /// Makes a writer. A table wider than `width` goes on in further lines.
    public init(width: Int? = nil) {
        self.width = width
    }

    /// Writes what is known.
    public func write(_ registration: ServiceRegistration, to output: inout some ByteOutput) {
        for entry in registration.entries { write(entry, registration.name, to: &output) }
        for text in registration.disagreements { writeLine(text, to: &output) }
    }

    private func write(
        _ entry: ServiceRegistration.Entry, _ name: String, to output: inout some ByteOutput
    ) {
        guard let hostname = entry.hostname else {
            writeLine("\(entry.istiod) does not know \(name)", to: &output)
            return
        }
        writeLine("\(entry.istiod) knows \(hostname)", to: &output)
        let ports = entry.ports.map { "\($0.name) \($0.number) \($0.protocol)" }
        writeLine(
            "    address \(entry.address ?? "none"), ports \(ports.joined(separator: ", "))",
            to: &output)
        for endpoint in entry.endpoints {
            let locality = endpoint.locality.isEmpty ? "-" : endpoint.locality
            let cells = [endpoint.address, endpoint.portName, endpoint.health, locality]
            writeLine("    \(cells.joined(separator: "   "))", to: &output)
        }
        if entry.endpoints.isEmpty { writeLine("    no endpoint", to: &output) }
    }

    private func writeLine(_ line: String, to output: inout some ByteOutput) {
        output.write("\(PrintableText.line(line))\n")
    }
}
