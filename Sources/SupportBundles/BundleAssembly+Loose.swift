internal import ConfigDumpIndex
internal import SyncStatus

/// The files of a folder without a layout: who they are of is told by what they hold, by their names and
/// by what lies beside them.
extension BundleAssembly {
    /// Puts the files in their places: sync statuses first, since they know the names of the proxies.
    mutating func place(_ files: [(path: String, content: EntryContent)]) {
        for case (let path, .syncStatus(let status)) in files { add(status, path) }
        var besides: [Substring: Set<String>] = [:]
        for case (let path, .dump(let found)) in files {
            guard let name = found.node?.proxy else { continue }
            besides[path.folder, default: []].insert(name)
            withProxy(name) { $0.take(found, entry: path) }
        }
        for case (let path, .unreadable(let error, _)) in files {
            reject(path, error)
            guard error.code == .unprintableDump, let name = name(inPath: path) else { continue }
            besides[path.folder, default: []].insert(name)
            withProxy(name) { proxy in
                guard proxy.dump == nil else { return }
                (proxy.dumpEntry, proxy.dumpError) = (path, error)
            }
        }
        for case (let path, .dump(let found)) in files where found.node?.proxy == nil {
            let beside = besides[path.folder] ?? []
            let named = BundlePath.looseProxy(path) ?? name(inPath: path)
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
            add(found.dump, of: proxy)
        }
    }

    private mutating func withProxy(_ name: String, _ body: (inout ProxyCapture) -> Void) {
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        var proxy =
            proxies[name]
            ?? ProxyCapture(pod: parts.first ?? name, namespace: parts.count > 1 ? parts[1] : "")
        body(&proxy)
        proxies[name] = proxy
    }

    private mutating func add(_ status: SyncStatus, _ path: String) {
        let file = path.split(separator: "/").last ?? ""
        let name = status.istiod ?? String(file.prefix { $0 != "." })
        var istiod = istiods[name] ?? IstiodCapture(pod: name, namespace: "")
        if istiod.syncStatus == nil { istiod.syncStatus = status.answered(by: name) }
        istiods[name] = istiod
    }

    /// Istiod's dump belongs to the Istiod that knows the proxy; to one without a name otherwise.
    private mutating func add(_ dump: ConfigDump, of proxy: String) {
        let connected = istiods.keys.sorted().first { istiods[$0]?.syncStatus?[proxy] != nil }
        let key = connected ?? ""
        var istiod = istiods[key] ?? IstiodCapture(pod: key, namespace: "")
        if istiod.dumps[proxy] == nil { istiod.dumps[proxy] = dump }
        istiods[key] = istiod
    }

    /// The known proxy whose name, or whose pod's name, a path holds; the longest.
    private func name(inPath path: String) -> String? {
        let listed = istiods.values.flatMap { $0.syncStatus?.proxies.map(\.proxy) ?? [] }
        let names = Set(proxies.keys).union(listed)
        let found = names.filter { name in
            path.contains(name) || path.contains(name.prefix { $0 != "." })
        }
        return found.max { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }
}

extension String {
    /// The path without its last part.
    fileprivate var folder: Substring {
        lastIndex(of: "/").map { self[..<$0] } ?? ""
    }
}
