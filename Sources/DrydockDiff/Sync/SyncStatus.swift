public import EnvoyConfig
internal import StrictJSON

/// What one Istiod says of the proxies that are connected to it: its `/debug/syncz`, or the same in
/// the form of its xDS debug interface.
public struct SyncStatus: Sendable, Hashable {
    /// The name of the capture.
    public let source: String
    /// The Istiod that answered, by its pod's name; nil if neither the capture nor its
    /// reader names it.
    public let istiod: String?
    /// The proxies, in the capture's order.
    public let proxies: [ProxySyncStatus]

    /// Reads a capture. `istiod` is the Istiod that answered, where it is known and the capture does
    /// not say.
    ///
    /// `[]` and `null` are an Istiod without proxies. A list in which one element is not a proxy's is
    /// refused whole: a shorter table would claim that the others are all there are.
    ///
    /// - Throws: `ConfigDumpError`, located, if it is not such a capture.
    public init(
        bytes: [UInt8], source: String, istiod: String? = nil
    ) throws(ConfigDumpError) {
        self.source = source
        let document = try SyncStatus.tree(of: bytes, source: source)
        let found: [ProxySyncStatus?]
        if let list = document.list ?? (document == .null ? [] : nil) {
            self.istiod = istiod
            found = list.map { ProxySyncStatus(syncz: $0, istiod: istiod) }
        } else if let resources = document["resources"]?.list {
            let istiod = SyncStatus.identifier(document) ?? istiod
            self.istiod = istiod
            found = resources.map { ProxySyncStatus(clientConfig: $0, istiod: istiod) }
        } else {
            throw SyncStatus.refusal(bytes, source)
        }
        proxies = found.compactMap(\.self)
        guard proxies.count < found.count else { return }
        guard !proxies.isEmpty else { throw SyncStatus.refusal(bytes, source) }
        let place = found.firstIndex { $0 == nil } ?? 0
        throw ConfigDumpError(
            .notADump, "element \(place) of this sync status is not a proxy's status",
            source: source)
    }

    private static func refusal(_ bytes: [UInt8], _ source: String) -> ConfigDumpError {
        let format = CaptureFormat(beginning: bytes)
        guard format == .syncStatus else {
            return format.error(expected: .syncStatus, source: source)
        }
        return ConfigDumpError(
            .notADump, "this looks like a sync status, but no element of it is a proxy's status",
            source: source)
    }

    /// The Istiod that answered over xDS: `{"Component": "istiod", "ID": "istiod-…", …}`, as a string.
    private static func identifier(_ document: JSONValue) -> String? {
        guard let text = document["control_plane", "controlPlane"]?["identifier"]?.string,
            let value = try? JSONTreeBuilder.value(of: Array(text.utf8), source: "identifier")
        else { return nil }
        return value["ID"]?.string
    }

    /// Reads a capture from a file.
    ///
    /// - Throws: `ConfigDumpError`, located, if it cannot be read or is no such capture; with the
    ///   code `packed` where it is compressed, which `import Drydock` reads.
    @_disfavoredOverload
    public init(contentsOfFile path: String) throws(ConfigDumpError) {
        let file = try InputFile.opened(path)
        try file.requireUnpacked()
        try self.init(unpacked: file)
    }

    /// Reads a capture from an open file that is not packed.
    package init(unpacked file: InputFile) throws(ConfigDumpError) {
        var bytes: [UInt8] = []
        try file.forEachChunk(failure: ConfigDumpError.init) {
            (chunk: UnsafeRawBufferPointer) throws(ConfigDumpError) in
            bytes.append(contentsOf: chunk)
        }
        try self.init(
            bytes: bytes, source: file.path, istiod: SyncStatus.istiod(ofFile: file.path))
    }

    /// The same capture with the name of the Istiod that answered.
    package func withIstiod(_ istiod: String) -> SyncStatus {
        SyncStatus(
            source: source, istiod: istiod, proxies: proxies.map { $0.connected(to: istiod) })
    }

    private init(source: String, istiod: String, proxies: [ProxySyncStatus]) {
        self.source = source
        self.istiod = istiod
        self.proxies = proxies
    }

    /// The Istiod that answered, by the name of a file: `ISTIOD.syncz.json`, `ISTIOD.xds.json`, or a bundle's
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
        var beginning = CaptureBeginning()
        bytes.withUnsafeBytes { beginning.append($0) { _, _ in } }
        beginning.finish { _, _ in }
        if beginning.kind == .text, beginning.bytes.starts(with: "null".utf8),
            beginning.bytes.dropFirst(4).allSatisfy(NotADump.isSpace)
        {
            return .null
        }
        guard beginning.kind == .json else {
            throw NotADump.error(beginning.bytes, expected: .syncStatus, source: source)
        }
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
