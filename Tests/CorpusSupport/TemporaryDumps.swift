import Foundation

/// Files that a test writes; they go with the value.
package final class TemporaryDumps {
    private let folder: URL
    /// The paths of the files, in their order.
    package let paths: [String]

    /// Writes a dump a file, each of the given sections.
    package convenience init(_ sections: [String]) throws {
        try self.init(contents: sections.map { Array("{\"configs\": [\($0)]}".utf8) })
    }

    /// Writes files as they are given.
    package init(contents: [[UInt8]]) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var paths: [String] = []
        for (index, bytes) in contents.enumerated() {
            let file = folder.appendingPathComponent("\(index).json")
            try Data(bytes).write(to: file)
            paths.append(file.path)
        }
        self.paths = paths
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }
}
