internal import StrictJSON

/// What a NACK's text says: which resources, and why.
package struct Rejection: Equatable {
    /// The resources that the text names.
    package var names: [String]
    /// The reason, on one line.
    package var reason: String
    /// Names that the text gives to parts of a resource.
    package var parts: Set<String> = []

    /// Reads a NACK's text. It is one of
    ///
    ///     Error adding/updating listener(s) virtualInbound: Didn't find a registered …
    ///     10.96.0.10_53: Didn't find …                  several, after a newline or ", "
    ///
    ///     name: "outbound|80||x" … caused by …          protobuf text of the resource
    ///
    ///     Invalid duration: … seconds: -1               a bare reason
    ///
    /// `known` are the names of the resources that may be meant.
    package static func parse(_ text: String, known: [String]) -> [Rejection] {
        let isCut = text.hasSuffix(cutMark)
        var body = isCut ? String(text.dropLast(cutMark.count)) : text
        if let start = body.firstRange(of: "(s) "), body.hasPrefix("Error adding/updating ") {
            body = String(body[start.upperBound...])
            let found = split(body, at: known, isCut: isCut)
            if !found.isEmpty { return found }
        }
        let found = named(body)
        let names = found.filter { known.isEmpty || known.contains($0) }
        // What is named but is no resource of the kind may stand in one, such as a virtual host.
        return [
            Rejection(
                names: names, reason: RejectionText.line(lastCause(body), isCut: isCut),
                parts: names.isEmpty ? Set(found) : [])
        ]
    }

    private static let cutMark = "...(truncated)"

    /// A text that Istiod cut off, as the proxy's log has it whole.
    package static func complete(_ text: String, by whole: String?) -> String {
        guard text.hasSuffix(cutMark), let whole,
            whole.utf8.count >= text.utf8.count - cutMark.utf8.count
        else { return text }
        return whole
    }

    /// Splits a text at the names that it lists: each stands at the beginning, or after a newline or
    /// `, `, and is followed by `: `.
    private static func split(_ text: String, at known: [String], isCut: Bool) -> [Rejection] {
        let names = Set(known)
        var parts: [(name: String, reason: String)] = []
        for line in text.split(separator: "\n") {
            for piece in pieces(of: line) {
                if let end = piece.firstRange(of: ": "),
                    names.contains(String(piece[..<end.lowerBound]))
                {
                    parts.append(
                        (String(piece[..<end.lowerBound]), String(piece[end.upperBound...])))
                } else if names.contains(String(piece)) {
                    parts.append((String(piece), ""))
                } else if !parts.isEmpty {
                    parts[parts.count - 1].reason += ", " + piece
                } else if let end = piece.firstRange(of: ": ") {
                    // A resource that Istiod does not have any more.
                    parts.append(
                        (String(piece[..<end.lowerBound]), String(piece[end.upperBound...])))
                }
            }
        }
        return parts.enumerated().map { index, part in
            Rejection(
                names: [part.name],
                reason: RejectionText.line(
                    lastCause(part.reason), isCut: isCut && index + 1 == parts.count))
        }
    }

    private static func pieces(of line: Substring) -> [Substring] {
        var pieces: [Substring] = []
        var rest = line
        while let separator = rest.firstRange(of: ", ") {
            pieces.append(rest[..<separator.lowerBound])
            rest = rest[separator.upperBound...]
        }
        return pieces + [rest]
    }

    /// The names at the top level of a protobuf text, which may follow a reason on its line.
    private static func named(_ text: String) -> [String] {
        let mark = "name: \""
        return text.split(separator: "\n").compactMap { line in
            let start: Substring
            if line.hasPrefix(mark) {
                start = line.dropFirst(mark.count)
            } else if let inline = line.firstRange(of: "): \(mark)") {
                start = line[inline.upperBound...]
            } else {
                return nil
            }
            return start.firstIndex(of: "\"").map { String(start[..<$0]) }
        }
    }

    private static let constraint = "Proto constraint validation failed"

    /// The last cause that a text gives. A constraint that failed stands in parentheses, and the
    /// protobuf text before or after them:
    ///
    ///     Proto constraint validation failed (RouteValidationError.Match: embedded message failed
    ///     validation | caused by RouteMatchValidationError.Path: value length must be …): name: …
    private static func lastCause(_ text: String) -> String {
        let cause = "caused by "
        if let failed = text.ranges(of: constraint).last {
            var inner = text[failed.upperBound...].drop { $0 == " " || $0 == "(" }
            if let end = inner.firstRange(of: "): ") ?? inner.firstRange(of: ")\n") {
                inner = inner[..<end.lowerBound]
            } else if let end = inner.lastIndex(of: ")") {
                inner = inner[..<end]
            }
            if let last = inner.ranges(of: cause).last { inner = inner[last.upperBound...] }
            return "\(constraint) (\(inner))"
        }
        guard let last = text.ranges(of: cause).last else { return text }
        return String(text[last.upperBound...].prefix { $0 != "\n" })
    }

    /// The values that a reason complains of, as they stand in the configuration: what it quotes,
    /// what follows its last colon, a duration's seconds, and words that look like a name.
    package var values: Set<String> {
        var values = parts
        for quote in ["'", "\""] as [Character] {
            values.formUnion(Rejection.quoted(in: reason, by: quote))
        }
        if let colon = reason.ranges(of: ": ").last {
            let last = String(reason[colon.upperBound...])
            values.insert(last)
            if reason[..<colon.lowerBound].hasSuffix("seconds"), Int(last) != nil {
                values.insert("\(last)s")
            }
        }
        for word in words where word.count > 3 && word.contains(where: { "./|*".contains($0) }) {
            values.insert(word)
        }
        // A checksum of a Wasm module.
        for word in words where word.count >= 32 && word.allSatisfy(\.isHexDigit) {
            values.insert(word)
        }
        return values
    }

    /// What stands between two quotes; the apostrophe of `Didn't` is not one.
    private static func quoted(in text: String, by quote: Character) -> [String] {
        let characters = Array(text)
        let quotes = characters.indices.filter { place in
            guard characters[place] == quote else { return false }
            let isInWord =
                place > 0 && characters[place - 1].isLetter && place + 1 < characters.count
                && characters[place + 1].isLetter
            return !isInWord
        }
        return stride(from: 0, to: quotes.count - 1, by: 2).compactMap { number in
            let inner = characters[(quotes[number] + 1)..<quotes[number + 1]]
            return inner.isEmpty ? nil : String(inner)
        }
    }

    /// The words of the reason, without the punctuation around them.
    package var words: [String] {
        reason.split(separator: " ").map { word in
            let isMark = { (character: Character) in "'\"(),.;:".contains(character) }
            let start = word.drop(while: isMark)
            guard let end = start.lastIndex(where: { !isMark($0) }) else { return "" }
            return String(start[...end])
        }
    }
}
