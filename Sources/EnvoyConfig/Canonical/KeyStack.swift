/// The keys that are data: those of the open maps, Structs and objects of unknown type, one behind
/// the other, and the hashes of the maps' keys, by which one that comes twice is found.
///
/// Raw memory, since an array's bookkeeping is most of the cost of a key of ten bytes.
final class KeyStack {
    /// How many bytes all open keys have.
    private(set) var count = 0
    private var bytes: UnsafeMutablePointer<UInt8>
    private var capacity = 256

    /// How many hashes the open maps have noted.
    private(set) var hashCount = 0
    private var hashes: UnsafeMutablePointer<UInt64>
    private var hashCapacity = 64

    /// Up to so many keys of one map are compared at once, more when the map is closed.
    private static let comparedAtOnce = 32

    init() {
        bytes = .allocate(capacity: capacity)
        hashes = .allocate(capacity: hashCapacity)
    }

    deinit {
        bytes.deallocate()
        hashes.deallocate()
    }

    func removeAll() {
        count = 0
        hashCount = 0
    }

    // MARK: - Text

    func append(_ text: UnsafePointer<UInt8>, _ length: Int) {
        if count + length > capacity { growBytes(to: count + length) }
        (bytes + count).update(from: text, count: length)
        count += length
    }

    /// Forgets what stands behind `start`.
    func truncate(to start: Int) {
        count = min(count, start)
    }

    /// What stands behind `start`, until the next key comes.
    func text(from start: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + start, count: count - start)
    }

    // MARK: - Hashes

    /// Notes the hash of a map's key; false if the map, whose hashes begin at `start`, is known
    /// to have it already.
    func note(_ hash: UInt64, from start: Int) -> Bool {
        if hashCount - start <= KeyStack.comparedAtOnce {
            for index in start..<hashCount where hashes[index] == hash { return false }
        }
        if hashCount == hashCapacity { growHashes() }
        hashes[hashCount] = hash
        hashCount += 1
        return true
    }

    /// Forgets the hashes of a map; false where two are the same.
    func close(from start: Int) -> Bool {
        defer { hashCount = start }
        guard hashCount - start > KeyStack.comparedAtOnce else { return true }
        let sorted = UnsafeBufferPointer(start: hashes + start, count: hashCount - start).sorted()
        return zip(sorted, sorted.dropFirst()).allSatisfy { $0 != $1 }
    }

    // MARK: - Room

    private func growBytes(to needed: Int) {
        let room = max(needed, capacity * 2)
        let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: room)
        grown.moveInitialize(from: bytes, count: count)
        bytes.deallocate()
        bytes = grown
        capacity = room
    }

    private func growHashes() {
        let grown = UnsafeMutablePointer<UInt64>.allocate(capacity: hashCapacity * 2)
        grown.moveInitialize(from: hashes, count: hashCount)
        hashes.deallocate()
        hashes = grown
        hashCapacity *= 2
    }
}
