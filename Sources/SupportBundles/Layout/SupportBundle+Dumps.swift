public import EnvoyConfig

/// The dumps of a bundle, read again, whole and in memory.
extension SupportBundle {
    /// Envoy's dump of a proxy.
    ///
    ///     let dump = try await bundle.dump(of: "reviews-v1-77d6bd8d6-2zqkh.default")
    ///     for cluster in try dump.clusters { print(cluster.name) }
    ///
    /// - Parameter proxy: `POD.NAMESPACE`, `POD`, or `NAME@FILE` where there are several of it.
    /// - Returns: The dump, whose resources can be read.
    /// - Throws: `ConfigDumpError`: with the code `notFound` or `ambiguous` where the bundle holds no
    ///   such proxy, or no dump of it; why it cannot be read where it cannot.
    /// - Complexity: one pass over the bundle, up to the dump; memory for the dump's bytes.
    public func dump(of proxy: String) async throws(ConfigDumpError) -> ConfigDump {
        let proxy = try self.proxy(named: proxy)
        if let error = proxy.dumpError { throw error }
        guard let index = proxy.index else {
            throw ConfigDumpError(
                .notFound, "the bundle holds no dump of \(proxy.displayName)", source: source)
        }
        return try await whole([index.dump])[0]
    }

    /// Istiod's dump of a proxy: what it would send it.
    ///
    /// - Parameter proxy: `POD.NAMESPACE`, or as for `dump(of:)`.
    /// - Returns: The dump, whose resources can be read.
    /// - Throws: `ConfigDumpError`, with the code `notFound` where no Istiod's dump of it is in the
    ///   bundle: an ordinary bug report holds none.
    /// - Complexity: one pass over the bundle, up to the dump; memory for the dump's bytes.
    public func istiodDump(of proxy: String) async throws(ConfigDumpError) -> ConfigDump {
        // An Istiod may hold the dump of a proxy that was not captured itself.
        let name = proxies(named: proxy).isEmpty ? proxy : try self.proxy(named: proxy).name
        guard let index = istiodIndex(of: name) else {
            throw ConfigDumpError(
                .notFound,
                "the bundle holds no dump of \(name) by an Istiod: capture it with "
                    + "/debug/config_dump?proxyID=\(name)", source: source)
        }
        return try await whole([index.dump])[0]
    }

    /// Reads the proxies' dumps a second time, one after the other, each as a whole: all kinds, with the
    /// bytes. None outlives its call.
    ///
    /// - Throws: `ConfigDumpError` if the bundle cannot be read again, and what `body` throws. A dump
    ///   that cannot be read is passed over: the index has its error.
    /// - Complexity: one pass over the bundle; memory for one dump.
    package func forEachDump(
        _ body: (_ proxy: ProxyCapture, _ dump: ConfigDump) throws(ConfigDumpError) -> Void
    ) async throws(ConfigDumpError) {
        var wanted: [String: ProxyCapture] = [:]
        for proxy in proxies {
            if let dump = proxy.index?.dump { wanted[dump.source] = proxy }
        }
        var failure: ConfigDumpError?
        do throws(ConfigDumpError) {
            try await origin.forEachEntry { path, _, feed in
                guard let proxy = wanted.removeValue(forKey: path.path) else { return true }
                var bytes: [UInt8] = []
                guard feed({ bytes.append(contentsOf: $0) }) == nil,
                    let dump = try? ConfigDump(bytes: bytes, source: path.path)
                else { return true }
                do throws(ConfigDumpError) {
                    try body(proxy, dump)
                } catch {
                    failure = error
                }
                return failure == nil && !wanted.isEmpty
            }
        } catch {
            // What comes behind the break was not read the first time either.
            guard interruption != nil else { throw error }
        }
        if let failure { throw failure }
    }
}
