internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// An `xds.type.matcher.v3.Matcher`: a list of predicates, or a tree of a value, whose leaves are
/// actions.
struct MatcherTree {
    /// What comes of it.
    enum Outcome {
        /// The action's extension.
        case action(Extension)
        case noMatch
        /// What would have to be known.
        case undecided(String)
    }

    /// A value that a matcher looks at.
    enum Input {
        case text(String)
        /// It is absent, like a header that was not sent.
        case missing
        case unknown(String)
    }

    /// Gives the value of an input by its type's last part, such as `DestinationPortInput`.
    let input: (String, CanonicalValue) -> Input

    /// Goes down a matcher.
    func outcome(of matcher: CanonicalValue) -> Outcome {
        var result = Outcome.noMatch
        if let list = matcher["matcherList"]?["matchers"]?.elements {
            result = outcome(ofList: list)
        } else if let tree = matcher["matcherTree"] {
            result = outcome(ofTree: tree)
        }
        guard case .noMatch = result, let rest = matcher["onNoMatch"] else { return result }
        return outcome(ofMatch: rest)
    }

    /// An action, or a matcher of its own.
    private func outcome(ofMatch match: CanonicalValue) -> Outcome {
        if let matcher = match["matcher"] { return outcome(of: matcher) }
        return match["action"].map { .action(Extension($0)) } ?? .noMatch
    }

    /// The first predicate that holds, unless nothing matches below it.
    private func outcome(ofList matchers: [CanonicalValue]) -> Outcome {
        for matcher in matchers {
            switch verdict(of: matcher["predicate"] ?? .object([])) {
            case .fails: continue
            case .undecided(let reason): return .undecided(reason)
            case .holds:
                let result = outcome(ofMatch: matcher["onMatch"] ?? .object([]))
                if case .noMatch = result { continue }
                return result
            }
        }
        return .noMatch
    }

    private func verdict(of predicate: CanonicalValue) -> Verdict {
        if let parts = predicate["orMatcher"]?["predicate"]?.elements {
            return .any(parts.map(verdict))
        }
        if let parts = predicate["andMatcher"]?["predicate"]?.elements {
            return .all(parts.map(verdict))
        }
        if let part = predicate["notMatcher"] {
            return verdict(of: part).negated("the predicate excludes it")
        }
        guard let single = predicate["singlePredicate"], let match = single["valueMatch"] else {
            return .undecided("a matcher uses an extension")
        }
        switch value(of: single["input"]) {
        case .text(let text): return StringMatch(match).verdict(for: text, of: "the value")
        case .missing: return .fails("there is no value")
        case .unknown(let reason): return .undecided(reason)
        }
    }

    private func value(of configured: CanonicalValue?) -> Input {
        let config = configured?["typedConfig"]
        let type = config?.typeName ?? ""
        return input(type.split(separator: ".").last.map(String.init) ?? "", config ?? .object([]))
    }

    private func outcome(ofTree tree: CanonicalValue) -> Outcome {
        let text: String
        switch value(of: tree["input"]) {
        case .text(let value): text = value
        case .missing: return .noMatch
        case .unknown(let reason): return .undecided(reason)
        }
        if let map = tree["exactMatchMap"]?["map"] {
            return map[text].map(outcome(ofMatch:)) ?? .noMatch
        }
        if let map = tree["prefixMatchMap"]?["map"] {
            let longest = map.members.filter { text.beginsWith($0.key) }
                .max { $0.key.utf8.count < $1.key.utf8.count }
            return longest.map { outcome(ofMatch: $0.value) } ?? .noMatch
        }
        if let ranges = tree["customMatch"]?["typedConfig"]?["rangeMatchers"]?.elements {
            return outcome(ofRanges: ranges, text)
        }
        return .undecided("a matcher tree uses an extension")
    }

    /// The longest network first; where nothing matches below it, the wider ones, unless they are
    /// exclusive.
    private func outcome(ofRanges matchers: [CanonicalValue], _ text: String) -> Outcome {
        guard let address = IPAddress(text) else { return .noMatch }
        var found: [(length: Int, matcher: CanonicalValue)] = []
        for matcher in matchers {
            for range in matcher.messages("ranges", as: AddressPrefix.self) {
                guard let network = IPAddress(range.address),
                    address.isIn(network, bits: range.length)
                else { continue }
                found.append((range.length, matcher))
            }
        }
        // Sorting keeps the order of equals.
        let ordered = found.enumerated().sorted {
            ($1.element.length, $0.offset) < ($0.element.length, $1.offset)
        }
        for (place, entry) in ordered.map(\.element.matcher).enumerated() {
            if place > 0, entry.flag("exclusive") == true { continue }
            let result = outcome(ofMatch: entry["onMatch"] ?? .object([]))
            if case .noMatch = result { continue }
            return result
        }
        return .noMatch
    }
}

extension MatcherTree {
    /// A matcher over what is known of a connection, and of a request where there is one.
    init(_ connection: Connection, headers: RequestHeaders?) {
        input = { type, config in
            switch type {
            case "DestinationIPInput":
                return .init(
                    connection.destination.address?.description, "the destination's address")
            case "DestinationPortInput":
                return .init(connection.destination.port.map(String.init), "the destination's port")
            case "SourceIPInput":
                return .init(connection.remoteAddress?.description, "the source's address")
            case "DirectSourceIPInput":
                return .init(connection.directSource?.address?.description, "the direct source")
            case "SourcePortInput":
                return .init(connection.source?.port.map(String.init), "the source's port")
            case "SourceTypeInput":
                return connection.isLocal ? .text("local") : .missing
            case "ServerNameInput":
                return connection.serverName.isEmpty ? .missing : .text(connection.serverName)
            case "TransportProtocolInput":
                return .text(connection.transportProtocol)
            case "ApplicationProtocolInput":
                let names = connection.applicationProtocols.map { "'\($0)'" }
                return names.isEmpty ? .missing : .text(names.joined(separator: ","))
            case "UriSanInput", "SubjectInput":
                guard connection.isSecure else { return .missing }
                return .init(connection.principal, "the peer's identity")
            case "HttpRequestHeaderMatchInput":
                guard let headers else { return .missing }
                return headers.value(config.text("headerName") ?? "").map(Input.text) ?? .missing
            case "HttpRequestQueryParamMatchInput":
                guard let headers else { return .missing }
                let name = config.text("queryParam") ?? ""
                return headers.queryParameter(name).map(Input.text) ?? .missing
            default:
                return .unknown("a matcher tree looks at \(type), which is not followed")
            }
        }
    }
}

extension MatcherTree.Input {
    /// A text where it is known, else what is not given.
    fileprivate init(_ text: String?, _ what: String) {
        self = text.map { .text($0) } ?? .unknown("\(what) is not given")
    }
}
