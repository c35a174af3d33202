internal import EnvoyConfig
internal import EnvoyResources

/// What a cluster's answer depends on where a request of HTTP goes to it.
struct HTTPForwarding {
    /// The status of a route to a cluster that is not there.
    let notFoundStatus: Int
    /// The priority whose circuit breaker counts, `DEFAULT` or `HIGH`.
    let priority: String
    /// The request's own head.
    let headers: RequestHeaders

    init(_ action: RouteAction, _ headers: RequestHeaders) {
        notFoundStatus =
            switch action.value.text("clusterNotFoundResponseCode") {
            case "NOT_FOUND": 404
            case "INTERNAL_SERVER_ERROR": 500
            default: 503
            }
        priority = action.value.text("priority") ?? "DEFAULT"
        self.headers = headers
    }
}
