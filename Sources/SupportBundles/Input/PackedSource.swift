internal import CDrydockZlib
internal import StrictJSON

/// The bytes of a file, with gzip taken off: libarchive does not look at the checksum and the
/// length that end a gzip stream, so that a flipped bit would pass for a change of the configuration.
///
///     file ─▶ gzip, checked by zlib ─▶ libarchive: xz, zstd, bzip2, tar
///          └▶ anything else as it is ┘
///
/// Several gzip streams one after the other are one, as for gzip itself.
final class PackedSource {
    private var cursor: FileCursor
    private let input: UnsafeMutablePointer<UInt8>
    private let output: UnsafeMutablePointer<UInt8>
    private var stream = z_stream()
    private var kind = Kind.unknown
    private var isAtEnd = false
    /// How far the file is read.
    var progress: ReadingProgress { cursor.progress }

    private enum Kind {
        case unknown, plain, gzip
        /// All streams have ended: only zeros may follow.
        case ended
    }

    /// Why no more bytes come.
    enum Failure: Error {
        case system(FileError)
        case damaged(String)
        case cutOff

        var reason: String {
            switch self {
            case .system(let error): error.reason
            case .damaged(let reason): "damaged: \(reason)"
            case .cutOff: "truncated gzip input: the file is cut off"
            }
        }
    }

    private static let inputLength = 64 << 10
    private static let outputLength = 256 << 10

    init(_ file: InputFile) {
        cursor = FileCursor(file)
        input = .allocate(capacity: PackedSource.inputLength)
        output = .allocate(capacity: PackedSource.outputLength)
    }

    deinit {
        if kind == .gzip || kind == .ended { inflateEnd(&stream) }
        input.deallocate()
        output.deallocate()
    }

    /// Why no more bytes came. libarchive takes that for the end while it tells the format.
    private(set) var failure: Failure?

    /// The next bytes, lent until the next call; none at the end.
    func next() throws(Failure) -> UnsafeRawBufferPointer {
        do throws(Failure) {
            return try nextBytes()
        } catch {
            failure = error
            throw error
        }
    }

    private func nextBytes() throws(Failure) -> UnsafeRawBufferPointer {
        if kind == .unknown { try begin() }
        switch kind {
        case .plain:
            // What was read to tell the kind comes first.
            if stream.avail_in == 0 { try refill() }
            let count = Int(stream.avail_in)
            stream.avail_in = 0
            return UnsafeRawBufferPointer(start: stream.next_in, count: count)
        case .gzip, .ended, .unknown:
            return try inflated()
        }
    }

    private func begin() throws(Failure) {
        try refill()
        // A pipe may hand over its first byte alone.
        while stream.avail_in == 1, !isAtEnd {
            let first = input[0]
            try refill(keeping: 1)
            input[0] = first
        }
        let isGzip = stream.avail_in >= 2 && input[0] == 0x1F && input[1] == 0x8B
        kind = isGzip ? .gzip : .plain
        guard isGzip else { return }
        guard drydock_inflate_gzip(&stream) == Z_OK else {
            kind = .plain
            throw .damaged("no memory to unpack it")
        }
    }

    private func refill(keeping kept: Int = 0) throws(Failure) {
        let rest = UnsafeMutableRawBufferPointer(
            start: input + kept, count: PackedSource.inputLength - kept)
        do throws(FileError) {
            let count = try cursor.read(into: rest)
            isAtEnd = count == 0
            stream.next_in = input
            stream.avail_in = UInt32(count + kept)
        } catch {
            throw .system(error)
        }
    }

    private func inflated() throws(Failure) -> UnsafeRawBufferPointer {
        stream.next_out = output
        stream.avail_out = UInt32(PackedSource.outputLength)
        while stream.avail_out > 0 {
            if stream.avail_in == 0, !isAtEnd { try refill() }
            if stream.avail_in == 0 { break }
            if kind == .ended, try !beginsAgain() {
                // Padding is passed over; what is not padding is told once all before it is out.
                if stream.avail_in > 0 { break }
                continue
            }
            let status = inflate(&stream, Z_NO_FLUSH)
            if status == Z_STREAM_END {
                kind = .ended
            } else if status != Z_OK, status != Z_BUF_ERROR {
                try fail()
                break
            }
        }
        if produced == 0, isAtEnd, kind == .gzip { throw .cutOff }
        return UnsafeRawBufferPointer(start: output, count: produced)
    }

    private var produced: Int { PackedSource.outputLength - Int(stream.avail_out) }

    /// What was unpacked before the damage is handed over first; zlib says the same once more.
    private func fail() throws(Failure) {
        guard produced == 0 else { return }
        let reason = stream.msg.map { String(cString: $0) } ?? "not gzip"
        switch reason {
        case "incorrect data check": throw .damaged("the checksum does not match")
        case "incorrect length check": throw .damaged("the length does not match")
        default: throw .damaged("gzip: \(reason)")
        }
    }

    /// Whether another stream follows one that has ended. Zeros are padding, as on a tape.
    private func beginsAgain() throws(Failure) -> Bool {
        while stream.avail_in > 0, stream.next_in.pointee == 0 {
            stream.next_in += 1
            stream.avail_in -= 1
        }
        guard stream.avail_in > 0 else { return false }
        guard stream.next_in.pointee == 0x1F else {
            guard produced == 0 else { return false }
            throw .damaged("more follows the gzip stream")
        }
        inflateReset(&stream)
        kind = .gzip
        return true
    }
}
