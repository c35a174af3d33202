public import ConfigDumpIndex
internal import JSONEvents

/// What one Istiod says of the proxies that are connected to it: its `/debug/syncz`, or the same in
/// the form of its xDS debug interface.
public struct SyncStatus: Sendable, Hashable {
    /// The name of the capture.
    public let source: String
    /// The Istiod that answered, by its pod's name, where the capture or who read it says so.
    public let istiod: String?
    /// The proxies, in the capture's order.
    public let proxies: [ProxySyncStatus]

    /// Reads a capture. `istiod` is who answered, where it is known and the capture does not say.
    ///
    /// - Throws: `ConfigDumpError`, located, where it is no such capture.
    public init(
        bytes: [UInt8], source: String, istiod: String? = nil
    ) throws(ConfigDumpError) {
        self.source = source
        let document = try SyncStatus.tree(of: bytes, source: source)
        if let list = document.list ?? (document == .null ? [] : nil) {
            self.istiod = istiod
            proxies = list.compactMap { ProxySyncStatus(syncz: $0, istiod: istiod) }
        } else if let resources = document["resources"]?.list {
            let istiod = SyncStatus.identifier(document) ?? istiod
            self.istiod = istiod
            proxies = resources.compactMap { ProxySyncStatus(clientConfig: $0, istiod: istiod) }
        } else {
            throw ConfigDumpError(
                .notADump, "this is no sync status: a list of proxies or a DiscoveryResponse",
                source: source)
        }
    }

    /// Who answered over xDS: `{"Component": "istiod", "ID": "istiod-…", …}`, as a string.
    private static func identifier(_ document: JSONValue) -> String? {
        guard let text = document["control_plane", "controlPlane"]?["identifier"]?.string,
            let value = try? JSONTreeBuilder.value(of: Array(text.utf8), source: "identifier")
        else { return nil }
        return value["ID"]?.string
    }

    /// Reads a capture from a file.
    ///
    /// - Throws: `ConfigDumpError`, located, where it cannot be read or is no such capture.
    public init(contentsOfFile path: String) throws(ConfigDumpError) {
        var bytes: [UInt8] = []
        do throws(FileError) {
            let file = try InputFile(path: path)
            try file.forEachChunk(failure: { $0 }) {
                (chunk: UnsafeRawBufferPointer) throws(FileError) in
                bytes.append(contentsOf: chunk)
            }
        } catch {
            throw ConfigDumpError(error)
        }
        try self.init(bytes: bytes, source: path, istiod: SyncStatus.istiod(ofFile: path))
    }

    /// The same capture, where somebody else knows who answered.
    package func answered(by istiod: String) -> SyncStatus {
        SyncStatus(
            source: source, istiod: istiod, proxies: proxies.map { $0.connected(to: istiod) })
    }

    private init(source: String, istiod: String, proxies: [ProxySyncStatus]) {
        self.source = source
        self.istiod = istiod
        self.proxies = proxies
    }

    /// Who answered, by the name of a file: `ISTIOD.syncz.json`, `ISTIOD.xds.json`, or a bundle's
    /// `ISTIOD/debug/syncz`.
    private static func istiod(ofFile path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        guard let name = parts.last else { return nil }
        if name == "syncz", parts.count >= 3, parts[parts.count - 2] == "debug" {
            return parts[parts.count - 3]
        }
        guard let dot = name.firstIndex(of: "."), dot > name.startIndex else { return nil }
        let ending = name[name.index(after: dot)...]
        return ending.hasPrefix("syncz") || ending.hasPrefix("xds") ? String(name[..<dot]) : nil
    }

    private static func tree(of bytes: [UInt8], source: String) throws(ConfigDumpError) -> JSONValue
    {
        do throws(JSONError) {
            return try JSONTreeBuilder.value(of: bytes, source: source)
        } catch {
            throw ConfigDumpError(error)
        }
    }

    /// What it says of a proxy, `POD.NAMESPACE`.
    public subscript(proxy: String) -> ProxySyncStatus? {
        proxies.first { $0.proxy == proxy }
    }
}
