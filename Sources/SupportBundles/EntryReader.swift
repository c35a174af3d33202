internal import ConfigDumpIndex
internal import JSONEvents
internal import SyncStatus

/// Reads one entry of a bundle, whatever it is.
struct EntryReader {
    /// Hands the chunks of the entry to a function; returns why it stopped before the end.
    typealias Feed = BundleSource.Feed

    let path: BundlePath
    private let isStreamed: Bool
    /// The Istiod that answered, for a sync status.
    private var istiod: String? { path.pod?.name }

    /// What of a dump's beginning is kept, to find its node in.
    private static let beginningLength = 512 << 10
    /// What no cause is looked for in; half of a dump's resources are endpoints.
    private static let passedOver: Set<ResourceKind> = [.endpoints, .bootstrap]
    /// A sync status has some two kilobytes a proxy.
    private static let syncStatusLength = 64 << 20

    /// Makes a reader. `isStreamed` says that the bytes cannot be had a second time.
    init(_ path: BundlePath, isStreamed: Bool) {
        self.path = path
        self.isStreamed = isStreamed
    }

    func read(_ feed: Feed) -> EntryContent {
        switch path.content {
        case .dump, .istiodDump: dump(feed)
        case .loose: loose(feed)
        case .serverInfo: serverInfo(feed)
        case .clusters: lines(DiscoveryEndpointReader(), feed) { .discoveryEndpoints($0.endpoints) }
        case .certificates: lines(CertificateReader(), feed) { .certificate($0.first) }
        case .proxyLog: lines(ProxyLogReader(), feed) { .proxyLog($0.log) }
        case .metrics: lines(MetricsReader(), feed) { .time($0.time) }
        case .otherAnswer: lines(ErrorTimeReader(), feed) { .time($0.time) }
        case .discoveryLog:
            lines(IstiodLogReader(), feed) {
                .istiodLog(lastTime: $0.lastTime, lastPush: $0.lastPush)
            }
        case .syncz: syncStatus(feed)
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
        var beginning: [UInt8] = []
        var length = 0
        var finder: AddressFinder?
        do throws(ConfigDumpError) {
            var builder = try ConfigDumpBuilder(source: path.path, keepsBytes: false)
            var failure: ConfigDumpError?
            let interruption = feed { bytes in
                length += bytes.count
                beginning.append(
                    contentsOf: bytes.prefix(EntryReader.beginningLength - beginning.count))
                guard failure == nil else { return }
                if isStreamed {
                    EntryReader.search(bytes, length <= beginning.count ? beginning : [], &finder)
                }
                do throws(ConfigDumpError) { try builder.append(bytes) } catch { failure = error }
            }
            if let error = interruption ?? failure { throw error }
            let dump = try builder.finish().compacted(leavingOut: EntryReader.passedOver)
            guard !dump.sections.isEmpty else {
                throw ConfigDumpError(
                    .notADump, "a config dump without any section: nothing was captured",
                    source: path.path)
            }
            return .dump(
                IndexedDump(
                    dump: dump, node: NodeReader.node(in: beginning),
                    ownListeners: finder.map { OwnListeners.names(in: dump, places: $0.places) }))
        } catch {
            return .unreadable(error, beginning: beginning)
        }
    }

    /// Searches a stream for the addresses of the node that it begins with. `beginning` is all that
    /// came, while it is short.
    private static func search(
        _ bytes: UnsafeRawBufferPointer, _ beginning: [UInt8], _ finder: inout AddressFinder?
    ) {
        if finder != nil {
            finder?.append(bytes)
        } else if let node = NodeReader.node(in: beginning) {
            var made = AddressFinder(node.addresses)
            beginning.withUnsafeBytes { made.append($0) }
            finder = made
        }
    }

    private func serverInfo(_ feed: Feed) -> EntryContent {
        var beginning: [UInt8] = []
        let interruption = feed { bytes in
            beginning.append(
                contentsOf: bytes.prefix(EntryReader.beginningLength - beginning.count))
        }
        if let interruption { return unreadable(interruption) }
        guard let node = NodeReader.node(in: beginning) else {
            return unreadable(
                ConfigDumpError(.notADump, "no server_info: it has no node", source: path.path))
        }
        return .node(node)
    }

    /// A file that nobody said what it is: a dump, or a sync status of either form.
    private func loose(_ feed: Feed) -> EntryContent {
        let content = dump(feed)
        guard case .unreadable(let error, let beginning) = content, error.code == .notADump,
            beginning.first(where: { !$0.isSpace }).map({ [0x5B, 0x7B].contains($0) }) ?? false
        else { return content }
        guard case .syncStatus(let status) = syncStatus(feed), !status.proxies.isEmpty else {
            return .other
        }
        return .syncStatus(status)
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
            return .unreadable(error, beginning: Array(bytes.prefix(256)))
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
    private func elements(
        _ feed: Feed, _ body: (String?, JSONValue) -> Void
    ) -> ConfigDumpError? {
        withoutActuallyEscaping(body) { body in
            do throws(JSONError) {
                var parser = try JSONParser(
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

    private func unreadable(_ error: ConfigDumpError) -> EntryContent {
        .unreadable(error, beginning: [])
    }
}

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
