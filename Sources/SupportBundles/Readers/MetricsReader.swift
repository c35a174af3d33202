internal import StrictJSON

/// When an Istiod's `/metrics` were asked for: the time it started and how long it had been up.
package struct MetricsReader: LineReader {
    private var start: Double?
    private var uptime: Double?

    package init() {}

    package mutating func finish() {}

    package mutating func read(_ line: UnsafeRawBufferPointer) {
        func value(_ name: StaticString) -> Double? {
            guard line.starts(with: name) else { return nil }
            return Double(line.text(from: name.utf8CodeUnitCount))
        }
        start = value("process_start_time_seconds ") ?? start
        uptime = value("istiod_uptime_seconds ") ?? uptime
    }

    /// The moment, where the metrics say.
    package var time: CaptureTime? {
        guard let start, let uptime, (0..<1e11).contains(start + uptime) else { return nil }
        let moment = start + uptime
        let seconds = moment.rounded(.down)
        return CaptureTime(
            seconds: Int(seconds), nanoseconds: Int((moment - seconds) * 1e9))
    }
}
