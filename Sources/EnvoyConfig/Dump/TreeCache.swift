internal import Synchronization

/// The trees of a dump that were used last. Comparing, explaining and writing ask for the same changed
/// resources one after the other; each is parsed once for them all.
final class TreeCache: Sendable {
    /// Which reading of which resource.
    struct Key: Hashable {
        var start: Int
        var isDumped: Bool
    }

    private struct State {
        var values: [Key: (value: CanonicalValue, length: Int)] = [:]
        /// From the oldest on.
        var order: [Key] = []
        var length = 0
    }

    /// Of how many bytes of the dump trees are kept: enough for what mostly differs, little enough to
    /// keep memory flat.
    private static let capacity = 256 << 10

    private let state = Mutex(State())

    func value(_ key: Key) -> CanonicalValue? {
        state.withLock { $0.values[key]?.value }
    }

    func keep(_ value: CanonicalValue, _ key: Key, length: Int) {
        guard length <= TreeCache.capacity else { return }
        state.withLock { state in
            guard state.values[key] == nil else { return }
            state.values[key] = (value, length)
            state.order.append(key)
            state.length += length
            var dropped = 0
            while state.length > TreeCache.capacity, dropped < state.order.count {
                let oldest = state.order[dropped]
                dropped += 1
                state.length -= state.values.removeValue(forKey: oldest)?.length ?? 0
            }
            state.order.removeFirst(dropped)
        }
    }
}
