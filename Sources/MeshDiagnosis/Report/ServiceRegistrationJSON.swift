public import DrydockDiff
public import EnvoyConfig
public import Reporting
internal import SupportBundles

/// Writes what the Istiods know of a service as JSON, a stable contract for scripts.
public struct ServiceRegistrationJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes what is known.
    public func write(_ registration: ServiceRegistration, to output: inout some ByteOutput) {
        var buffer: [UInt8] = []
        CanonicalText.append(value(registration), depth: 0, to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
        output.write(buffer[...])
    }

    /// What is known as a value, for any writer of values.
    public func value(_ registration: ServiceRegistration) -> CanonicalValue {
        .list(registration.entries.map(value))
    }

    private func value(_ entry: ServiceRegistration.Entry) -> CanonicalValue {
        var members: [(String, CanonicalValue)] = [
            ("istiod", .string(entry.istiod)),
            ("known", .literal(entry.isKnown ? "true" : "false")),
        ]
        if let hostname = entry.hostname { members.append(("hostname", .string(hostname))) }
        let ports = entry.ports.map { port in
            CanonicalValue.members([
                ("name", .string(port.name)), ("port", .literal(String(port.number))),
                ("protocol", .string(port.protocol)),
            ])
        }
        let endpoints = entry.endpoints.map { endpoint in
            CanonicalValue.members([
                ("address", .string(endpoint.address)), ("port", .string(endpoint.portName)),
                ("health", .string(endpoint.health)), ("locality", .string(endpoint.locality)),
            ])
        }
        members += [
            ("ports", .list(ports)),
            ("address", entry.address.map { .string($0) } ?? .literal("null")),
            ("endpoints", .list(endpoints)),
        ]
        return .members(members)
    }
}
