import Foundation

/// The real `patch`.
package enum GNUPatch {
    /// What a text becomes by a patch.
    ///
    /// - Throws: `Refusal` if `patch` does not apply it as it stands.
    package static func apply(_ patch: [UInt8], to text: [UInt8]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-patch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, script) = (
            folder.appendingPathComponent("text"), folder.appendingPathComponent("diff")
        )
        try Data(text).write(to: file)
        try Data(patch).write(to: script)
        let outcome = try Command.run(
            URL(fileURLWithPath: "/usr/bin/patch"),
            ["--silent", "--fuzz=0", "--force", "--no-backup-if-mismatch", file.path, script.path])
        guard outcome.status == 0, outcome.output.isEmpty else {
            throw Refusal(message: outcome.text + outcome.errorText)
        }
        return try Corpus.bytes(of: file)
    }

    /// Why `patch` did not apply.
    package struct Refusal: Error {
        package var message: String
    }
}
