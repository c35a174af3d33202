internal import DrydockDiff
internal import EnvoyConfig
internal import StrictJSON

/// Reads one entry of a bundle, whatever it is.
struct EntryReader {
    /// Hands the chunks of the entry to a function; returns why it stopped before the end.
    typealias Feed = BundleSource.Feed

    let path: BundlePath
    private let isStreamed: Bool
    /// The Istiod that answered, for a sync status.
    private var istiod: String? { path.pod?.name }

    /// A sync status has some two kilobytes a proxy.
    static let syncStatusLength = 64 << 20

    /// Makes a reader. `isStreamed` says that the bytes cannot be had a second time.
    init(_ path: BundlePath, isStreamed: Bool) {
        self.path = path
        self.isStreamed = isStreamed
    }

    /// What an entry without bytes is, where that takes a parser; nil for one that is read.
    static func empty(_ path: BundlePath) -> EntryContent? {
        switch path.content {
        case .loose: .other("")
        case .dump, .istiodDump: .unreadable(NotADump.error([], source: path.path))
        default: nil
        }
    }

    func read(_ feed: Feed) -> EntryContent {
        switch path.content {
        case .dump: dump(feed)
        case .istiodDump: istiodDump(feed)
        case .loose: loose(feed)
        case .serverInfo: serverInfo(feed)
        case .clusters: lines(HostHealthReader(), feed) { .hostHealth($0.health) }
        case .certificates: certificates(feed)
        case .proxyLog: lines(ProxyLogReader(), feed) { .proxyLog($0.log) }
        case .metrics: lines(MetricsReader(), feed) { .time($0.time) }
        case .otherAnswer: lines(ErrorTimeReader(), feed) { .time($0.time) }
        case .discoveryLog:
            lines(IstiodLogReader(), feed) {
                .istiodLog(
                    IstiodLog(
                        lastTime: $0.lastTime, lastPush: $0.lastPush, rejections: $0.rejections))
            }
        case .analysis: lines(AnalysisReader(), feed) { .analysis($0.messages) }
        case .syncz: syncStatus(feed)
        case .adsz: connections(feed)
        case .configz: configuration(feed)
        case .registryz: services(feed)
        case .endpointShardz: endpoints(feed)
        case .pushStatus: pushStatus(feed)
        }
    }

    // MARK: - Text

    private func lines<Reader: LineReader>(
        _ reader: Reader, _ feed: Feed, _ content: (Reader) -> EntryContent
    ) -> EntryContent {
        var scanner = LineScanner(reader)
        if let error = feed({ scanner.append($0) }) { return unreadable(error) }
        return content(scanner.finish())
    }

    // MARK: - Dumps

    private func dump(_ feed: Feed) -> EntryContent {
        do throws(ConfigDumpError) {
            var reader = try DumpEntryReader(source: path.path, isStreamed: isStreamed)
            let interruption = feed { reader.append($0) }
            return reader.finish(interruption)
        } catch {
            return .unreadable(error)
        }
    }

    /// Istiod's dump of a proxy. The other Istiods answer that they do not know it, as expected.
    private func istiodDump(_ feed: Feed) -> EntryContent {
        let content = dump(feed)
        guard case .unreadable(let error) = content, error.code == .notADump,
            error.message.contains("not connected to this Pilot instance")
        else { return content }
        return .other("")
    }

    // MARK: - Pages

    private func serverInfo(_ feed: Feed) -> EntryContent {
        var value: CanonicalValue?
        let page = PageSink(.serverInfo, .nodeFields) { value = $0 }
        do throws(ConfigDumpError) {
            try read(feed, into: page)
        } catch {
            return unreadable(error)
        }
        guard let node = ProxyNode(value, serverVersion: page.serverVersion) else {
            return unreadable(
                ConfigDumpError(.notADump, "not a server_info: it has no node", source: path.path))
        }
        return .node(node)
    }

