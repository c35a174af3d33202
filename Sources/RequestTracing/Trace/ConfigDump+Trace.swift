public import EnvoyConfig

extension ConfigDump {
    /// Makes a tracer, which follows many requests through this dump.
    ///
    /// - Parameter hosts: The endpoints by Envoy's `/clusters`; without it those of the dump.
    /// - Returns: The tracer.
    /// - Throws: `ConfigDumpError` if the dump is a list of one kind of resource, or cannot be read
    ///   any more.
    /// - Complexity: one pass over the bytes of the listeners, without building trees. The tracer
    ///   keeps the trees of the resources that requests touch.
    public func makeTracer(hosts: LiveHosts? = nil) throws(ConfigDumpError) -> RequestTracer {
        try RequestTracer(self, hosts: hosts)
    }

    /// Follows one request through the proxy of this dump.
    ///
    ///     let trace = try dump.trace(TracedRequest(url: "http://reviews:9080/reviews/1"))
    ///     print(trace.outcome, trace.clusters.map(\.name))
    ///
    /// For several requests make a tracer, see `makeTracer(hosts:)`.
    ///
    /// - Parameters:
    ///   - request: What is sent.
    ///   - hosts: The endpoints by Envoy's `/clusters`; without it those of the dump.
    /// - Returns: The request's way, and what became of it.
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: that of making a tracer, and linear in the length of the resources that the
    ///   request touches.
    public func trace(
        _ request: TracedRequest, hosts: LiveHosts? = nil
    ) throws(ConfigDumpError) -> RequestTrace {
        try makeTracer(hosts: hosts).trace(request)
    }
}
