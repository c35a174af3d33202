internal import EnvoyConfig
internal import EnvoyResources

/// What of a listener decides whether it takes a connection: read without building its whole tree,
/// since a dump can hold thousands of listeners.
struct ListenerOutline: Equatable {
    /// An address of a listener.
    struct Place: Equatable {
        var host = ""
        var port = 0
        var isUDP = false
        var takesIPv4Too = false
    }

    /// Its addresses, the main one first.
    var places: [Place] = []
    var bindsToPort = true
    var usesOriginalDestination = false
    var trafficDirection: Listener.TrafficDirection?
    var isInternal = false

    /// The fields that are read.
    static let projection = Projection([
        .whole("address"), .part("additional_addresses", [.whole("address")]),
        .whole("bind_to_port"), .part("deprecated_v1", [.whole("bind_to_port")]),
        .whole("use_original_dst"), .whole("traffic_direction"), .part("internal_listener", []),
    ])

    init(_ listener: Listener) {
        let addresses = [listener.address].compactMap { $0 } + listener.additionalAddresses
        places = addresses.compactMap { address in
            guard let host = address.host else { return nil }
            return Place(
                host: host, port: address.port ?? 0, isUDP: address.isUDP,
                takesIPv4Too: address.takesIPv4Too)
        }
        bindsToPort = listener.bindsToPort ?? true
        usesOriginalDestination = listener.useOriginalDestination
        trafficDirection = listener.trafficDirection
        isInternal = listener.isInternal
    }
}
