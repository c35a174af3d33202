public import EnvoyConfig

/// Follows requests through one dump: what they have in common is read once.
///
///     let tracer = try dump.makeTracer()
///     for url in urls {
///         print(url, try tracer.trace(TracedRequest(url: url)).outcome)
///     }
///
/// It may be used from several threads at once.
public struct RequestTracer: Sendable {
    private let dump: TracedDump
    private let hosts: LiveHosts?

    init(_ dump: ConfigDump, hosts: LiveHosts?) throws(ConfigDumpError) {
        if let kind = dump.listedKind {
            throw ConfigDumpError(
                .notADump,
                "this is the output of istioctl proxy-config \(kind.rawValue) -o json, not a config "
                    + "dump of an Envoy: capture config_dump from the proxy instead",
                source: dump.source)
        }
        self.dump = try TracedDump(dump)
        self.hosts = hosts
    }

    /// Follows a request as that Envoy would: listener, filter chain, route, cluster, endpoint.
    ///
    /// A request that ends on its way (no route, no endpoint, refused) is a result, not an error.
    /// What a dump cannot tell (Lua, Wasm, an authorization service, a cluster specifier plugin) is
    /// named in the trace's notes and passed.
    ///
    /// - Parameter request: What is sent.
    /// - Returns: The request's way, and what became of it.
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: linear in the length of the resources that the request is the first to touch;
    ///   then in the numbers of listeners, and of virtual hosts and routes that it passes.
    public func trace(_ request: TracedRequest) throws(ConfigDumpError) -> RequestTrace {
        var walk = RequestWalk(request, in: dump, hosts: hosts)
        return try walk.run()
    }
}
