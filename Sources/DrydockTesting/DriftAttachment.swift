public import Testing

/// Attaches the unified diff to a test that fails over a difference of dumps.
public struct DriftAttachment: TestTrait, SuiteTrait, TestScoping {
    @TaskLocal static var isWanted = false

    /// Suites hand it on to their tests.
    public let isRecursive = true

    /// Runs a test so that its expectations attach their diffs.
    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await DriftAttachment.$isWanted.withValue(true) { try await function() }
    }
}

extension Trait where Self == DriftAttachment {
    /// Attaches the unified diff, as `drift.diff`, to each difference that `expectNoDrift` or
    /// `expectDrift` records.
    public static var attachingDrift: Self { DriftAttachment() }
}
