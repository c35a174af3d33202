internal import EnvoyConfig
internal import StrictJSON

/// Reads a dump of a bundle as its bytes arrive: its index, its node, and the listeners that hold one
/// of the node's addresses.
struct DumpEntryReader: ~Copyable {
    private let source: String
    private let isStreamed: Bool
    private var builder: ConfigDumpBuilder
    private var failure: ConfigDumpError?
    /// The first bytes, which hold the node.
    private var beginning: [UInt8] = []
    private var length = 0
    private var finder: AddressFinder?

    /// How much of the beginning is kept.
    static let beginningLength = 512 << 10
    /// What no cause is looked for in; half of a dump's resources are endpoints.
    private static let leftOut: Set<ResourceKind> = [.endpoints, .bootstrap]

    /// Makes a reader. `isStreamed` says that the bytes cannot be had a second time.
    init(source: String, isStreamed: Bool) throws(ConfigDumpError) {
        self.source = source
        self.isStreamed = isStreamed
        builder = try ConfigDumpBuilder(source: source, keepsBytes: false)
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        length += bytes.count
        beginning.append(
            contentsOf: bytes.prefix(DumpEntryReader.beginningLength - beginning.count))
        guard failure == nil else { return }
        if isStreamed { search(bytes) }
        do throws(ConfigDumpError) { try builder.append(bytes) } catch { failure = error }
    }

    /// Searches a stream for the addresses of the node that it begins with.
    private mutating func search(_ bytes: UnsafeRawBufferPointer) {
        if finder != nil {
            finder?.append(bytes)
        } else if length <= beginning.count, let node = NodeReader.node(in: beginning) {
            var made = AddressFinder(node.addresses)
            beginning.withUnsafeBytes { made.append($0) }
            finder = made
        }
    }

    /// Ends the dump; `interruption` is why no more bytes came.
    consuming func finish(_ interruption: ConfigDumpError?) -> EntryContent {
        do throws(ConfigDumpError) {
            if let error = interruption ?? failure { throw error }
            let node = NodeReader.node(in: beginning)
            let places = finder?.places
            let source = source
            let dump = try builder.finish().compacted(leavingOut: DumpEntryReader.leftOut)
            guard !dump.sections.isEmpty else {
                throw ConfigDumpError(
                    .notADump, "a config dump without any section: nothing was captured",
                    source: source)
            }
            return .dump(
                IndexedDump(
                    dump: dump, node: node,
                    ownListeners: places.map { OwnListeners.names(in: dump, places: $0) }))
        } catch {
            return .unreadable(error)
        }
    }
}
