public import EnvoyConfig

extension ConfigDump {
    /// Follows a request through the proxy of this dump, as that Envoy would: listener, filter
    /// chain, route, cluster, endpoint.
    ///
    ///     let trace = try dump.trace(TracedRequest(url: "http://reviews:9080/reviews/1"))
    ///     print(trace.outcome, trace.clusters.map(\.name))
    ///
    /// A request that ends on its way (no route, no endpoint, refused) is a result, not an error.
    /// What a dump cannot tell (Lua, Wasm, an authorization service, a cluster specifier plugin) is
    /// named in the trace's notes and passed.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - hosts: The endpoints by Envoy's `/clusters`; without it those of the dump.
    /// - Returns: The request's way, and what became of it.
    /// - Throws: `ConfigDumpError` where the dump cannot be read any more.
    /// - Complexity: one pass over the bytes of the listeners, without building trees, and linear in
    ///   the length of the resources that the request touches.
    public func trace(
        _ request: TracedRequest, hosts: LiveHosts? = nil
    ) throws(ConfigDumpError) -> RequestTrace {
        if let kind = listedKind {
            throw ConfigDumpError(
                .notADump,
                "this is the output of istioctl proxy-config \(kind.rawValue) -o json, not a config "
                    + "dump of an Envoy: capture config_dump from the proxy instead",
                source: source)
        }
        var tracer = try RequestTracer(request, in: self, hosts: hosts)
        return try tracer.run()
    }
}
