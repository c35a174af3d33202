import SupportBundles
import Testing

/// Moments as notes show them.
@Suite struct CaptureTimeTests {
    @Test(
        "A moment is shown with how long it was before the capture",
        arguments: [
            ("2026-11-23T18:16:06Z", "18:15:56 UTC, 10 s before the capture"),
            ("2026-11-23T18:17:55Z", "18:15:56 UTC, 119 s before the capture"),
            ("2026-11-23T18:17:56Z", "18:15:56 UTC, 2 min before the capture"),
            ("2026-11-23T20:15:55Z", "18:15:56 UTC, 119 min before the capture"),
            ("2026-11-23T20:15:56Z", "18:15:56 UTC, 2 h before the capture"),
            ("2026-11-25T18:15:56Z", "2026-11-23 18:15:56 UTC, 2 d before the capture"),
            ("2026-11-23T18:15:00Z", "2026-11-23 18:15:56 UTC"),
        ])
    func text(_ capture: String, _ expected: String) throws {
        let time = try #require(CaptureTime("2026-11-23T18:15:56.8Z"))
        let whole = CaptureTime(seconds: time.seconds)
        #expect(whole.text(before: CaptureTime(capture)) == expected)
        #expect(whole.text(before: nil) == "2026-11-23 18:15:56 UTC")
    }
}
