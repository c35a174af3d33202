/// What yajl's messages mean to who has to mend the input.
enum JSONMessage {
    static func readable(_ message: String) -> String {
        // One line: the kind of error, a colon, what is wrong.
        let text = message.split(separator: "\n").first.map(String.init) ?? message
        let reason = text.split(separator: ":", maxSplits: 1).last.map {
            $0.drop { $0 == " " }
        }
        switch reason ?? "" {
        case "premature EOF":
            return "the input ends before the document does: it is empty or was cut off"
        case "trailing garbage":
            return "the document is complete, but more follows it"
        case let reason:
            return "not JSON: \(reason)"
        }
    }
}
