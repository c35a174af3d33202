internal import Drydock

/// Shows how far long work is: one line on standard error that is overwritten, on a terminal only.
struct ProgressLine {
    private let isShown = Terminal.showsProgress
    private var length = 0
    private var calls = 0

    /// Shows a text; not each time it is called.
    mutating func show(_ text: @autoclosure () -> String) {
        calls += 1
        guard isShown, calls % 16 == 1 else { return }
        let text = text()
        write("\r\(text)" + String(repeating: " ", count: max(0, length - text.count)))
        length = text.count
    }

    /// Takes the line away.
    mutating func clear() {
        guard length > 0 else { return }
        write("\r\(String(repeating: " ", count: length))\r")
        length = 0
    }

    private func write(_ text: String) {
        var output = DescriptorOutput(2)
        output.write(text)
        output.flush()
    }
}
