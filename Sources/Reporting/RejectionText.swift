internal import StrictJSON

/// How the text of a rejection (a NACK) is shown.
package enum RejectionText {
    /// Of a longer text the end is shown, where the reason is.
    private static let longest = 400

    /// The text on one line, without the random prefixes that protobuf puts into its texts, and without
    /// keys.
    package static func line(_ text: String) -> String { line(text, isCut: false) }

    /// The same; `isCut` says that Istiod cut the text off before its end.
    package static func line(_ text: String, isCut: Bool) -> String {
        let words = text.split { $0.isWhitespace }.filter { !$0.hasPrefix("goo.gle/debug") }
        // Redacted before it is cut: half a key is not recognized.
        var line = PrivateKey.redacted(words.joined(separator: " "))
        if line.count > longest { line = "… \(line.suffix(longest))" }
        if isCut { line += " (cut off by Istiod)" }
        return line.isEmpty ? "no reason given" : line
    }
}
