public import Reporting
internal import SupportBundles

/// Writes what the Istiods know of a service as JSON, a stable contract for scripts.
public struct ServiceRegistrationJSON: ReportWriter {
    /// Makes a writer.
    public init() {}

    /// Writes what is known.
    public func write(_ registration: ServiceRegistration, to output: inout some ByteOutput) {
        value(registration).write(to: &output)
    }

    /// What is known as a value, for writing it in another form.
    public func value(_ registration: ServiceRegistration) -> ReportValue {
        .list(registration.entries.map(value))
    }

    private func value(_ entry: ServiceRegistration.Entry) -> ReportValue {
        var members: ReportObject = [
            "istiod": .string(entry.istiod), "known": .bool(entry.isKnown),
        ]
        members.append("hostname", entry.hostname.map(ReportValue.string))
        members.append(
            "ports",
            .list(
                entry.ports.map {
                    [
                        "name": .string($0.name), "port": .int($0.number),
                        "protocol": .string($0.protocol),
                    ]
                }))
        members.append("address", ReportValue(entry.address))
        members.append("endpoints", .list(entry.endpoints.map(value)))
        return .object(members)
    }

    private func value(_ endpoint: ServiceRegistry.Endpoint) -> ReportValue {
        [
            "address": .string(endpoint.address), "port": .string(endpoint.portName),
            "health": .string(endpoint.health), "locality": .string(endpoint.locality),
        ]
    }
}
