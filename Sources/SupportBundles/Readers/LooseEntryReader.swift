internal import DrydockDiff
internal import EnvoyConfig

/// Reads a file of which nothing says what it is: a dump, a sync status of either form, or neither. Its
/// beginning tells, so that what is neither costs no memory.
struct LooseEntryReader: ~Copyable {
    private let source: String
    private let isStreamed: Bool
    /// What has arrived while it is open what the file is.
    private var waiting: [UInt8] = []
    /// How much white space came before.
    private var blankLength = 0
    private var beginning = CaptureBeginning()
    private var format: CaptureFormat?
    private var dump: DumpEntryReader?
    private var syncStatus: [UInt8]?

    init(source: String, isStreamed: Bool) {
        self.source = source
        self.isStreamed = isStreamed
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard format == nil else { return take(bytes) }
        beginning.append(bytes) { _, _ in }
        // However much white space comes first, it is only counted.
        if waiting.isEmpty, bytes.allSatisfy(NotADump.isSpace) {
            blankLength += bytes.count
        } else {
            waiting.append(contentsOf: bytes)
        }
        if beginning.isFull { decide() }
    }

    private mutating func decide() {
        let found = CaptureFormat(beginning: beginning.bytes)
        format = found
        let isDump = found.isConfigDump || NotADump.isUnprintable(beginning.bytes)
        if isDump { dump = try? DumpEntryReader(source: source, isStreamed: isStreamed) }
        if found == .syncStatus { syncStatus = [] }
        let blank = [UInt8](repeating: UInt8(ascii: " "), count: min(blankLength, 64 << 10))
        while blankLength > 0 {
            let count = min(blankLength, blank.count)
            blank[..<count].withUnsafeBytes { take($0) }
            blankLength -= count
        }
        let bytes = waiting
        waiting = []
        bytes.withUnsafeBytes { take($0) }
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer) {
        dump?.append(bytes)
        if let known = syncStatus {
            let rest = EntryReader.syncStatusLength - known.count
            syncStatus?.append(contentsOf: bytes.prefix(rest))
        }
    }

    consuming func finish(_ interruption: ConfigDumpError?) -> EntryContent {
        beginning.finish { _, _ in }
        if format == nil { decide() }
        let source = source
        let format = format
        let isJSON = beginning.kind == .json
        if let dump = dump.take() { return dump.finish(interruption) }
        if let interruption { return .unreadable(interruption) }
        guard let bytes = syncStatus else { return .other(isJSON ? format?.name ?? "" : "") }
        do throws(ConfigDumpError) {
            return .syncStatus(try SyncStatus(bytes: bytes, source: source))
        } catch {
            return .unreadable(error)
        }
    }
}
