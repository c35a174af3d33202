internal import DrydockDiff
internal import EnvoyConfig

/// Puts a bundle together from what its entries say.
struct BundleAssembly {
    private var bundle: SupportBundle
    var proxies: [String: ProxyCapture] = [:]
    var istiods: [String: IstiodCapture] = [:]
    /// What is outside of the layout.
    private var looseFiles: [(path: String, content: EntryContent)] = []
    /// The paths that came already.
    private var seen: Set<String> = []

    private var passedOver: PassedOverEntries

    init(origin: BundleSource, _ passedOver: PassedOverEntries) {
        bundle = SupportBundle(origin: origin)
        self.passedOver = passedOver
    }

    /// Notes an entry of a kind that is not read.
    mutating func passOver(_ entry: String, _ reason: String) {
        passedOver.add(entry, reason)
    }

    mutating func add(_ path: BundlePath, _ content: EntryContent) {
        guard seen.insert(path.path).inserted else {
            reject(
                path.path,
                ConfigDumpError(
                    .archive, "the entry comes twice: the first was read", source: path.path))
            return
        }
        note(timesOf: content)
        switch path.content {
        case .dump, .serverInfo, .clusters, .certificates, .proxyLog:
            if let pod = path.pod { addToProxy(pod, path, content) }
        case .loose:
            looseFiles.append((path.path, content))
        case .analysis:
            if case .analysis(let messages) = content { bundle.analysis += messages }
        default:
            if let pod = path.pod { addToIstiod(pod, path, content) }
        }
    }

    /// Notes that an entry was not read.
    mutating func reject(_ entry: String, _ error: ConfigDumpError) {
        bundle.unreadable.append(SupportBundle.UnreadableEntry(entry: entry, error: error))
    }

    // MARK: - Proxies

    private mutating func addToProxy(
        _ pod: BundlePath.Pod, _ path: BundlePath, _ content: EntryContent
    ) {
        var proxy =
            proxies[pod.proxy] ?? ProxyCapture(pod: pod.name, namespace: pod.namespace)
        switch content {
        case .dump(let found):
            proxy.take(found, entry: path.path)
        case .node(let node):
            proxy.node = proxy.node?.merged(with: node) ?? node
        case .hostHealth(let health):
            proxy.hostHealth = health
        case .certificate(let validity):
            proxy.certificate = validity
        case .proxyLog(let log):
            proxy.log = log
        case .unreadable(let error) where path.content == .dump:
            proxy.dumpEntry = path.path
            if error.code == .notADump, pod.name.hasPrefix("ztunnel") {
                proxy.isZtunnel = true
            } else {
                proxy.dumpError = error
                reject(path.path, error)
            }
        case .unreadable(let error):
            // A ztunnel's answers have formats of their own.
            if !pod.name.hasPrefix("ztunnel") { reject(path.path, error) }
        default: break
        }
        proxies[pod.proxy] = proxy
    }

    // MARK: - Istiods

    private mutating func addToIstiod(
        _ pod: BundlePath.Pod, _ path: BundlePath, _ content: EntryContent
    ) {
        var istiod = istiods[pod.proxy] ?? IstiodCapture(pod: pod.name, namespace: pod.namespace)
        switch content {
        case .dump(let found):
            if case .istiodDump(let proxy) = path.content {
                istiod.indexes[proxy] = DumpIndex(found.dump)
                istiod.connections.insert(proxy)
            }
        case .syncStatus(let status): istiod.syncStatus = status
        case .connections(let names): istiod.connections.formUnion(names)
        case .configuration(let configuration): istiod.configuration = configuration
        case .services(let services): istiod.registry.services = services
        case .endpoints(let endpoints): istiod.registry.endpoints = endpoints
        case .clustersWithoutEndpoints(let names): istiod.clustersWithoutEndpoints = names
        case .istiodLog(let log):
            istiod.lastTime = [istiod.lastTime, log.lastTime].compactMap { $0 }.max()
            istiod.lastPush = log.lastPush
            istiod.rejections = log.rejections
        case .time(let time):
            istiod.lastTime = [istiod.lastTime, time].compactMap { $0 }.max()
        case .unreadable(let error) where path.content == .syncz:
            // What follows for the Istiod's proxies is said once.
            istiod.syncStatusError = error
        case .unreadable(let error): reject(path.path, error)
        case .other(let reason): passOver(path.path, reason)
        default: break
        }
        istiods[pod.proxy] = istiod
    }

    // MARK: - The end

    private mutating func note(timesOf content: EntryContent) {
        let times: [CaptureTime?] =
            switch content {
            case .proxyLog(let log): [log.lastTime]
            case .istiodLog(let log): [log.lastTime, log.lastPush]
            case .time(let time): [time]
            case .syncStatus(let status):
                status.proxies.flatMap(\.types.values).map { $0.sentTime.flatMap(CaptureTime.init) }
            default: []
            }
        if case .time(_?) = content { bundle.hasClock = true }
        bundle.newestTime = (times + [bundle.newestTime]).compactMap { $0 }.max()
    }

    consuming func finish(_ interruption: ConfigDumpError?) -> SupportBundle {
        place(looseFiles)
        if interruption != nil {
            // Where the archive breaks off, the dump is not what is wrong.
            for name in proxies.keys where proxies[name]?.dumpError?.code == .archive {
                proxies[name]?.dumpError = nil
            }
        }
        bundle.proxies = proxies.values.sorted { $0.displayName < $1.displayName }
        bundle.istiods = istiods.values.sorted { ($0.pod, $0.namespace) < ($1.pod, $1.namespace) }
        bundle.unreadable.sort { $0.entry < $1.entry }
        bundle.passedOver = passedOver.entries.sorted { $0.entry < $1.entry }
        bundle.passedOverCount = passedOver.count
        bundle.interruption = interruption
        return bundle
    }
}

extension ProxyCapture {
    /// Takes the first dump that is readable.
    mutating func take(_ found: IndexedDump, entry: String) {
        guard dump == nil else { return }
        dump = found.dump
        dumpEntry = entry
        dumpError = nil
        ownListeners = found.ownListeners
        missingClusters = found.missingClusters
        if let node = found.node { self.node = node.merged(with: self.node) }
    }
}
