internal import EnvoyConfig
internal import EnvoyResources

/// The listeners of a dump by the addresses that they serve.
struct ListenerLookup {
    /// A listener with what decides whether it takes a connection.
    struct Candidate {
        var resource: Resource
        var outline: ListenerOutline

        /// As `10.96.10.5:27017`, of the main address.
        var placeText: String {
            outline.places.first.map { "\($0.host):\($0.port)" } ?? "no address"
        }

        /// Whether it takes TCP connections from outside of its Envoy.
        var takesConnections: Bool {
            !outline.isInternal && outline.places.contains { !$0.isUDP }
        }

        /// Whether it is where a waypoint's connections come out of HBONE; Istio names it so.
        var isWaypointEntry: Bool { outline.isInternal && resource.name == "main_internal" }

        func serves(port: Int?) -> Bool {
            outline.places.contains { !$0.isUDP && $0.port == port }
        }

        /// Whether it would take a connection, were it in use.
        func wouldTake(_ destination: AddressAndPort) -> Bool {
            if isWaypointEntry { return true }
            let (address, port) = (destination.address, destination.port)
            return address.map { serves($0, port: port) } ?? serves(port: port)
                || servesAny(like: address, port: port)
        }

        /// Whether one of its addresses is exactly this.
        func serves(_ address: IPAddress, port: Int?) -> Bool {
            outline.places.contains {
                !$0.isUDP && $0.port == port && IPAddress($0.host) == address
            }
        }

        /// Whether one of its addresses is the wildcard of the address's kind, or, where the address
        /// is not known, any wildcard.
        func servesAny(like address: IPAddress?, port: Int?) -> Bool {
            outline.places.contains { place in
                guard !place.isUDP, place.port == port, let host = IPAddress(place.host), host.isAny
                else { return false }
                return address.map { $0.isV6 == host.isV6 || host.isV6 && place.takesIPv4Too }
                    ?? true
            }
        }
    }

    /// Those in use: active and static.
    let candidates: [Candidate]
    /// Those that are not in use (yet): warming or rejected.
    let others: [Candidate]

    /// Reads the outline of every listener of a dump.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: one pass over the listeners' bytes.
    init(_ dump: ConfigDump, reader: ResourceReader) throws(ConfigDumpError) {
        var candidates: [Candidate] = []
        var others: [Candidate] = []
        for resource in dump.resources where resource.kind == .listeners {
            let candidate = Candidate(
                resource: resource,
                outline: ListenerOutline(
                    Listener(try reader.fields(ListenerOutline.projection, of: resource))))
            switch resource.state {
            case .active, .fixed: candidates.append(candidate)
            case .warming, .rejected: others.append(candidate)
            case .draining: continue
            }
        }
        self.candidates = candidates
        self.others = others
    }

    /// The listener that Envoy gives a connection to by its destination: the exact address, else the
    /// wildcard of its kind.
    func match(_ destination: AddressAndPort, bound isBoundOnly: Bool) -> Candidate? {
        let open = candidates.filter {
            $0.takesConnections && (!isBoundOnly || $0.outline.bindsToPort)
        }
        if let address = destination.address,
            let exact = open.first(where: { $0.serves(address, port: destination.port) })
        {
            return exact
        }
        return open.first { $0.servesAny(like: destination.address, port: destination.port) }
    }

    /// The listener that all of a sidecar's outbound connections arrive at.
    var outboundEntry: Candidate? {
        let entries = candidates.filter {
            $0.outline.usesOriginalDestination && $0.outline.bindsToPort
        }
        return entries.first { $0.outline.trafficDirection == .outbound }
            ?? entries.first { $0.outline.trafficDirection != .inbound }
    }

    /// The listener that Istio's redirection leads to, where Envoy rejected it or has it in warming and
    /// none such is in use.
    func unusedEntry(_ direction: TracedRequest.Direction) -> Candidate? {
        let name: String
        let leadsHere: (Candidate) -> Bool
        switch direction {
        case .inbound:
            name = "virtualInbound"
            leadsHere = { $0.outline.trafficDirection == .inbound && $0.serves(port: 15006) }
        case .outbound:
            name = "virtualOutbound"
            leadsHere = {
                $0.outline.usesOriginalDestination && $0.outline.trafficDirection == .outbound
            }
        case .gateway:
            return nil
        }
        guard !candidates.contains(where: { $0.resource.name == name || leadsHere($0) }) else {
            return nil
        }
        let unused = others.filter { $0.resource.name == name || leadsHere($0) }
        return unused.first { $0.resource.state == .rejected } ?? unused.first
    }

    /// The listener to which a waypoint unpacks the connections that come through HBONE; nil for
    /// another proxy.
    var waypointEntry: Candidate? {
        candidates.first(where: \.isWaypointEntry)
    }

    /// The listener that all of a sidecar's inbound connections arrive at: Istio redirects them to
    /// port 15006.
    var inboundEntry: Candidate? {
        let entries = candidates.filter {
            $0.outline.trafficDirection == .inbound && $0.outline.bindsToPort
                && $0.takesConnections
        }
        return entries.first { $0.serves(port: 15006) }
            ?? entries.first { $0.resource.name == "virtualInbound" }
    }
}
