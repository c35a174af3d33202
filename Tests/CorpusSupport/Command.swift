import Foundation
import Synchronization

/// Runs the real `drydock` binary, the one that was built beside the tests.
package enum Command {
    /// What a run left behind.
    package struct Outcome: Sendable {
        package var status: Int32
        package var output: [UInt8]
        package var errors: [UInt8]

        package var text: String { String(decoding: output, as: UTF8.self) }
        package var errorText: String { String(decoding: errors, as: UTF8.self) }
        package var lines: [String] {
            text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }

        /// The output as a JSON object.
        package func json() throws -> [String: Any] {
            let value = try JSONSerialization.jsonObject(with: Data(output))
            guard let object = value as? [String: Any] else { throw CocoaError(.coderInvalidValue) }
            return object
        }
    }

    /// The binary: on every system it lies beside the bundle of the tests.
    package static let binary: URL? = {
        for argument in CommandLine.arguments {
            var folder = URL(fileURLWithPath: argument).deletingLastPathComponent()
            for _ in 0..<5 {
                let candidate = folder.appendingPathComponent("drydock")
                var isFolder: ObjCBool = false
                if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder),
                    !isFolder.boolValue
                {
                    return candidate
                }
                folder.deleteLastPathComponent()
            }
        }
        return nil
    }()

    /// Runs `drydock` with these arguments, in UTC and without a terminal.
    package static func run(
        _ arguments: [String], standardInput: [UInt8] = [], environment: [String: String] = [:]
    ) throws -> Outcome {
        guard let binary else {
            throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: "drydock"])
        }
        return try run(
            binary, arguments, standardInput: standardInput,
            environment: ["TZ": "UTC", "PATH": "/usr/bin:/bin"].merging(environment) { $1 })
    }

    /// Runs a program. Its pipes are drained before it is waited for.
    package static func run(
        _ program: URL, _ arguments: [String], standardInput: [UInt8] = [],
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.environment = environment
        let (input, output, errors) = (Pipe(), Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let group = DispatchGroup()
        let queue = DispatchQueue(label: "drain", attributes: .concurrent)
        let (drainedOutput, drainedErrors) = (Drain(), Drain())
        queue.async(group: group) { drainedOutput.take(output) }
        queue.async(group: group) { drainedErrors.take(errors) }
        // A program that ends without reading everything is no failure of the test.
        signal(SIGPIPE, SIG_IGN)
        try? input.fileHandleForWriting.write(contentsOf: Data(standardInput))
        try? input.fileHandleForWriting.close()
        group.wait()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: drainedOutput.bytes,
            errors: drainedErrors.bytes)
    }
}

/// What came out of a pipe.
private final class Drain: Sendable {
    private let taken = Mutex<[UInt8]>([])

    var bytes: [UInt8] { taken.withLock { $0 } }

    func take(_ pipe: Pipe) {
        let bytes = [UInt8](pipe.fileHandleForReading.readDataToEndOfFile())
        taken.withLock { $0 = bytes }
    }
}
