internal import ConfigDumpIndex

/// The listeners of a proxy that hold one of its own addresses: they differ from its replicas'.
enum OwnListeners {
    /// Their names, found in the dump's bytes without parsing them again.
    ///
    /// - Complexity: linear in the length of the listeners.
    static func names(in dump: ConfigDump, _ bytes: [UInt8], addresses: [String]) -> Set<String> {
        let texts = addresses.map { Array("\"\($0)".utf8) }.filter { $0.count > 1 }
        var names: Set<String> = []
        bytes.withUnsafeBytes { bytes in
            for listener in dump.resources(.listeners, .active)
            where listener.range.upperBound <= bytes.count {
                let body = UnsafeRawBufferPointer(rebasing: bytes[listener.range])
                if texts.contains(where: { holds(body, $0) }) { names.insert(listener.name) }
            }
        }
        return names
    }

    /// Whether the bytes hold a string that is this address, alone or with a port or a mask.
    private static func holds(_ body: UnsafeRawBufferPointer, _ text: [UInt8]) -> Bool {
        guard body.count > text.count, let first = text.first else { return false }
        var place = 0
        while place < body.count - text.count {
            if body[place] == first, body[place..<place + text.count].elementsEqual(text) {
                let next = body[place + text.count]
                if [UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "/")].contains(next) {
                    return true
                }
            }
            place += 1
        }
        return false
    }
}
