/// The time that an answer begins with which is an error's text:
/// `2026-11-23T18:17:17.192548Z	error	received unsuccessful status code 400`.
package struct ErrorTimeReader: LineReader {
    package private(set) var time: CaptureTime?
    private var isFirst = true

    package init() {}

    package mutating func finish() {}

    package mutating func read(_ line: UnsafeRawBufferPointer) {
        guard isFirst else { return }
        isFirst = false
        if LogTime.begins(line) { time = LogTime.read(line) }
    }
}
