/// What yajl's messages mean for the person who has to fix the input.
struct JSONMessage {
    /// The message, in our words.
    let text: String
    /// Whether yajl had not taken the byte that it complains of: it puts back what ends a token
    /// that is wrong.
    let isBeforeCulprit: Bool

    /// Reads yajl's text: the kind of error, a colon, what is wrong.
    init(_ message: String) {
        let line = message.split(separator: "\n").first ?? ""
        let parts = line.split(separator: ":", maxSplits: 1)
        let reason = parts.last.map { String($0.drop { $0 == " " }) } ?? ""
        isBeforeCulprit = parts.first == "lexical error" && reason != "invalid char in json text."
        text =
            switch reason {
            case "": "not JSON"
            case "premature EOF":
                "the input ends before the document does: it is empty or was cut off"
            case "trailing garbage": "the document is complete, but more follows it"
            default: "not JSON: \(reason)"
            }
    }
}
