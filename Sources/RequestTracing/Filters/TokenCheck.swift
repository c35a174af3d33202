internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// What `jwt_authn` does with the tokens of a request, as far as a dump decides: a signature is not
/// verified.
struct TokenCheck {
    /// What becomes of the request.
    enum Outcome: Equatable {
        /// It passes: without a token, or with one whose signature would have to be verified.
        case passes(token: Bool)
        /// It is refused with a status, for a reason.
        case refused(Int, String)
    }

    /// Why a requirement is not met.
    private enum Failure: Equatable {
        case missing
        case invalid(Int, String)
    }

    private let config: CanonicalValue
    private let requirement: CanonicalValue?
    private let headers: RequestHeaders
    /// The time to judge by, in seconds since 1970; nil if none is known.
    private let now: Int?
    /// The metadata of the tokens that pass, by `payload_in_metadata`.
    private(set) var claims: [String: JSONValue] = [:]
    /// Whether a token was taken, whose signature decides.
    private var hasTaken = false

    /// Makes a check. `requirement` is that of a route, which takes the place of the rules.
    init(
        _ config: CanonicalValue, _ headers: RequestHeaders, now: Int?,
        requirement: CanonicalValue? = nil
    ) {
        self.config = config
        self.requirement = requirement
        self.headers = headers
        self.now = now
    }

    /// Judges a request by the first rule that matches it.
    mutating func outcome(in surroundings: RouteMatch.Surroundings) -> Outcome {
        if config.flag("bypassCorsPreflight") == true, headers.method == "OPTIONS",
            headers.value("origin") != nil,
            headers.value("access-control-request-method") != nil
        {
            return .passes(token: false)
        }
        if let requirement { return judge(requirement) }
        for rule in config["rules"]?.elements ?? [] {
            guard let match = rule["match"],
                RouteMatch(match).verdict(in: surroundings) == .holds
            else { continue }
            var requirement = rule["requires"]
            if let name = rule.text("requirementName") {
                requirement = config["requirementMap"]?[name]
            }
            return requirement.map { judge($0) } ?? .passes(token: false)
        }
        return .passes(token: false)
    }

    private mutating func judge(_ requirement: CanonicalValue) -> Outcome {
        switch failure(of: requirement) {
        case nil: .passes(token: hasTaken)
        case .missing: .refused(401, "Jwt is missing")
        case .invalid(let status, let reason): .refused(status, reason)
        }
    }

    private var providers: [(name: String, value: CanonicalValue)] {
        (config["providers"]?.members ?? []).map { ($0.key, $0.value) }
    }

    // MARK: - Requirements

    private mutating func failure(of requirement: CanonicalValue) -> Failure? {
        if let name = requirement.text("providerName") { return failure(of: name, audiences: nil) }
        if let both = requirement["providerAndAudiences"] {
            return failure(of: both.text("providerName") ?? "", audiences: both.texts("audiences"))
        }
        if let all = requirement["requiresAll"]?["requirements"]?.elements {
            for part in all {
                if let failure = failure(of: part) { return failure }
            }
            return nil
        }
        if let any = requirement["requiresAny"]?["requirements"]?.elements {
            var failures: [Failure] = []
            for part in any {
                guard let failure = failure(of: part) else { return nil }
                failures.append(failure)
            }
            // What is wrong with a token says more than that one is missing.
            return failures.last { $0 != .missing } ?? failures.last
        }
        if requirement["allowMissingOrFailed"] != nil { return nil }
        if requirement["allowMissing"] != nil { return failureOfAnyToken() }
        return nil
    }

    private mutating func failure(of name: String, audiences: [String]?) -> Failure? {
        guard let provider = providers.first(where: { $0.name == name })?.value else { return nil }
        let tokens = tokens(of: provider)
        guard !tokens.isEmpty else { return .missing }
        for token in tokens {
            if let failure = failure(of: token, provider, audiences: audiences) { return failure }
        }
        return nil
    }

    /// `allow_missing`: a token that is there has to be one of some provider's.
    private mutating func failureOfAnyToken() -> Failure? {
        for token in Set(providers.flatMap { tokens(of: $0.value) }) {
            guard let payload = TokenCheck.payload(of: token) else {
                return .invalid(401, TokenCheck.malformed)
            }
            let issuer = payload["iss"]?.string
            let provider = providers.first {
                $0.value.text("issuer") == nil || $0.value.text("issuer") == issuer
            }
            guard let provider else { return .invalid(401, "Jwt issuer is not configured") }
            if let failure = failure(of: token, provider.value, audiences: nil) { return failure }
        }
        return nil
    }

    // MARK: - Tokens

    private static let malformed =
        "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections"

    private mutating func failure(
        of token: String, _ provider: CanonicalValue, audiences: [String]?
    ) -> Failure? {
        guard let payload = TokenCheck.payload(of: token) else {
            return .invalid(401, TokenCheck.malformed)
        }
        if let issuer = provider.text("issuer"), !issuer.isEmpty,
            payload["iss"]?.string.map({ $0.isSameText(as: issuer) }) != true
        {
            return .invalid(401, "Jwt issuer is not configured")
        }
        if let now {
            let skew = provider.integer("clockSkewSeconds") ?? 60
            if let start = payload["nbf"]?.integer, start > now + skew {
                return .invalid(401, "Jwt not yet valid")
            }
            if let end = payload["exp"]?.integer, end < now - skew {
                return .invalid(401, "Jwt is expired")
            }
        }
        let wanted = audiences.flatMap { $0.isEmpty ? nil : $0 } ?? provider.texts("audiences")
        let own =
            payload["aud"]?.list?.compactMap(\.string) ?? [payload["aud"]?.string].compactMap { $0 }
        if !wanted.isEmpty, Set(wanted).isDisjoint(with: own) {
            return .invalid(403, "Audiences in Jwt are not allowed")
        }
        hasTaken = true
        if let name = provider.text("payloadInMetadata") { claims[name] = payload }
        return nil
    }

    /// The tokens of a request in the places of a provider: by default `Authorization: Bearer` and the
    /// query's `access_token`.
    private func tokens(of provider: CanonicalValue) -> [String] {
        let fromHeaders = provider["fromHeaders"]?.elements ?? []
        let fromParameters = provider.texts("fromParams")
        let fromCookies = provider.texts("fromCookies")
        if fromHeaders.isEmpty, fromParameters.isEmpty, fromCookies.isEmpty {
            return [
                headers.value("authorization").flatMap {
                    TokenCheck.token(in: $0, after: "Bearer ")
                },
                headers.queryParameter("access_token"),
            ].compactMap { $0 }
        }
        return fromHeaders.compactMap { place in
            headers.value(place.text("name") ?? "").flatMap {
                TokenCheck.token(in: $0, after: place.text("valuePrefix") ?? "")
            }
        } + fromParameters.compactMap(headers.queryParameter)
            + fromCookies.compactMap(headers.cookie)
    }

    private static func token(in text: String, after prefix: String) -> String? {
        guard !prefix.isEmpty else { return text }
        guard let place = text.firstRange(of: prefix) else { return nil }
        return String(text[place.upperBound...].prefix { $0 != " " && $0 != "," })
    }

    /// The payload of a token of three parts in base64, of which the first two are JSON.
    private static func payload(of token: String) -> JSONValue? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, object(in: parts[0]) != nil else { return nil }
        return object(in: parts[1])
    }

    private static func object(in text: Substring) -> JSONValue? {
        guard let bytes = Base64Text.bytes(of: String(text)),
            let value = try? JSONTreeBuilder.value(of: bytes, source: "token"),
            case .object = value
        else { return nil }
        return value
    }
}
