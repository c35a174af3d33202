internal import EnvoyConfig
internal import EnvoyResources

/// Which listener takes the connection.
extension RequestWalk {
    /// Ports on which Istio's redirection leaves a sidecar's inbound connections alone: the agent's
    /// health checks and Envoy's own metrics.
    private static let unredirectedPorts: Set<Int> = [15020, 15021, 15090]

    /// Where the proxy stands in the request's way: what the request says, else the node.
    func direction(_ listeners: ListenerLookup) -> TracedRequest.Direction {
        if let direction = request.direction { return direction }
        switch bootstrap?.node?.proxyType {
        case "router", "waypoint": return .gateway
        case "sidecar": break
        default: if listeners.outboundEntry == nil { return .gateway }
        }
        if let address = request.destination.address, nodeAddresses.contains(address) {
            return .inbound
        }
        return .outbound
    }

    /// The addresses of the proxy's own workload.
    private var nodeAddresses: [IPAddress] {
        guard let node = bootstrap?.node else { return [] }
        let ips = node.metadata("INSTANCE_IPS")?.split(separator: ",").compactMap { IPAddress($0) }
        let own = node.istioID.flatMap { IPAddress($0.address) }
        return (ips ?? []) + (own.map { [$0] } ?? [])
    }

    /// Finds the listener, or ends the trace.
    mutating func takeListener(
        _ direction: TracedRequest.Direction, _ listeners: ListenerLookup
    ) throws(ConfigDumpError) -> Resource? {
        if request.destination.address == nil, direction == .inbound {
            connection.destination.address = nodeAddresses.first
        }
        let found: ListenerLookup.Candidate? =
            switch direction {
            case .outbound: try outboundListener(listeners)
            case .inbound: try inboundListener(listeners)
            case .gateway: try boundListener(listeners)
            }
        noteCandidates(listeners, except: found?.resource.name)
        noteOthers(listeners, found?.resource)
        guard let found else {
            guard dump.hasSection(.listeners) else {
                end(.noListener, "the dump has no ListenersConfigDump: no listener is known")
                return nil
            }
            if let entry = listeners.unusedEntry(direction) {
                noteEntry(entry.resource)
                end(
                    .noListener,
                    "the listener \(entry.resource.name) takes these connections, and "
                        + (entry.resource.state == .rejected
                            ? "Envoy rejected it" : "it waits in warming"))
                return nil
            }
            let ports = listeners.candidates.filter(\.outline.bindsToPort)
                .flatMap(\.outline.places).filter { !$0.isUDP }.map(\.port)
            end(
                .noListener,
                "no listener serves \(connection.destination): the proxy listens on "
                    + (ports.isEmpty
                        ? "no port"
                        : Set(ports).sorted().map(String.init).joined(separator: ", ")))
            return nil
        }
        return found.resource
    }

    /// An outbound connection arrives at the listener that uses the original destination, which
    /// hands it to the listener of that destination or keeps it. Where none does so, a connection
    /// enters the listener that it was made to.
    private mutating func outboundListener(
        _ listeners: ListenerLookup
    ) throws(ConfigDumpError) -> ListenerLookup.Candidate? {
        guard let entry = listeners.outboundEntry else { return try boundListener(listeners) }
        step(
            .listener, entry.resource.name, taken: true,
            "outbound connections arrive here; it hands them over by their destination")
        connection.isRedirected = true
        if let named = try listenerOfHost(listeners) { return named }
        let destination = connection.destination
        guard let found = listeners.match(destination, bound: false) else {
            if let only = onlyCandidate(listeners) { return only }
            step(
                .listener, entry.resource.name, taken: true,
                "no listener serves \(destination): it keeps the connection")
            return entry
        }
        step(.listener, found.resource.name, taken: true, "serves \(found.placeText)")
        return found
    }

    /// Without a destination's address: the one listener whose cluster is the host that was asked
    /// for, if that listener serves an address of its own.
    private mutating func listenerOfHost(
        _ listeners: ListenerLookup
    ) throws(ConfigDumpError) -> ListenerLookup.Candidate? {
        let port = request.destination.port
        guard request.destination.address == nil, let host = request.host, let port else {
            return nil
        }
        let namespace = bootstrap?.node?.metadata("NAMESPACE")
        let name = host.contains(".") ? host : "\(host).\(namespace ?? "default")"
        for candidate in listeners.candidates
        where candidate.takesConnections && candidate.serves(port: port)
            && !candidate.servesAny(like: nil, port: port)
        {
            let served = try dump.outboundHosts(of: candidate.resource)
            guard served.contains(where: { $0 == name || $0.hasPrefix("\(name).") }) else {
                continue
            }
            connection.destination.address = candidate.outline.places.first.flatMap {
                IPAddress($0.host)
            }
            note(
                .assumed,
                "the destination is taken for \(candidate.placeText), which leads to \(name)")
            step(
                .listener, candidate.resource.name, taken: true,
                "serves \(candidate.placeText), and its cluster is \(name)")
            return candidate
        }
        return nil
    }

