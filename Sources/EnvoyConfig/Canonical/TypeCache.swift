#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The messages of the last type URLs: a dump names the same few over and over.
final class TypeCache {
    private struct Entry {
        var url: UnsafeMutablePointer<UInt8>?
        var count = 0
        var layout: UnsafePointer<MessageLayout>?
    }

    private static let slots = 256
    private let schema: EnvoySchema
    private let entries: UnsafeMutablePointer<Entry>

    init(schema: EnvoySchema) {
        self.schema = schema
        entries = .allocate(capacity: TypeCache.slots)
        entries.initialize(repeating: Entry(), count: TypeCache.slots)
    }

    deinit {
        for slot in 0..<TypeCache.slots { entries[slot].url?.deallocate() }
        entries.deallocate()
    }

    /// The message that a type URL names: what follows its last `/`.
    func message(_ url: UnsafePointer<UInt8>, _ count: Int) -> UnsafePointer<MessageLayout>? {
        let entry = entries + Int(truncatingIfNeeded: keyHash(url, count) >> 56)
        if let known = entry.pointee.url, entry.pointee.count == count,
            memcmp(known, url, count) == 0
        {
            return entry.pointee.layout
        }
        let bytes = UnsafeBufferPointer(start: url, count: count)
        let start = (bytes.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1
        let layout = schema.message(named: UnsafeBufferPointer(rebasing: bytes[start...]))
        entry.pointee.url?.deallocate()
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, count))
        copy.initialize(from: url, count: count)
        entry.pointee = Entry(url: copy, count: count, layout: layout)
        return layout
    }
}
