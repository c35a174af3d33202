internal import EnvoyConfig
internal import StrictJSON

/// Reads a dump of a bundle as its bytes arrive: its index, its node, and the listeners that hold one
/// of the node's addresses.
struct DumpEntryReader: ~Copyable {
    private let source: String
    private let isStreamed: Bool
    private var builder: ConfigDumpBuilder
    private var failure: ConfigDumpError?
    /// What came of a stream before its node was known, which its addresses are searched in too.
    private var unsearched: [UInt8] = []
    private var finder: AddressFinder?

    /// How much of the beginning is kept: the node comes first, after a list of extensions.
    private static let unsearchedLength = 512 << 10
    private let missing = MissingClusters()
    /// No cause is looked for in endpoints, which are half of a dump's resources.
    private static let options = IndexOptions(
        leavingOut: [.endpoints],
        fields: MissingClusters.fields.merging([.bootstrap: .bootstrapNode]) { first, _ in first })

    /// Makes a reader. `isStreamed` says that the bytes cannot be had a second time.
    init(source: String, isStreamed: Bool) throws(ConfigDumpError) {
        self.source = source
        self.isStreamed = isStreamed
        let missing = missing
        builder = try ConfigDumpBuilder(
            source: source, keepsBytes: false, indexing: DumpEntryReader.options,
            observer: { missing.take($0, $1) })
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard failure == nil else { return }
        do throws(ConfigDumpError) { try builder.append(bytes) } catch { failure = error }
        if isStreamed { search(bytes) }
    }

    /// Searches a stream for the addresses of its node.
    private mutating func search(_ bytes: UnsafeRawBufferPointer) {
        if finder != nil {
            finder?.append(bytes)
            return
        }
        unsearched.append(
            contentsOf: bytes.prefix(DumpEntryReader.unsearchedLength - unsearched.count))
        guard unsearched.count < DumpEntryReader.unsearchedLength,
            let node = ProxyNode(builder.node)
        else { return }
        var made = AddressFinder(node.addresses)
        unsearched.withUnsafeBytes { made.append($0) }
        unsearched = []
        finder = made
    }

    /// Ends the dump; `interruption` is why no more bytes came.
    consuming func finish(_ interruption: ConfigDumpError?) -> EntryContent {
        do throws(ConfigDumpError) {
            if let error = interruption ?? failure { throw error }
            let places = finder?.places
            let (source, missing) = (source, missing)
            let index = try builder.finish()
            let node = ProxyNode(index.node) ?? ProxyNode(id: index.nodeID)
            let dump = index.compacted()
            guard !dump.sections.isEmpty else {
                throw ConfigDumpError(
                    .notADump, "a config dump without any section: nothing was captured",
                    source: source)
            }
            return .dump(
                IndexedDump(
                    dump: dump, node: node,
                    ownListeners: places.map { OwnListeners.names(in: dump, places: $0) },
                    missingClusters: missing.references(of: dump)))
        } catch {
            return .unreadable(error)
        }
    }
}
