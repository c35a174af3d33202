internal import StrictJSON

extension ConfigDump {
    /// The lines of the dump's file in which the bodies of resources begin, from 1, for annotations such
    /// as `istiod.json:812`. Of a dump in UTF-16, and of one that came packed, they are those of the text.
    ///
    /// - Returns: A line for each resource, in their order.
    /// - Throws: `ConfigDumpError` if the dump cannot be read again, or its bytes were not kept.
    /// - Complexity: one pass over the dump, up to the last of the resources.
    public func lines(of resources: [Resource]) throws(ConfigDumpError) -> [Int] {
        let order = resources.indices.sorted {
            resources[$0].range.lowerBound < resources[$1].range.lowerBound
        }
        var lines = [Int](repeating: 1, count: resources.count)
        var rest = order[...]
        var (line, offset) = (1, 0)
        try forEachChunk { bytes in
            var place = 0
            while let next = rest.first {
                let end = min(bytes.count, resources[next].range.lowerBound - offset)
                line += bytes[place..<max(place, end)].count { $0 == UInt8(ascii: "\n") }
                place = max(place, end)
                guard resources[next].range.lowerBound <= offset + bytes.count else { break }
                lines[next] = line
                rest = rest.dropFirst()
            }
            offset += bytes.count
            return !rest.isEmpty
        }
        return lines
    }

    /// Hands over the dump's bytes until `body` returns false.
    private func forEachChunk(
        _ body: (UnsafeRawBufferPointer) -> Bool
    ) throws(ConfigDumpError) {
        switch try storage?.opened() {
        case .bytes(let bytes):
            _ = bytes.withUnsafeBytes(body)
        case .file(let file):
            // What comes after the last resource is read and not looked at.
            var isWanted = true
            try file.forEachChunk(failure: ConfigDumpError.init) {
                (bytes: UnsafeRawBufferPointer) throws(ConfigDumpError) in
                if isWanted { isWanted = body(bytes) }
            }
        case .path, .parts, nil:
            throw ConfigDumpError(
                .notKept, "the bytes of this dump were not kept: its lines cannot be counted",
                source: source)
        }
    }
}
