internal import EnvoyConfig
internal import EnvoyResources

extension HeaderMatch {
    /// Whether a request's headers match.
    ///
    /// A missing header fails every match of a value, an inverted one too, unless it is to be taken
    /// as empty. Only a match of presence can succeed without the header. A header that was sent
    /// several times matches where one of its values does: Envoy 1.40 does not join them.
    func verdict(for headers: RequestHeaders) -> Verdict {
        var values = headers.values(name)
        if case .present(let wanted) = condition {
            let isWanted = wanted != isInverted
            return Verdict(
                values.isEmpty != isWanted,
                otherwise: "header \(name) is \(values.isEmpty ? "missing" : "there")")
        }
        if values.isEmpty, treatsMissingAsEmpty { values = [""] }
        if values.isEmpty { return .fails("header \(name) is missing") }
        let result = Verdict.any(values.map { verdict(for: $0) })
        let text = values.map(quoted).joined(separator: ", ")
        return isInverted
            ? result.negated("header \(name) is \(text), which is excluded") : result
    }

    private func verdict(for text: String) -> Verdict {
        switch condition {
        case .present:
            return .holds
        case .text(let match):
            // The old `exact_match` with an empty text matches every value.
            if match.pattern == .exact(""), value["exactMatch"] != nil { return .holds }
            return match.verdict(for: text, of: "header \(name)")
        case .range(let start, let end):
            // The whole value must be an integer; the range excludes its end.
            guard let number = Int64(text) else {
                return .fails("header \(name) is \(quoted(text)), no integer")
            }
            return Verdict(
                number >= start && number < end,
                otherwise: "header \(name) is \(number), not in [\(start), \(end))")
        }
    }
}
