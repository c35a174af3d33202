import CorpusSupport
import DrydockDiff
import EnvoyConfig
import Foundation
import StrictJSON
import SupportBundles
import Synchronization
import Testing

/// Whatever reads can be stopped, and says how far it is.
@Suite struct CancellationTests {
    private static let bundle = Corpus.repository
        .appendingPathComponent("Corpus/istiod/drift.tar.xz").path

    private static func pair() -> String {
        Corpus.repository.appendingPathComponent("Corpus/pairs/stale/config_dump.json").path
    }

    /// Runs a body in a task that is cancelled already.
    private func cancelled<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async -> Swift.Result<Result, any Error> {
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await body()
        }
        task.cancel()
        return await task.result
    }

    @Test("A task that was cancelled reads no file")
    func file() async throws {
        let result = await cancelled { try ConfigDump(contentsOfFile: Self.pair()) }
        let error = #expect(throws: ConfigDumpError.self) { try result.get() }
        #expect(error?.code == .cancelled)
    }

    @Test("A task that was cancelled reads no bundle")
    func bundle() async throws {
        let result = await cancelled { try await SupportBundle.reading(Self.bundle) }
        let error = #expect(throws: ConfigDumpError.self) { try result.get() }
        #expect(error?.code == .cancelled)
    }

    @Test("A task that is cancelled while it reads a bundle stops there")
    func midway() async throws {
        let entries = Mutex(0)
        let task = Task {
            try await SupportBundle.reading(Self.bundle) { progress in
                entries.withLock { $0 = progress.entries }
                if progress.entries == 3 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        let error = await #expect(throws: ConfigDumpError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        let whole = Mutex(0)
        _ = try await SupportBundle.reading(Self.bundle) { progress in
            whole.withLock { $0 = progress.entries }
        }
        #expect(entries.withLock { $0 } < whole.withLock { $0 })
    }

    @Test("Progress grows up to the length of the file")
    func progress() async throws {
        var told: [ReadingProgress] = []
        let path = Self.pair()
        _ = try ConfigDump(contentsOfFile: path) { told.append($0) }
        let length = try Data(contentsOf: URL(fileURLWithPath: path)).count
        #expect(told.last == ReadingProgress(bytesRead: length, totalBytes: length))
        #expect(told.last?.fractionCompleted == 1)
        #expect(told.map(\.bytesRead) == told.map(\.bytesRead).sorted())

        let bundle = Mutex<[ReadingProgress]>([])
        _ = try await SupportBundle.reading(Self.bundle) { progress in
            bundle.withLock { $0.append(progress) }
        }
        let steps = bundle.withLock { $0 }
        #expect(steps.map(\.entries) == steps.map(\.entries).sorted())
        #expect(steps.allSatisfy { $0.entries > 0 && $0.totalBytes == steps[0].totalBytes })
        #expect((steps.last?.fractionCompleted ?? 0) > 0.9)
    }

    @Test("Chunks are read as they arrive, and a cancelled task stops between two of them")
    func chunks() async throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.pair())))
        let expected = try ConfigDump(bytes: bytes)
        let stream = AsyncStream<ArraySlice<UInt8>> { continuation in
            for start in stride(from: 0, to: bytes.count, by: 10_007) {
                continuation.yield(bytes[start..<min(bytes.count, start + 10_007)])
            }
            continuation.finish()
        }
        var told = ReadingProgress()
        let dump = try await ConfigDump.reading(stream) { told = $0 }
        #expect(dump.resources == expected.resources)
        #expect(told.bytesRead == bytes.count)
        let resource = try #require(dump.resources.first { $0.kind == .clusters })
        #expect(try dump.canonicalValue(of: resource) == expected.canonicalValue(of: resource))

        let endless = AsyncStream<[UInt8]> { Array("   ".utf8) }
        let result = await cancelled { try await ConfigDump.reading(endless) }
        #expect(throws: CancellationError.self) { try result.get() }
    }
}
