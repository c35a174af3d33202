internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// The claims of tokens as metadata that access control asks for.
struct TokenClaims {
    private let claims: [String: JSONValue]

    init(_ claims: [String: JSONValue]) {
        self.claims = claims
    }

    /// Whether the claim at a `MetadataMatcher`'s path is as its value asks.
    func verdict(_ match: CanonicalValue) -> Verdict {
        let path = (match["path"]?.elements ?? []).map { $0.text("key") ?? "" }
        let name = path.joined(separator: ".")
        guard let first = path.first, var value = claims[first] else {
            return .fails("there is no token with the claim \(name)")
        }
        for key in path.dropFirst() {
            guard let next = value[key] else { return .fails("the token has no claim \(name)") }
            value = next
        }
        return verdict(match["value"], value, name)
    }

    private func verdict(
        _ matcher: CanonicalValue?, _ value: JSONValue, _ name: String
    ) -> Verdict {
        guard let matcher else { return .undecided("claim \(name) is compared with nothing") }
        if let text = matcher["stringMatch"] {
            guard let own = value.string else { return .fails("claim \(name) is no text") }
            return StringMatch(text).verdict(for: own, of: "claim \(name)")
        }
        if matcher["presentMatch"] != nil {
            return Verdict(
                matcher.flag("presentMatch") == true, otherwise: "claim \(name) is there")
        }
        if let one = matcher["listMatch"]?["oneOf"] {
            for element in value.list ?? [] where verdict(one, element, name) == .holds {
                return .holds
            }
            return .fails("no element of claim \(name) is as it asks")
        }
        if let either = matcher["orMatch"]?["valueMatchers"]?.elements {
            for part in either where verdict(part, value, name) == .holds { return .holds }
            return .fails("claim \(name) matches no alternative")
        }
        return .undecided("claim \(name) is compared in a way that is not followed")
    }
}
