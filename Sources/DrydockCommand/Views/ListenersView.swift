internal import Drydock

extension ProxyView {
    static let listeners = ProxyView(
        names: ["listeners", "listener", "l"], title: "LISTENER",
        content: "the listeners, as istioctl proxy-config does",
        about: "Prints the listeners of a config dump, a row a filter chain, as istioctl does.",
        example: "--port 9080 -o json config_dump.json",
        options: [
            .text("address", nil, "TEXT", "listeners at this address", \.listeners.address),
            .port,
            .word(
                "type", "TYPE", ["HTTP", "TCP", "HTTP+TCP", "UNKNOWN"],
                "HTTP, TCP, HTTP+TCP or UNKNOWN", \.listeners.type),
            .flag("waypoint", nil, "listeners and chains by name", \.showsWaypoint),
            .verbose,
        ],
        kinds: [.listeners]
    ) { summary, options, _ in
        let rows = summary.listeners.passing(
            options.listeners, unless: ListenerFilter(), ListenerFilter.matches)
        return ViewRows(rows, of: summary.listeners.count, content: .resources(rows)) {
            rows, isNamed in
            if options.showsWaypoint { return .waypointListeners(rows) }
            return options.isVerbose
                ? .listeners(rows, named: isNamed) : .listenerTypes(rows, named: isNamed)
        }
    }
}
