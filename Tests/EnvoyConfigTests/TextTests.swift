import EnvoyConfig
import Testing

/// How canonical values and moments are written.
@Suite struct TextTests {
    @Test(
        "Quotes, backslashes and control characters are escaped, nothing else",
        arguments: [
            ("", #""""#), ("a", #""a""#), ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#),
            ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#), ("\u{0}", #""\u0000""#),
            ("\u{1}\u{7}\u{B}", #""\u0001\u0007\u000b""#), ("\u{E}\u{F}", #""\u000e\u000f""#),
            ("\u{10}\u{19}\u{1A}\u{1F}", #""\u0010\u0019\u001a\u001f""#), (" ", #"" ""#),
            ("\u{7F}\u{E9}\u{2028}\u{1F600}", "\"\u{7F}\u{E9}\u{2028}\u{1F600}\""),
        ])
    func quoted(_ text: String, _ expected: String) {
        var bytes: [UInt8] = []
        CanonicalText.append(quoted: text, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    private static let value = CanonicalValue.members([
        ("a\"", .list([.literal("1"), .object([]), .list([.string("x")])])), ("b", .list([])),
        ("c", .members([("d", .literal("null"))])),
    ])

    @Test("A value as text, indented by four")
    func document() {
        let lines = [
            "{", #"    "a\"": ["#, "        1,", "        {},", "        [", #"            "x""#,
            "        ]", "    ],", #"    "b": [],"#, #"    "c": {"#, #"        "d": null"#,
            "    }", "}",
        ]
        #expect(Self.value.text() == lines.joined(separator: "\n"))
        #expect(Self.value.lineCount == lines.count)
        var bytes = Array("- ".utf8)
        CanonicalText.append(Self.value, depth: 2, to: &bytes)
        let deeper = lines.joined(separator: "\n        ")
        #expect(String(decoding: bytes, as: UTF8.self) == "- \(deeper)")
    }

    @Test("A value on one line")
    func compact() {
        var bytes: [UInt8] = []
        CanonicalText.appendCompact(Self.value, to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"a\"": [1, {}, ["x"]], "b": [], "c": {"d": null}}"#)
    }

    @Test(
        "A value has as many lines as its text",
        arguments: [
            (.literal("1"), 1), (.string("a\nb"), 1), (.list([]), 1), (.object([]), 1),
            (.list([.literal("1")]), 3), (.list([.literal("1"), .list([])]), 4),
            (.members([("a", .list([.literal("1"), .literal("2")]))]), 6),
        ] as [(CanonicalValue, Int)])
    func lines(_ value: CanonicalValue, _ count: Int) {
        #expect(value.lineCount == count)
        #expect(value.text().split(separator: "\n").count == count)
    }

    @Test(
        "The calendar and the clock of a moment, as GNU date has them",
        arguments: [
            (0, "1970-01-01", "00:00:00", 0), (86_399, "1970-01-01", "23:59:59", 0),
            (86_400, "1970-01-02", "00:00:00", 1), (-1, "1969-12-31", "23:59:59", -1),
            (-86_400, "1969-12-31", "00:00:00", -1), (-86_401, "1969-12-30", "23:59:59", -2),
            (-62_135_596_800, "0001-01-01", "00:00:00", -719_162),
            (-62_162_078_400, "0000-02-29", "12:00:00", -719_469),
            (-11_670_912_001, "1600-02-29", "23:59:59", -135_081),
            (-11_670_912_000, "1600-03-01", "00:00:00", -135_080),
            (-2_203_891_201, "1900-02-28", "23:59:59", -25_509),
            (-2_203_891_200, "1900-03-01", "00:00:00", -25_508),
            (946_684_799, "1999-12-31", "23:59:59", 10_956),
            (951_868_800, "2000-03-01", "00:00:00", 11_017),
            (1_078_012_801, "2004-02-29", "00:00:01", 12_477),
            (4_107_542_400, "2100-03-01", "00:00:00", 47_541),
            (13_569_382_923, "2399-12-31", "01:02:03", 157_053),
            (253_402_300_799, "9999-12-31", "23:59:59", 2_932_896),
        ])
    func civil(_ seconds: Int, _ date: String, _ clock: String, _ day: Int) {
        let time = CivilTime(seconds)
        #expect(time.date == date)
        #expect(time.clock == clock)
        #expect(time.dayNumber == day)
        // And back; RFC 3339 has the years from 0 on.
        let text = "\(date)T\(clock).25Z"
        #expect(TimeText.timestamp(text)?.seconds == seconds)
        #expect(TimeText.timestamp(text)?.nanoseconds == 250_000_000)
    }

    @Test("Every day of four centuries follows the day before it")
    func days() {
        var last = CivilTime(-86_400)
        for day in 0..<146_097 {
            let time = CivilTime(day * 86_400)
            let isNext =
                time.day == last.day + 1 && time.month == last.month && time.year == last.year
            let isFirst =
                time.day == 1 && last.day >= 28
                && (time.month == last.month + 1 && time.year == last.year
                    || time.month == 1 && last.month == 12 && time.year == last.year + 1)
            if !isNext && !isFirst { Issue.record("\(time.date) after \(last.date)") }
            last = time
        }
        // 400 years have 146,097 days.
        #expect(CivilTime(146_097 * 86_400).date == "2370-01-01")
    }

    @Test(
        "A number has zeros before it",
        arguments: [(0, 2, "00"), (7, 2, "07"), (10, 2, "10"), (123, 2, "123"), (5, 0, "5")])
    func padded(_ value: Int, _ count: Int, _ text: String) {
        #expect(CivilTime.padded(value, count) == text)
    }
}
