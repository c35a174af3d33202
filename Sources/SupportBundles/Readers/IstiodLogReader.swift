internal import StrictJSON

/// What an Istiod's log says: when it last pushed, and how late it was when the log ended.
package struct IstiodLogReader: LineReader {
    package private(set) var lastTime: CaptureTime?
    /// The time in the version of the last push: `Pushing … Version:2026-11-23T18:11:48Z/2`.
    package private(set) var lastPush: CaptureTime?

    package init() {}

    package mutating func finish() {}

    package mutating func read(_ line: UnsafeRawBufferPointer) {
        guard LogTime.begins(line) else { return }
        if let time = LogTime.read(line) { lastTime = max(time, lastTime ?? time) }
        if line.firstPlace(of: "XDS: Pushing ") != nil,
            let mark = line.firstPlace(of: " Version:"),
            let time = CaptureTime(
                line.text(from: mark + " Version:".utf8.count).prefix { $0 != "/" })
        {
            lastPush = max(time, lastPush ?? time)
        }
    }
}
