internal import DrydockDiff
internal import EnvoyConfig

/// The files of a folder without a layout: what they hold, their names and what lies beside them tell
/// which proxy or Istiod they are of.
extension BundleAssembly {
    /// Puts the files in their places: sync statuses first, since they know the names of the proxies.
    mutating func place(_ files: [(path: String, content: EntryContent)]) {
        for case (let path, .syncStatus(let status)) in files { add(status, path) }
        for case (let path, .other(let reason)) in files { passOver(path, reason) }
        var siblings: [Substring: Set<String>] = [:]
        var envoys: [String: [(path: String, dump: IndexedDump)]] = [:]
        for case (let path, .dump(let found)) in files {
            guard let name = found.node?.proxy, found.dump.origin != .istiod else { continue }
            siblings[path.folder, default: []].insert(name)
            envoys[name, default: []].append((path, found))
        }
        for (name, dumps) in envoys { add(dumps, of: name) }
        for case (let path, .unreadable(let error)) in files {
            reject(path, error)
            guard error.code == .unprintableDump, let name = name(inPath: path) else { continue }
            siblings[path.folder, default: []].insert(name)
            withProxy(name) { proxy in
                guard proxy.dump == nil else { return }
                (proxy.dumpEntry, proxy.dumpError) = (path, error)
            }
        }
        for case (let path, .dump(let found)) in files where found.node?.proxy == nil {
            addWithoutNode(found.dump, path, beside: siblings[path.folder] ?? [])
        }
    }

    /// The dumps of one proxy. Several are kept apart by their files: nothing says which is right.
    private mutating func add(_ found: [(path: String, dump: IndexedDump)], of name: String) {
        // The same capture with and without include_eds counts once.
        let dumps = found.filter { one in
            !found.contains { one.dump.dump.isShortForm(of: $0.dump.dump) }
        }
        let isTaken = proxies[name]?.dump != nil
        guard dumps.count > 1 || isTaken else {
            for (path, dump) in dumps { withProxy(name) { $0.take(dump, entry: path) } }
            return
        }
        if isTaken { withProxy(name) { $0.file = $0.dumpEntry } }
        for (path, dump) in dumps {
            withProxy(name, key: "\(name)@\(path)") { proxy in
                proxy.take(dump, entry: path)
                proxy.file = path
            }
        }
    }

    /// A dump without a node: Istiod's of a proxy that the file's name, or what lies beside it, tells.
    private mutating func addWithoutNode(
        _ dump: ConfigDump, _ path: String, beside: Set<String>
    ) {
        let asked = BundlePath.looseProxy(path)
        let isIstiod = dump.origin == .istiod || asked != nil
        let named = asked ?? name(inPath: path)
        if isIstiod, let proxy = named ?? (beside.count == 1 ? beside.first : nil) {
            add(dump, of: proxy)
            return
        }
        let problem =
            switch dump.origin {
            case .istiod:
                "Istiod's dump of a proxy that nothing names: call the file "
                    + "config_dump?proxyID=POD.NAMESPACE, or put it beside Envoy's"
            case .envoy: "an Envoy's dump whose node has no id: nothing tells which proxy it is of"
            case .unknown:
                "a config dump without a bootstrap: nothing tells which proxy it is of; capture "
                    + "the whole config_dump"
            }
        reject(path, ConfigDumpError(.notADump, problem, source: path))
    }

    private mutating func withProxy(
        _ name: String, key: String? = nil, _ body: (inout ProxyCapture) -> Void
    ) {
        let key = key ?? name
        let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
        var proxy =
            proxies[key]
            ?? ProxyCapture(pod: parts.first ?? name, namespace: parts.count > 1 ? parts[1] : "")
        body(&proxy)
        proxies[key] = proxy
    }

    private mutating func add(_ status: SyncStatus, _ path: String) {
        let file = path.split(separator: "/").last ?? ""
        let name = status.istiod ?? String(file.prefix { $0 != "." })
        var istiod = istiods[name] ?? IstiodCapture(pod: name, namespace: "")
        if istiod.syncStatus == nil { istiod.syncStatus = status.withIstiod(name) }
        istiods[name] = istiod
    }

    /// Istiod's dump belongs to the Istiod that knows the proxy; to one without a name otherwise.
    private mutating func add(_ dump: ConfigDump, of proxy: String) {
        let connected = istiods.keys.sorted().first { istiods[$0]?.syncStatus?[proxy] != nil }
        let key = connected ?? ""
        var istiod = istiods[key] ?? IstiodCapture(pod: key, namespace: "")
        if istiod.indexes[proxy] == nil { istiod.indexes[proxy] = DumpIndex(dump) }
        istiods[key] = istiod
    }

    /// The known proxy whose name, or whose pod's name, a path holds; the longest.
    private func name(inPath path: String) -> String? {
        let listed = istiods.values.flatMap { $0.syncStatus?.proxies.map(\.proxy) ?? [] }
        let names = Set(proxies.values.map(\.name)).union(listed)
        let found = names.filter { name in
            path.contains(name) || path.contains(name.prefix { $0 != "." })
        }
        return found.max { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }
}

extension ConfigDump {
    /// Whether another dump holds the same, and endpoints as well.
    fileprivate func isShortForm(of other: ConfigDump) -> Bool {
        guard !sections.contains(.endpoints), other.sections.contains(.endpoints),
            resources.count == other.resources.count
        else { return false }
        return zip(resources, other.resources).allSatisfy { one, two in
            one.kind == two.kind && one.state == two.state && one.name == two.name
                && one.fingerprint == two.fingerprint
        }
    }
}

extension String {
    /// The path without its last part.
    fileprivate var folder: Substring {
        lastIndex(of: "/").map { self[..<$0] } ?? ""
    }
}
