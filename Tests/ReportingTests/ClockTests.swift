import Reporting
import Testing

@Suite struct ClockTests {
    /// Texts of GNU date.
    static let moments = [
        (0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 UTC"),
        (-1, "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 UTC"),
        (951_827_696, "2000-02-29T12:34:56Z", "Tue, 29 Feb 2000 12:34:56 UTC"),
        (1_596_521_574, "2020-08-04T06:12:54Z", "Tue, 04 Aug 2020 06:12:54 UTC"),
        (1_795_457_756, "2026-11-23T18:15:56Z", "Mon, 23 Nov 2026 18:15:56 UTC"),
        (4_107_542_399, "2100-02-28T23:59:59Z", "Sun, 28 Feb 2100 23:59:59 UTC"),
    ]

    @Test("A moment is spelled as RFC 3339 and RFC 1123, and read again", arguments: moments)
    func spelled(_ seconds: Int, _ rfc3339: String, _ rfc1123: String) {
        #expect(ClockTime.text(seconds) == rfc3339)
        #expect(ClockTime.seconds(rfc3339) == seconds)
        #expect(ClockZone.utc.rfc1123(seconds) == rfc1123)
    }

    @Test("Every month has its name")
    func months() {
        let names = (1...12).map { month in
            let text = "2026-\(month < 10 ? "0" : "")\(month)-15T00:00:00Z"
            let seconds = ClockTime.seconds(text) ?? 0
            return ClockZone.utc.rfc1123(seconds).split(separator: " ")[2]
        }
        #expect(
            names == [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            ])
    }

    @Test("Another zone shifts the clock and the day, and names itself")
    func zone() {
        let india = ClockZone { _ in ClockZone.Reading(offset: 19_800, abbreviation: "IST") }
        #expect(india.rfc1123(1_596_521_574) == "Tue, 04 Aug 2020 11:42:54 IST")
        #expect(india.rfc1123(1_795_457_756) == "Mon, 23 Nov 2026 23:45:56 IST")
        #expect(india.rfc1123(1_795_460_000) == "Tue, 24 Nov 2026 00:23:20 IST")
    }

    @Test(
        "What is not RFC 3339 is no time",
        arguments: ["", "2026-11-23", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "now"])
    func unreadable(_ text: String) {
        #expect(ClockTime.seconds(text) == nil)
    }
}
