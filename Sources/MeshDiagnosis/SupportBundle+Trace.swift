public import EnvoyConfig
public import RequestTracing
public import SupportBundles

extension SupportBundle {
    /// Follows a request through a proxy of the bundle, with the endpoints and their health by the
    /// proxy's `/clusters` where the bundle holds it. For many requests read `dump(of:)` once.
    ///
    ///     let trace = try await bundle.trace(
    ///         TracedRequest(url: "http://reviews:9080/"), through: "productpage-v1.default")
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - proxy: `POD.NAMESPACE`, `POD`, or `NAME@FILE` where there are several of it.
    /// - Returns: The way of the request.
    /// - Throws: `ConfigDumpError`: with the code `notFound` or `ambiguous` where the bundle holds no
    ///   such proxy, or no dump of it; why an answer cannot be read where it cannot.
    /// - Complexity: one pass over the bundle; memory for the proxy's answers.
    public func trace(
        _ request: TracedRequest, through proxy: String
    ) async throws(ConfigDumpError) -> RequestTrace {
        let capture = try self.proxy(named: proxy)
        if let error = capture.dumpError { throw error }
        let answers = try await ProxyAnswers(of: proxy, in: source)
        guard let answer = answers.dump else {
            throw ConfigDumpError(
                .notFound, "the bundle holds no dump of \(capture.displayName)", source: source)
        }
        let dump = try ConfigDump(bytes: answer.bytes, source: answer.entry)
        let hosts = try answers.clusters.map { (answer) throws(ConfigDumpError) in
            try LiveHosts(AdminCapture(bytes: answer.bytes, source: answer.entry))
        }
        return try dump.trace(request, hosts: hosts)
    }
}
