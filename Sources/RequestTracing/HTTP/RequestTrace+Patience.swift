internal import EnvoyConfig
internal import EnvoyResources

extension RequestTrace.Patience {
    /// What a route says, and its virtual host where the route has no retries of its own.
    init(_ action: RouteAction, _ virtualHost: VirtualHost) {
        let time = action.value.text("timeout") ?? "15s"
        // Zero switches the timeout off.
        timeout = RequestTrace.Patience.isZero(time) ? nil : time
        guard let policy = action.value["retryPolicy"] ?? virtualHost.value["retryPolicy"] else {
            return
        }
        let retry = RetryPolicy(policy)
        retryOn = retry.conditions
        // Without a condition nothing is tried again.
        retries = retryOn.isEmpty ? 0 : retry.retries ?? 1
        perTryTimeout = policy.text("perTryTimeout").flatMap {
            RequestTrace.Patience.isZero($0) ? nil : $0
        }
    }

    private static func isZero(_ duration: String) -> Bool {
        Double(duration.dropLast()) == 0
    }
}
