internal import ConfigDumpIndex
internal import SyncStatus

/// Puts a bundle together from what its entries say.
struct BundleAssembly {
    private var bundle: SupportBundle
    private var proxies: [String: ProxyCapture] = [:]
    private var istiods: [String: IstiodCapture] = [:]
    /// Istiod's dumps and sync statuses of a folder without a layout.
    private var looseDumps: [(path: String, dump: IndexedDump)] = []
    private var looseStatuses: [(path: String, status: SyncStatus)] = []
    /// The paths that came already.
    private var seen: Set<String> = []

    init(origin: BundleSource) {
        bundle = SupportBundle(origin: origin)
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
            addLoose(path, content)
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
        case .discoveryEndpoints(let endpoints):
            proxy.discoveryEndpoints = endpoints
        case .certificate(let validity):
            proxy.certificate = validity
        case .proxyLog(let log):
            proxy.log = log
        case .unreadable(let error, _) where path.content == .dump:
            proxy.dumpEntry = path.path
            if error.code == .notADump, pod.name.hasPrefix("ztunnel") {
                proxy.isZtunnel = true
            } else {
                proxy.dumpError = error
                reject(path.path, error)
            }
        case .unreadable(let error, _):
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
            if case .istiodDump(let proxy) = path.content { istiod.dumps[proxy] = found.dump }
        case .syncStatus(let status): istiod.syncStatus = status
        case .configuration(let configuration): istiod.configuration = configuration
        case .services(let services): istiod.registry.services = services
        case .endpoints(let endpoints): istiod.registry.endpoints = endpoints
        case .clustersWithoutEndpoints(let names): istiod.clustersWithoutEndpoints = names
        case .istiodLog(let lastTime, let lastPush):
            istiod.lastTime = [istiod.lastTime, lastTime].compactMap { $0 }.max()
            istiod.lastPush = lastPush
        case .time(let time):
            istiod.lastTime = [istiod.lastTime, time].compactMap { $0 }.max()
        case .unreadable(let error, _): reject(path.path, error)
        default: break
        }
        istiods[pod.proxy] = istiod
    }

    // MARK: - Loose files

    private mutating func addLoose(_ path: BundlePath, _ content: EntryContent) {
        switch content {
        case .dump(let found): looseDumps.append((path.path, found))
        case .syncStatus(let status): looseStatuses.append((path.path, status))
        case .unreadable(let error, _): reject(path.path, error)
        default: break
        }
    }

    /// Envoy's dumps say whose they are. Istiod's do not: the name of the file says it, or it lies
    /// beside the one dump of an Envoy in its folder.
    private mutating func placeLooseDumps() {
        var byFolder: [Substring: Set<String>] = [:]
        for (path, found) in looseDumps {
            guard let name = found.node?.proxy else { continue }
            byFolder[path.folder, default: []].insert(name)
            let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
            var proxy =
                proxies[name]
                ?? ProxyCapture(pod: parts[0], namespace: parts.count > 1 ? parts[1] : "")
            guard proxy.dump == nil else { continue }
            proxy.take(found, entry: path)
            proxies[name] = proxy
        }
        for (path, found) in looseDumps where found.node?.proxy == nil {
            let beside = byFolder[path.folder] ?? []
            let named =
                BundlePath.looseProxy(path) ?? proxies.keys.sorted().first(where: path.contains)
            guard let proxy = named ?? (beside.count == 1 ? beside.first : nil) else {
                reject(
                    path,
                    ConfigDumpError(
                        .notADump,
                        "a dump without a node, as Istiod's are: name the file "
                            + "config_dump?proxyID=POD.NAMESPACE, or put it beside Envoy's",
                        source: path))
                continue
            }
            addDump(found.dump, of: proxy)
        }
    }

    /// Istiod's dump belongs to the Istiod that knows the proxy; to one without a name otherwise.
    private mutating func addDump(_ dump: ConfigDump, of proxy: String) {
        let connected = istiods.keys.sorted().first { istiods[$0]?.syncStatus?[proxy] != nil }
        let key = connected ?? ""
        var istiod = istiods[key] ?? IstiodCapture(pod: key, namespace: "")
        if istiod.dumps[proxy] == nil { istiod.dumps[proxy] = dump }
        istiods[key] = istiod
    }

    private mutating func placeLooseStatuses() {
        for (path, status) in looseStatuses {
            let file = path.split(separator: "/").last ?? ""
            let name = status.istiod ?? String(file.prefix { $0 != "." })
            var istiod = istiods[name] ?? IstiodCapture(pod: name, namespace: "")
            if istiod.syncStatus == nil { istiod.syncStatus = status }
            istiods[name] = istiod
        }
    }

    // MARK: - The end

    private mutating func note(timesOf content: EntryContent) {
        let times: [CaptureTime?] =
            switch content {
            case .proxyLog(let log): [log.lastTime]
            case .istiodLog(let lastTime, let lastPush): [lastTime, lastPush]
            case .time(let time): [time]
            case .syncStatus(let status):
                status.proxies.flatMap(\.types.values).map { $0.sentTime.flatMap(CaptureTime.init) }
            default: []
            }
        if case .time(_?) = content { bundle.hasClock = true }
        bundle.newestTime = (times + [bundle.newestTime]).compactMap { $0 }.max()
    }

    consuming func finish(_ interruption: ConfigDumpError?) -> SupportBundle {
        placeLooseStatuses()
        placeLooseDumps()
        if interruption != nil {
            // Where the archive breaks off, the dump is not what is wrong.
            for name in proxies.keys where proxies[name]?.dumpError?.code == .archive {
                proxies[name]?.dumpError = nil
            }
        }
        bundle.proxies = proxies.values.sorted { $0.name < $1.name }
        bundle.istiods = istiods.values.sorted { ($0.pod, $0.namespace) < ($1.pod, $1.namespace) }
        bundle.unreadable.sort { $0.entry < $1.entry }
        bundle.interruption = interruption
        return bundle
    }
}

extension ProxyCapture {
    /// Takes the first dump that is readable.
    fileprivate mutating func take(_ found: IndexedDump, entry: String) {
        guard dump == nil else { return }
        dump = found.dump
        dumpEntry = entry
        dumpError = nil
        ownListeners = found.ownListeners
        if let node = found.node { self.node = node.merged(with: self.node) }
    }
}

extension String {
    /// The path without its last part.
    fileprivate var folder: Substring {
        lastIndex(of: "/").map { self[..<$0] } ?? ""
    }
}
