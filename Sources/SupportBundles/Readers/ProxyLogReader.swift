internal import DrydockDiff
internal import EnvoyConfig

/// Reads a proxy's log. An entry begins with a time and can have several lines:
///
///     2026-11-23T18:15:56.882164Z	warning	envoy config source/…	delta config for
///     type.googleapis.com/envoy.config.listener.v3.Listener rejected: Error adding/updating …
///     	thread=22914
package struct ProxyLogReader: LineReader {
    package private(set) var log = ProxyLog()
    /// The rejection whose lines are coming.
    private var kind: ResourceKind?
    private var time: CaptureTime?
    private var text = ""

    /// What is kept of one rejection: its beginning and its end matter.
    private static let limit = 64 << 10

    package init() {}

    package mutating func finish() {
        endRejection()
    }

    package mutating func read(_ line: UnsafeRawBufferPointer) {
        if let mark = line.firstPlace(of: "Proto constraint validation failed") {
            log.lastConstraintFailure = String(line.text(from: mark).prefix(2048))
        }
        guard LogTime.begins(line) else {
            if kind != nil { extend("\n" + line.text()) }
            return
        }
        endRejection()
        if let time = LogTime.read(line) { log.lastTime = max(time, log.lastTime ?? time) }
        if let mark = line.firstPlace(of: " config for type.googleapis.com/"),
            let end = line.firstPlace(of: " rejected: ", from: mark)
        {
            let url = line[(mark + " config for ".utf8.count)..<end]
            kind = ResourceKind(typeURL: String(decoding: url, as: UTF8.self))
            time = LogTime.read(line)
            text = ""
            extend(line.text(from: end + " rejected: ".utf8.count))
        } else if let mark = line.firstPlace(of: "\txdsproxy\t"),
            line.firstPlace(of: "upstream", from: mark) != nil
        {
            let words = line.text(from: mark + "\txdsproxy\t".utf8.count)
            log.lastUpstream = words.split(separator: "\t").first.map(String.init)
            log.lastUpstreamTime = LogTime.read(line)
        }
    }

    private mutating func extend(_ more: String) {
        text += more
        if text.utf8.count > 3 * ProxyLogReader.limit {
            text = "\(text.prefix(ProxyLogReader.limit))\n\(text.suffix(ProxyLogReader.limit))"
        }
    }

    private mutating func endRejection() {
        guard let kind else { return }
        // The thread that wrote it is the log's, not the reason's.
        if let tail = text.ranges(of: "\tthread=").last { text = String(text[..<tail.lowerBound]) }
        log.rejections[kind] = LoggedRejection(text, at: time)
        self.kind = nil
    }
}
