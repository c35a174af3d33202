internal import EnvoyConfig
internal import EnvoyResources
internal import StrictJSON

/// A list of `envoy.config.common.mutation_rules.v3.HeaderMutation`, as filters and connection managers
/// have them.
struct HeaderMutations {
    private let mutations: [CanonicalValue]

    init(_ mutations: [CanonicalValue]) {
        self.mutations = mutations
    }

    /// Changes a head, one mutation after the other.
    func apply(to headers: inout RequestHeaders) {
        for mutation in mutations {
            if let name = mutation.text("remove") {
                headers.remove(name.asciiLowercased)
            } else if let match = mutation["removeOnMatch"]?["keyMatcher"] {
                let matcher = StringMatch(match)
                headers.remove(headers.names.filter { matcher.verdict(for: $0, of: "") == .holds })
            } else if let append = mutation["append"], let header = append["header"] {
                HeaderMutations.append(header, append, to: &headers)
            }
        }
    }

    private static func append(
        _ header: CanonicalValue, _ append: CanonicalValue, to headers: inout RequestHeaders
    ) {
        let name = (header.text("key") ?? "").asciiLowercased
        let value = header.text("value") ?? ""
        if value.isEmpty, append.flag("keepEmptyValue") != true { return }
        // What a format makes of the request is known only there.
        let text = value.contains("%") ? HeadMutation.unknown : value
        let isThere = headers.value(name) != nil
        switch append.text("appendAction") {
        case "ADD_IF_ABSENT": if !isThere { headers.set(name, text) }
        case "OVERWRITE_IF_EXISTS": if isThere { headers.set(name, text) }
        case "OVERWRITE_IF_EXISTS_OR_ADD": headers.set(name, text)
        default: headers.add(name, text)
        }
    }
}
