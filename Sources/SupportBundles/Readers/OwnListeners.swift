internal import StrictJSON
internal import EnvoyConfig

/// The listeners of a proxy that hold one of its own addresses: they differ from its replicas'.
enum OwnListeners {
    /// Their names, found in the dump's bytes without parsing them again.
    ///
    /// - Complexity: linear in the length of the listeners.
    static func names(
        in dump: ConfigDump, _ bytes: UnsafeRawBufferPointer, addresses: [String]
    ) -> Set<String> {
        var names: Set<String> = []
        for listener in dump.resources(.listeners, .active)
        where listener.range.upperBound <= bytes.count {
            var finder = AddressFinder(addresses)
            finder.append(UnsafeRawBufferPointer(rebasing: bytes[listener.range]))
            if !finder.places.isEmpty { names.insert(listener.name) }
        }
        return names
    }

    /// Their names, where it is known at which places of the dump an address stands.
    static func names(in dump: ConfigDump, places: [Int]) -> Set<String> {
        let holders = dump.resources(.listeners, .active).filter { listener in
            places.contains { listener.range.contains($0) }
        }
        return Set(holders.map(\.name))
    }
}

/// Finds strings that are an address, alone or with a port or a mask, in bytes that arrive in chunks.
struct AddressFinder {
    private let texts: [[UInt8]]
    /// The end of what came, in which a text may have begun.
    private var rest: [UInt8] = []
    private var offset = 0
    /// Where they were found, in bytes from the beginning.
    private(set) var places: [Int] = []

    init(_ addresses: [String]) {
        texts = addresses.filter { !$0.isEmpty }.map { Array("\"\($0)".utf8) }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        let longest = (texts.map(\.count).max() ?? 0) + 1
        if !rest.isEmpty {
            // Only what spans both: the rest of the chunk is searched in its place.
            let seam = rest + bytes.prefix(longest)
            seam.withUnsafeBytes { search($0, base: offset - rest.count, before: rest.count) }
        }
        search(bytes, base: offset, before: bytes.count)
        rest = Array((rest + bytes.suffix(longest)).suffix(longest - 1))
        offset += bytes.count
    }

    private mutating func search(_ bytes: UnsafeRawBufferPointer, base: Int, before end: Int) {
        for text in texts {
            text.withUnsafeBytes { text in
                var next = 0
                while let place = bytes.firstPlace(of: text, from: next), place < end {
                    let after = place + text.count
                    if after < bytes.count, AddressFinder.ends.contains(bytes[after]) {
                        places.append(base + place)
                    }
                    next = place + 1
                }
            }
        }
    }

    private static let ends: Set<UInt8> = [
        UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "/"),
    ]
}
