internal import DrydockDiff
public import EnvoyConfig
public import StrictJSON
internal import Reporting

/// A support bundle, `istioctl bug-report`: an archive or the same unpacked, or a folder of loose
/// dumps. What it holds is indexed; a dump's bytes are read again where somebody asks for them.
public struct SupportBundle: Sendable {
    /// An entry that could not be read.
    public struct UnreadableEntry: Sendable, Hashable {
        /// Its path in the bundle.
        public var entry: String
        /// Why.
        public var error: ConfigDumpError
    }

    /// An entry of a kind that is not read.
    public struct PassedOverEntry: Sendable, Hashable {
        /// Its path in the bundle.
        public var entry: String
        /// What it is, as far as that was looked at.
        public var reason: String
    }

    /// The path of the archive or the folder.
    public let source: String
    /// The proxies, sorted by name.
    public internal(set) var proxies: [ProxyCapture] = []
    /// The Istiods, sorted by pod.
    public internal(set) var istiods: [IstiodCapture] = []
    /// What could not be read, sorted by path.
    public internal(set) var unreadable: [UnreadableEntry] = []
    /// What was not read, the first few hundred, sorted by path.
    public internal(set) var passedOver: [PassedOverEntry] = []
    /// How many entries were not read.
    public internal(set) var passedOverCount = 0
    /// Why the archive was not read to its end: cut off, damaged or refused. What came before is
    /// there.
    public internal(set) var interruption: ConfigDumpError?
    /// What `istioctl analyze` said when the report was made.
    package internal(set) var analysis: [AnalyzerMessage] = []
    /// The newest time in the bundle.
    public internal(set) var newestTime: CaptureTime?
    /// Whether something tells when the bundle was captured, rather than when something last happened:
    /// an Istiod's metrics, or an error that it answered with.
    package internal(set) var hasClock = false

    let origin: BundleSource

    init(origin: BundleSource) {
        self.origin = origin
        source = origin.path
    }

    /// Reads a bundle. Several entries are read at a time.
    ///
    /// - Parameters:
    ///   - path: An archive, compressed or not, or a folder.
    ///   - limits: How much may come out of an archive.
    ///   - progress: Told after each entry how far the bundle is read.
    /// - Returns: The bundle, as far as it could be read.
    /// - Throws: `ConfigDumpError` if it cannot be opened or is not an archive, and with the code
    ///   `cancelled` where the task was cancelled. One that breaks off
    ///   later is not an error: see `interruption`.
    /// - Complexity: one pass; memory for the indexes and some 16 MB, not for the bytes.
    public static func reading(
        _ path: String, limits: ArchiveLimits = ArchiveLimits(),
        progress: (ReadingProgress) -> Void = { _ in }
    ) async throws(ConfigDumpError) -> SupportBundle {
        let origin: BundleSource =
            FolderListing.isFolder(path)
            ? .folder(path: path) : .archive(path: path, limits: limits)
        return try await BundleIndexer(origin).index(progress: progress)
    }

    /// Whether nothing in it is of a proxy or an Istiod.
    public var recognizesNothing: Bool { proxies.isEmpty && istiods.isEmpty }

    /// The proxies that a text names: `POD.NAMESPACE`, `POD`, a node's id, `NAME@FILE`.
    public func proxies(named text: String) -> [ProxyCapture] {
        proxies.filter { $0.isNamed(text) }
    }

    /// The one proxy that a text names.
    ///
    /// - Throws: `ConfigDumpError` with the code `notFound` or `ambiguous` if the bundle has no such proxy,
    ///   or several, with the names that there are.
    public func proxy(named text: String) throws(ConfigDumpError) -> ProxyCapture {
        let found = proxies(named: text)
        if let proxy = found.first, found.count == 1 { return proxy }
        if found.isEmpty {
            let names = proxies.map(\.displayName)
            throw ConfigDumpError(
                .notFound,
                "the bundle holds no proxy named \(text)"
                    + (names.isEmpty
                        ? ": it holds nothing of any proxy"
                        : "; it holds \(NameList.text(names, limit: 8))"),
                source: source)
        }
        let names = found.map { proxy in proxy.file.map { "\(proxy.name)@\($0)" } ?? proxy.name }
        throw ConfigDumpError(
            .ambiguous,
            "the bundle holds several proxies named \(text): \(NameList.text(names, limit: 8))",
            source: source)
    }

    /// Whether a path names one file that is not a bundle: neither a folder nor a tar archive, nor
    /// packed. A pipe, which would lose what is looked at, is not told.
    public static func isSingleFile(_ path: String) -> Bool {
        guard !isBundle(path), !CompressedFile.isCompressed(path: path) else { return false }
        return ((try? InputFile(path: path))?.isSeekable) ?? true
    }

    /// Whether a path names a folder or a tar archive, rather than one dump.
    public static func isBundle(_ path: String) -> Bool {
        if FolderListing.isFolder(path) { return true }
        // A pipe would lose what is looked at here.
        guard FolderListing.isRegularFile(path) else { return false }
        guard let file = try? InputFile(path: path),
            let archive = try? ArchiveReader(file, format: .any)
        else { return false }
        _ = try? archive.next()
        return archive.isTar
    }

    /// What the Istiod's dump of a proxy holds, `POD.NAMESPACE`: of the Istiod that it is connected to,
    /// else of any that has one; nil if none has.
    public func istiodIndex(of proxy: String) -> DumpIndex? {
        let connected =
            istiods.first { $0.syncStatus?[proxy] != nil }
            ?? istiods.first { $0.connections.contains(proxy) }
        return connected?.indexes[proxy] ?? istiods.lazy.compactMap { $0.indexes[proxy] }.first
    }
}
