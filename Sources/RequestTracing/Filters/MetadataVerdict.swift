internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// The metadata of one namespace, such as the claims of tokens, as access control asks for it.
struct MetadataVerdict {
    private let values: [String: JSONValue]

    init(_ values: [String: JSONValue]) {
        self.values = values
    }

    /// Whether the value at a `MetadataMatcher`'s path is as it asks.
    func verdict(_ match: CanonicalValue) -> Verdict {
        let path = (match["path"]?.elements ?? []).map { $0.text("key") ?? "" }
        let name = path.joined(separator: ".")
        guard let first = path.first, var value = values[first] else {
            return .fails("the request has no metadata \(name)")
        }
        for key in path.dropFirst() {
            guard let next = value[key] else {
                return .fails("the request has no metadata \(name)")
            }
            value = next
        }
        return verdict(match["value"], value, name)
    }

    private func verdict(
        _ matcher: CanonicalValue?, _ value: JSONValue, _ name: String
    ) -> Verdict {
        guard let matcher else { return .undecided("metadata \(name) is compared with nothing") }
        if let text = matcher["stringMatch"] {
            guard let own = value.string else { return .fails("metadata \(name) is not a text") }
            return StringMatch(text).verdict(for: own, of: "metadata \(name)")
        }
        if let number = matcher["doubleMatch"] { return verdict(number: number, value, name) }
        if let wanted = matcher.flag("boolMatch") {
            return Verdict(
                value == .boolean(wanted), otherwise: "metadata \(name) is not \(wanted)")
        }
        if matcher["nullMatch"] != nil {
            return Verdict(value == .null, otherwise: "metadata \(name) is not null")
        }
        if matcher["presentMatch"] != nil {
            return Verdict(
                matcher.flag("presentMatch") == true, otherwise: "metadata \(name) is there")
        }
        if let one = matcher["listMatch"]?["oneOf"] {
            for element in value.list ?? [] where verdict(one, element, name) == .holds {
                return .holds
            }
            return .fails("no element of metadata \(name) is as it asks")
        }
        if let either = matcher["orMatch"]?["valueMatchers"]?.elements {
            for part in either where verdict(part, value, name) == .holds { return .holds }
            return .fails("metadata \(name) matches no alternative")
        }
        return .undecided("metadata \(name) is compared in a way that is not followed")
    }

    /// A number is compared exactly, or with a range without its end.
    private func verdict(
        number matcher: CanonicalValue, _ value: JSONValue, _ name: String
    ) -> Verdict {
        guard case .number(let text) = value, let own = Double(text) else {
            return .fails("metadata \(name) is not a number")
        }
        func bound(_ value: CanonicalValue?) -> Double {
            switch value {
            case .literal(let text)?, .string(let text)?: Double(text) ?? 0
            default: 0
            }
        }
        guard let range = matcher["range"] else {
            return Verdict(own == bound(matcher["exact"]), otherwise: "metadata \(name) is \(text)")
        }
        return Verdict(
            own >= bound(range["start"]) && own < bound(range["end"]),
            otherwise: "metadata \(name) is \(text), which is not in the range")
    }
}
