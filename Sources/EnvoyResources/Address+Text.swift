extension Envoy.Address {
    /// `IP:PORT` with an IPv6 address in brackets, the path of a Unix socket, or, as Envoy's logs
    /// have it, `envoy://LISTENER/ENDPOINT`; nil for an address of another kind.
    package var text: String? {
        text(pipePrefix: "") { Address.socketText(host: $0, port: $1) }
    }

    /// As `text`, but without brackets, as istioctl's table of endpoints has it.
    package var tableText: String? { text(pipePrefix: "") { "\($0):\($1)" } }

    /// As `tableText`, but without a port and with `unix://` before a path, as istioctl's table of
    /// the hosts of `/clusters` has it.
    package var hostText: String? { text(pipePrefix: "unix://") { host, _ in host } }

    /// An address and its port, an IPv6 address in brackets.
    package static func socketText(host: String, port: Int) -> String {
        "\(bracketed(host)):\(port)"
    }

    /// A host as it stands before a port: an IPv6 address in brackets.
    package static func bracketed(_ host: String) -> String {
        host.contains(":") ? "[\(host)]" : host
    }

    private func text(
        pipePrefix: String, socket: (_ host: String, _ port: Int) -> String
    ) -> String? {
        if let host { return socket(host, port ?? 0) }
        if let pipePath { return "\(pipePrefix)\(pipePath)" }
        return internalListenerName.map { "envoy://\($0)/\(internalEndpointID ?? "")" }
    }
}

extension Envoy.Locality {
    /// `REGION/ZONE/SUBZONE`, up to the first part that is not known.
    package var text: String {
        var parts = [region]
        if !zone.isEmpty {
            parts.append(zone)
            if !subZone.isEmpty { parts.append(subZone) }
        }
        return parts.joined(separator: "/")
    }
}
