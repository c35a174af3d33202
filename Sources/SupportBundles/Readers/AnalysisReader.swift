package import Reporting

/// A message of `istioctl analyze`:
///
///     Error [IST0101] (VirtualService default/reviews) Referenced host not found: "reviws"
///     Warning [IST0108] (Gateway ingress.default foo.yaml:12) Unknown annotation: …
package struct AnalyzerMessage: Sendable, Hashable {
    /// `Error`, `Warning` or `Info`.
    package var level: String
    /// Its number, such as `IST0101`.
    package var code: String
    /// The object that it is about; nil if it names none.
    package var object: Note.Object?
    /// What it says.
    package var text: String

    /// Takes a line; nil for another one.
    package init?(_ line: String) {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3, ["Error", "Warning", "Info"].contains(words[0]),
            words[1].hasPrefix("[IST"), words[1].hasSuffix("]")
        else { return nil }
        level = words[0]
        code = String(words[1].dropFirst().dropLast())
        text = words[2]
        guard text.hasPrefix("("), let end = text.firstIndex(of: ")") else { return }
        let parts = text[text.index(after: text.startIndex)..<end].split(separator: " ")
        text = String(text[text.index(after: end)...].drop { $0 == " " })
        guard parts.count >= 2 else { return }
        object = AnalyzerMessage.object(kind: String(parts[0]), String(parts[1]))
    }

    /// `NAMESPACE/NAME`, or in older versions `NAME.NAMESPACE`.
    private static func object(kind: String, _ place: String) -> Note.Object {
        if let slash = place.firstIndex(of: "/") {
            return Note.Object(
                kind: kind, namespace: String(place[..<slash]),
                name: String(place[place.index(after: slash)...]))
        }
        guard let dot = place.lastIndex(of: ".") else {
            return Note.Object(kind: kind, namespace: "", name: place)
        }
        return Note.Object(
            kind: kind, namespace: String(place[place.index(after: dot)...]),
            name: String(place[..<dot]))
    }
}

/// Reads what `istioctl analyze` said.
struct AnalysisReader: LineReader {
    private(set) var messages: [AnalyzerMessage] = []

    mutating func read(_ line: UnsafeRawBufferPointer) {
        if let message = AnalyzerMessage(line.text()) { messages.append(message) }
    }

    mutating func finish() {}
}
