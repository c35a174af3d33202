internal import StrictJSON

/// Tells compressed files and archives by their first bytes.
enum CompressedFile {
    fileprivate static let magics: [[UInt8]] = [
        [0x1F, 0x8B],  // gzip
        [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00],  // xz
        [0x28, 0xB5, 0x2F, 0xFD],  // zstd
        [0x42, 0x5A, 0x68],  // bzip2
    ]
    fileprivate static let archiveMagics: [(place: Int, bytes: [UInt8])] = [
        (0, [0x50, 0x4B, 0x03, 0x04]),  // zip
        (257, Array("ustar".utf8)),  // tar
    ]

    /// Whether a file is compressed. False if it cannot be opened: the reader will say why.
    static func isCompressed(path: String) -> Bool {
        // Opening a pipe waits for its other end.
        guard FolderListing.isRegularFile(path), let file = try? InputFile(path: path) else {
            return false
        }
        return magics.contains { file.firstBytes(8).starts(with: $0) }
    }
}

extension InputFile {
    /// Whether a capture has to be read as a stream that unpacks it: a file that is compressed or an
    /// archive, or a pipe, of which that cannot be told without taking its first bytes.
    var isStream: Bool {
        guard isSeekable else { return true }
        let first = firstBytes(512)
        return CompressedFile.magics.contains { first.starts(with: $0) }
            || CompressedFile.archiveMagics.contains { magic in
                first.dropFirst(magic.place).starts(with: magic.bytes)
            }
    }

    fileprivate func firstBytes(_ count: Int) -> [UInt8] {
        (try? bytes(in: 0..<min(count, length ?? 0))) ?? []
    }
}