    /// Without a destination's address, and without a wildcard on its port: the only listener there.
    private mutating func onlyCandidate(_ listeners: ListenerLookup) -> ListenerLookup.Candidate? {
        guard request.destination.address == nil else { return nil }
        let found = listeners.candidates.filter {
            $0.takesConnections && $0.serves(port: request.destination.port)
        }
        guard let only = found.first, found.count == 1 else { return nil }
        connection.destination.address = only.outline.places.first.flatMap { IPAddress($0.host) }
        note(
            .assumed,
            "the destination is taken for \(only.placeText), the only one on that port")
        step(.listener, only.resource.name, taken: true, "serves \(only.placeText)")
        return only
    }

    private mutating func inboundListener(
        _ listeners: ListenerLookup
    ) throws(ConfigDumpError) -> ListenerLookup.Candidate? {
        if let port = request.destination.port, RequestWalk.unredirectedPorts.contains(port),
            let found = try boundListener(listeners)
        {
            // What is not redirected does not come through the mesh's TLS either.
            request.usesMutualTLS = false
            return found
        }
        guard let entry = listeners.inboundEntry else { return try boundListener(listeners) }
        step(.listener, entry.resource.name, taken: true, "inbound connections arrive here")
        connection.isRedirected = true
        return entry
    }

    /// A connection enters the listener that it was made to.
    private mutating func boundListener(
        _ listeners: ListenerLookup
    ) throws(ConfigDumpError) -> ListenerLookup.Candidate? {
        if let inner = listeners.waypointEntry {
            step(
                .listener, inner.resource.name, taken: true,
                "a waypoint's connections come through HBONE to it")
            connection.isRedirected = true
            connection.showsCertificate = true
            return inner
        }
        guard let found = listeners.match(connection.destination, bound: true) else {
            return try onlyBoundCandidate(listeners)
        }
        step(.listener, found.resource.name, taken: true, "listens on \(found.placeText)")
        return found
    }

    private mutating func onlyBoundCandidate(
        _ listeners: ListenerLookup
    ) throws(ConfigDumpError) -> ListenerLookup.Candidate? {
        guard request.destination.address == nil else { return nil }
        let found = listeners.candidates.first {
            $0.takesConnections && $0.outline.bindsToPort
                && $0.serves(port: request.destination.port)
        }
        guard let found else { return try listenerOfServicePort(listeners) }
        connection.destination.address = found.outline.places.first.flatMap { IPAddress($0.host) }
        step(.listener, found.resource.name, taken: true, "listens on \(found.placeText)")
        return found
    }

    /// A gateway's service maps its ports to others: the URL's port is then that of the service,
    /// which Istio appends to the names of virtual hosts and into those of TLS route
    /// configurations.
    private mutating func listenerOfServicePort(
        _ listeners: ListenerLookup
    ) throws(ConfigDumpError) -> ListenerLookup.Candidate? {
        guard let port = request.destination.port else { return nil }
        for candidate in listeners.candidates
        where candidate.takesConnections && candidate.outline.bindsToPort
            && candidate.resource.state == .active
        {
            let listener = try dump.message(of: candidate.resource, as: Listener.self)
            for name in listener.filterChains.compactMap(
                \.httpConnectionManager?.routeConfigurationName)
            {
                guard try serves(port, routeConfiguration: name) else { continue }
                connection.destination.port = candidate.outline.places.first?.port
                note(
                    .assumed,
                    "port \(port) is taken for the service's; the gateway serves it on "
                        + candidate.placeText)
                step(
                    .listener, candidate.resource.name, taken: true,
                    "listens on \(candidate.placeText) for the service's port \(port)")
                return candidate
            }
        }
        return nil
    }

    private func serves(
        _ port: Int, routeConfiguration name: String
    ) throws(ConfigDumpError) -> Bool {
        if name.hasPrefix("https.\(port).") { return true }
        guard !name.hasPrefix("https."), let resource = dump.resource(.routes, named: name) else {
            return false
        }
        let configuration = try dump.message(of: resource, as: RouteConfiguration.self)
        return configuration.virtualHosts.contains { $0.name.hasSuffix(":\(port)") }
    }
}