    /// Hands the entries of a page to a sink.
    private func read(_ feed: Feed, into sink: PageSink) throws(ConfigDumpError) {
        var stream = try CaptureStream(sink, expected: .adminCapture, source: path.path)
        var failure: ConfigDumpError?
        let interruption = feed { bytes in
            guard failure == nil else { return }
            do throws(ConfigDumpError) { try stream.append(bytes) } catch { failure = error }
        }
        if let error = interruption ?? failure { throw error }
        _ = try stream.finish()
    }

    private func certificates(_ feed: Feed) -> EntryContent {
        let reader = CertificateReader()
        let page = PageSink(.certificates, CertificateReader.projection, reader.take)
        do throws(ConfigDumpError) {
            try read(feed, into: page)
            return .certificate(reader.first)
        } catch  where error.code == .notADump {
            // An answer in words: the proxy has no certificates to tell of.
            return .certificate(nil)
        } catch {
            return unreadable(error)
        }
    }

    private func loose(_ feed: Feed) -> EntryContent {
        var reader = LooseEntryReader(source: path.path, isStreamed: isStreamed)
        let interruption = feed { reader.append($0) }
        return reader.finish(interruption)
    }

    // MARK: - Istiod's answers

    private func syncStatus(_ feed: Feed) -> EntryContent {
        var bytes: [UInt8] = []
        let interruption = feed { chunk in
            bytes.append(contentsOf: chunk.prefix(EntryReader.syncStatusLength - bytes.count))
        }
        if let interruption { return unreadable(interruption) }
        do throws(ConfigDumpError) {
            return .syncStatus(try SyncStatus(bytes: bytes, source: path.path, istiod: istiod))
        } catch {
            return .unreadable(error)
        }
    }

    private func connections(_ feed: Feed) -> EntryContent {
        do throws(JSONError) {
            var parser = try _EventParser(handler: ConnectionReader(), source: path.path)
            var failure: JSONError?
            let interruption = feed { bytes in
                guard failure == nil else { return }
                do throws(JSONError) { try parser.parse(bytes) } catch { failure = error }
            }
            if let interruption { return unreadable(interruption) }
            if let failure { throw failure }
            try parser.finish()
            return .connections(parser.handler.proxies)
        } catch {
            return unreadable(ConfigDumpError(error))
        }
    }

    private func configuration(_ feed: Feed) -> EntryContent {
        var result = IstiodConfiguration()
        if let error = elements(feed, { result.add($1) }) { return unreadable(error) }
        return .configuration(result)
    }

    private func services(_ feed: Feed) -> EntryContent {
        var registry = ServiceRegistry()
        registry.services = [:]
        if let error = elements(feed, { registry.addService($1) }) { return unreadable(error) }
        return .services(registry.services ?? [:])
    }

    private func endpoints(_ feed: Feed) -> EntryContent {
        var registry = ServiceRegistry()
        registry.endpoints = [:]
        let error = elements(feed) { key, value in
            if let key { registry.addEndpoints(key, value) }
        }
        if let error { return unreadable(error) }
        return .endpoints(registry.endpoints ?? [:])
    }

    private func pushStatus(_ feed: Feed) -> EntryContent {
        var names: [String] = []
        let error = elements(feed) { key, value in
            if key == "pilot_eds_no_instances" { names += value.members.keys }
        }
        if let error { return unreadable(error) }
        return .clustersWithoutEndpoints(names.sorted())
    }

    /// Hands over the elements of a JSON document, one after the other.
    func elements(
        _ feed: Feed, _ body: (String?, JSONValue) -> Void
    ) -> ConfigDumpError? {
        withoutActuallyEscaping(body) { body in
            do throws(JSONError) {
                var parser = try _EventParser(
                    handler: JSONTreeBuilder(elements: body), source: path.path)
                var failure: JSONError?
                let interruption = feed { bytes in
                    guard failure == nil else { return }
                    do throws(JSONError) { try parser.parse(bytes) } catch { failure = error }
                }
                if let interruption { return interruption }
                if let failure { throw failure }
                try parser.finish()
                return nil
            } catch {
                return ConfigDumpError(error)
            }
        }
    }

    private func unreadable(_ error: ConfigDumpError) -> EntryContent { .unreadable(error) }
}
