/// The time that an answer begins with which is an error's text:
/// `2026-11-23T18:17:17.192548Z	error	received unsuccessful status code 400`.
struct ErrorTimeReader: LineReader {
    private(set) var time: CaptureTime?
    private var isFirst = true

    mutating func finish() {}

    mutating func read(_ line: UnsafeRawBufferPointer) {
        guard isFirst else { return }
        isFirst = false
        if LogTime.begins(line) { time = LogTime.read(line) }
    }
}
