import DrydockDiff
import EnvoyConfig
import SupportBundles
import Testing

/// Small logs and pages, line by line, in chunks of any size.
@Suite struct LineReaderTests {
    /// Reads a text that arrives in chunks of a size.
    private func read<Reader: LineReader>(
        _ text: String, chunk: Int, _ reader: Reader
    ) -> Reader {
        var scanner = LineScanner(reader)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: chunk) {
            let piece = Array(bytes[start..<min(start + chunk, bytes.count)])
            piece.withUnsafeBytes { scanner.append($0) }
        }
        return scanner.finish()
    }

    private static let chunks = Array(1...40) + [1 << 20]

    // MARK: - Lines

    private struct Recorder: LineReader {
        var lines: [String] = []
        var lengths: [Int] = []
        var isFinished = false

        mutating func read(_ line: UnsafeRawBufferPointer) {
            lengths.append(line.count)
            if line.count < 1000 { lines.append(String(decoding: line, as: UTF8.self)) }
        }

        mutating func finish() { isFinished = true }
    }

    @Test(
        "A text is split at its newlines; the last line needs none",
        arguments: [
            ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]),
            ("\n\na\n\n", ["", "", "a", ""]), ("a\r\nb\u{0}\n", ["a\r", "b\u{0}"]),
            ("\u{20AC}\n\u{1F600}", ["\u{20AC}", "\u{1F600}"]),
            (
                "a long line of forty characters, or more\nb\n",
                [
                    "a long line of forty characters, or more", "b",
                ]
            ),
        ])
    func split(_ text: String, _ lines: [String]) {
        for chunk in Self.chunks {
            let found = read(text, chunk: chunk, Recorder())
            #expect(found.lines == lines, "in chunks of \(chunk)")
            #expect(found.isFinished)
        }
    }

    @Test(
        "A line is cut after 256 kB, however it arrives",
        arguments: [1000, 262_144, 262_146, 1 << 20])
    func cut(_ chunk: Int) {
        let limit = 262_144
        let lengths = [limit - 1, limit, limit + 1, 3 * limit, 5]
        let text = lengths.map { String(repeating: "x", count: $0) + "\n" }.joined()
        let found = read(text + "end", chunk: chunk, Recorder())
        #expect(found.lengths == [limit - 1, limit, limit, limit, 5, 3])
        #expect(found.lines == ["xxxxx", "end"])
    }

    // MARK: - Times

    private func bytes<Result>(
        _ text: String, _ body: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        Array(text.utf8).withUnsafeBytes(body)
    }

    @Test(
        "An entry of a log begins with a date, or is JSON",
        arguments: [
            ("2026-11-23T18:15:56Z\tinfo", true), ("[2026-11-23 18:15:56.882][1]", true),
            ("2026-11-23T", true), ("[2026-11-23 ", true), ("{", true), ("{\"a\": 1}", true),
            ("2026-11-23", false), ("[2026-11-23", false), ("", false), ("[", false),
            (" 2026-11-23T", false), ("2026/11/23T", false), ("20261-1-23T", false),
            ("/026-11-23T", false), (":026-11-23T", false), ("202a-11-23T", false),
            ("2026-11-2:T", false), ("[[2026-11-23T", false), ("\tthread=1234567", false),
            ("09-12-2026 x", false),
        ])
    func begins(_ line: String, _ begins: Bool) {
        #expect(bytes(line, LogTime.begins) == begins)
    }

    @Test(
        "The time of an entry, of the agent or of Envoy itself",
        arguments: [
            // 2026-11-23T18:15:56Z is second 1,795,457,756, as GNU date has it.
            ("2026-11-23T18:15:56Z\tinfo", 1_795_457_756, 0),
            ("2026-11-23T18:15:56.882164Z\twarning\tx", 1_795_457_756, 882_164_000),
            ("2026-11-23T19:15:56.5+01:00\tinfo", 1_795_457_756, 500_000_000),
            ("[2026-11-23 18:15:56.882][12][info] x", 1_795_457_756, 882_000_000),
            ("[2026-11-23 18:15:56]", 1_795_457_756, 0),
        ])
    func time(_ line: String, _ seconds: Int, _ nanoseconds: Int) {
        #expect(
            bytes(line, LogTime.read) == CaptureTime(seconds: seconds, nanoseconds: nanoseconds))
    }

    @Test(
        "Without its end, or in another form, there is no time",
        arguments: [
            "", "2026-11-23T18:15:56Z", "2026-11-23T18:15:56Z info", "2026-11-23 18:15:56\tinfo",
            "[2026-11-23 18:15:56.882", "[2026-11-23T18:15:56Z]", "[x]", "\t",
            "{\"time\":\"2026-11-23T18:15:56Z\t\"}", "2026-11-23T18:15:60Z\tinfo",
        ])
    func noTime(_ line: String) {
        #expect(bytes(line, LogTime.read) == nil)
    }

    @Test("Moments stand in order, to the nanosecond")
    func moments() {
        let times = [
            CaptureTime(seconds: 1, nanoseconds: 9), CaptureTime(seconds: 2, nanoseconds: 0),
            CaptureTime(seconds: 2, nanoseconds: 1),
        ]
        #expect(times.reversed().sorted() == times)
        #expect(!(times[1] < times[1]))
        #expect(times[2].seconds(since: times[1]) == 1e-9)
        #expect(
            CaptureTime(seconds: 5, nanoseconds: 250_000_000).seconds(
                since: CaptureTime(seconds: 2, nanoseconds: 750_000_000)) == 2.5)
    }

    @Test("An answer that is an error begins with its time")
    func errorTime() {
        let line = "2026-11-23T18:15:56.5Z\terror\treceived unsuccessful status code 400"
        let time = CaptureTime(seconds: 1_795_457_756, nanoseconds: 500_000_000)
        for chunk in Self.chunks {
            #expect(read("\(line)\nmore", chunk: chunk, ErrorTimeReader()).time == time)
            #expect(read(line, chunk: chunk, ErrorTimeReader()).time == time)
            #expect(read("[]\n\(line)\n", chunk: chunk, ErrorTimeReader()).time == nil)
            #expect(read("", chunk: chunk, ErrorTimeReader()).time == nil)
        }
    }

    // MARK: - Metrics

    @Test(
        "The moment of an Istiod's metrics is its start and the time since",
        arguments: [
            (
                "process_start_time_seconds 1.79545775e+09\nistiod_uptime_seconds 6.5\n",
                1_795_457_756, 500_000_000
            ),
            (
                "istiod_uptime_seconds 0.25\n# HELP process_start_time_seconds 5\nprocess_start_time_seconds 7",
                7, 250_000_000
            ),
            // What comes last counts, if it is a number.
            (
                "process_start_time_seconds 1\nprocess_start_time_seconds 2\nprocess_start_time_seconds x\nistiod_uptime_seconds 3",
                5, 0
            ),
            ("process_start_time_seconds 0\nistiod_uptime_seconds 0", 0, 0),
            ("process_start_time_seconds 99999999998\nistiod_uptime_seconds 1", 99_999_999_999, 0),
        ])
    func metrics(_ text: String, _ seconds: Int, _ nanoseconds: Int) {
        for chunk in Self.chunks {
            #expect(
                read(text, chunk: chunk, MetricsReader()).time
                    == CaptureTime(seconds: seconds, nanoseconds: nanoseconds))
        }
    }

    @Test(
        "Where one of them is missing, or the sum is no moment, there is none",
        arguments: [
            "", "process_start_time_seconds 1", "istiod_uptime_seconds 1",
            "process_start_time_seconds 1\nistiod_uptime_seconds",
            "process_start_time_seconds{a=\"b\"} 1\nistiod_uptime_seconds 1",
            "process_start_time_seconds -2\nistiod_uptime_seconds 1",
            "process_start_time_seconds 99999999999\nistiod_uptime_seconds 1",
            "process_start_time_seconds nan\nistiod_uptime_seconds 1",
            "process_start_time_seconds inf\nistiod_uptime_seconds 1",
        ])
    func noMetrics(_ text: String) {
        #expect(read(text, chunk: 1, MetricsReader()).time == nil)
    }

    // MARK: - Logs

    private static let rejected =
        "\twarning\tenvoy config source/a.cc:1\tdelta config for type.googleapis.com/envoy.config."

    @Test("The last rejection of each type, over all of its lines")
    func rejections() {
        let text = """
            2026-11-23T18:15:50Z\(Self.rejected)cluster.v3.Cluster rejected: old\tthread=1
            2026-11-23T18:15:51Z\(Self.rejected)listener.v3.Listener rejected: Error adding/updating listener(s) a: bad
            b: worse
            \tthread=22
            2026-11-23T18:15:52Z\(Self.rejected)cluster.v3.Cluster rejected: new\tthread=1 is bad\tthread=2
            2026-11-23T18:15:53Z\(Self.rejected)other.v3.Unknown rejected: x
            a line of its own
            [2026-11-23 18:15:49.5][1][info] end
            not of the rejection
            """
        for chunk in Self.chunks {
            let log = read(text, chunk: chunk, ProxyLogReader()).log
            #expect(
                log.rejections.mapValues(\.text) == [
                    .clusters: "new\tthread=1 is bad",
                    .listeners: "Error adding/updating listener(s) a: bad\nb: worse\n",
                ])
            // The greatest, not the last.
            #expect(log.lastTime == CaptureTime(seconds: 1_795_457_753))
            #expect(log.lastUpstream == nil)
            #expect(log.lastConstraintFailure == nil)
        }
    }

    @Test("A rejection at the end of a log is one too, and one that says nothing is empty")
    func lastRejection() {
        let line = "2026-11-23T18:15:50Z\(Self.rejected)route.v3.RouteConfiguration rejected: "
        #expect(read(line, chunk: 7, ProxyLogReader()).log.rejections[.routes]?.text == "")
        #expect(
            read("\(line)x\ny", chunk: 7, ProxyLogReader()).log.rejections[.routes]?.text == "x\ny")
        #expect(read("x\(line)x", chunk: 7, ProxyLogReader()).log.rejections.isEmpty)
        let other = line.replacing(" rejected: ", with: " accepted: ")
        #expect(read(other, chunk: 7, ProxyLogReader()).log.rejections.isEmpty)
    }

    @Test(
        "Istiod's log tells what a proxy refused, by type, and when",
        arguments: [
            (
                "2026-11-23T18:15:18.0Z\twarn\tads\tADS:RDS: ACK ERROR reviews-v2-6f85.default-12 "
                    + "Internal:Only unique values: x", "reviews-v2-6f85.default",
                ResourceKind.routes, "Only unique values: x"
            ),
            (
                "2026-11-23T18:15:18.0Z\twarn\tads\tADS:EDS: ACK ERROR a.b-1 malformed: c", "a.b",
                .endpoints, "malformed: c"
            ),
        ])
    func istiodRejections(
        _ line: String, _ proxy: String, _ kind: ResourceKind, _ text: String
    ) {
        for chunk in Self.chunks {
            let found = read(line, chunk: chunk, IstiodLogReader()).rejections
            #expect(found.keys.map(\.self) == [proxy])
            #expect(found[proxy]?[kind]?.text == text)
            #expect(found[proxy]?[kind]?.time == CaptureTime("2026-11-23T18:15:18Z"))
        }
    }

    @Test(
        "Lines that only look like one tell nothing",
        arguments: [
            "2026-11-23T18:15:18Z\twarn\tads\tADS:NDS: ACK ERROR a.b-1 Internal:x",
            "2026-11-23T18:15:18Z\twarn\tads\tADS:RDS: ACK ERROR a.b-1",
            "2026-11-23T18:15:18Z\twarn\tads\tADS:RDS: ACK ERROR nodash Internal:x",
            "ADS:RDS: ACK ERROR a.b-1 Internal:x",
        ])
    func noRejection(_ line: String) {
        #expect(read(line, chunk: 9, IstiodLogReader()).rejections.isEmpty)
    }

    @Test(
        "Of a long rejection the beginning and the end are kept: 64 kB each beyond three times that"
    )
    func longRejection() throws {
        let line = "2026-11-23T18:15:50Z\(Self.rejected)cluster.v3.Cluster rejected: "
        let limit = 65_536
        for (length, kept) in [(3 * limit, 3 * limit), (3 * limit + 1, 2 * limit + 1)] {
            let reason =
                String(repeating: "a", count: limit)
                + String(repeating: "b", count: length - 2 * limit)
                + String(repeating: "c", count: limit)
            let found = try #require(
                read(line + reason, chunk: 5000, ProxyLogReader()).log.rejections[.clusters]?.text)
            #expect(found.utf8.count == kept)
            #expect(found.utf8.count { $0 == UInt8(ascii: "a") } == limit)
            #expect(found.utf8.count { $0 == UInt8(ascii: "c") } == limit)
        }
    }

    @Test("The last that the agent said of its upstream, and the last constraint that failed")
    func agent() {
        let text = """
            2026-11-23T18:15:50Z\tinfo\txdsproxy\tconnected to delta upstream XDS server: a[1]\tid=1
            2026-11-23T18:15:51Z\twarn\txdsproxy\tupstream [1] terminated\tid=2
            2026-11-23T18:15:52Z\tinfo\txdsproxy\tanother thing
            2026-11-23T18:15:53Z\tinfo\tother\tupstream
            x Proto constraint validation failed (first)
            2026-11-23T18:15:54Z y Proto constraint validation failed (E.T: value)
            """
        for chunk in Self.chunks {
            let log = read(text, chunk: chunk, ProxyLogReader()).log
            #expect(log.lastUpstream == "upstream [1] terminated")
            #expect(log.lastConstraintFailure == "Proto constraint validation failed (E.T: value)")
            #expect(log.rejections.isEmpty)
        }
        let mark = "Proto constraint validation failed"
        let long = read(mark + String(repeating: "x", count: 4000), chunk: 100, ProxyLogReader())
        #expect(long.log.lastConstraintFailure?.utf8.count == 2048)
    }

    @Test("The last push of an Istiod, and the last time that its log names")
    func pushes() {
        let text = """
            2026-11-23T18:15:56Z\tinfo\tads\tXDS: Pushing Services:10 ConnectedEndpoints:3 Version:2026-11-23T18:15:48Z/2
            2026-11-23T18:15:58Z\tinfo\tads\tXDS: Pushing Services:10 ConnectedEndpoints:3 Version:2026-11-23T18:15:47Z/3
            2026-11-23T18:15:57Z\tinfo\tads\tXDS: Incremental Pushing Version:2026-11-23T18:15:59Z/4
            XDS: Pushing Version:2026-11-23T19:00:00Z/5
            2026-11-23T18:15:56Z\tinfo\tads\tXDS: Pushing Version:soon/6
            """
        for chunk in Self.chunks {
            let reader = read(text, chunk: chunk, IstiodLogReader())
            #expect(reader.lastTime == CaptureTime(seconds: 1_795_457_758))
            #expect(reader.lastPush == CaptureTime(seconds: 1_795_457_748))
        }
        let nothing = read("no log\n", chunk: 3, IstiodLogReader())
        #expect(nothing.lastTime == nil)
        #expect(nothing.lastPush == nil)
    }
}
