internal import EnvoyConfig
internal import Reporting

/// Finds which resources of a kind a NACK is about.
struct RejectionFinder {
    let kind: ResourceKind
    /// The names of the kind in Istiod's dump.
    let known: [String]
    /// Those that differ, or all where Envoy's dump does not say: what a reason without a name can be
    /// about.
    let suspects: [Resource]
    /// The names that differ; nil if that is not known.
    let differing: [String]?
    let reader: ResourceReader?
    /// RE2's error for a pattern that is not valid.
    let regexError: ((String) -> String?)?

    /// What a NACK's text says. `whole` is the same text as the proxy's log has it: Istiod cuts long
    /// ones off, before the reason.
    func groups(
        _ text: String, whole: String?, source: Note.Source
    ) throws(ConfigDumpError) -> [RejectionGroup] {
        var groups: [RejectionGroup] = []
        for rejection in Rejection.parse(Rejection.complete(text, by: whole), known: known) {
            let names = try rejection.names.isEmpty ? holders(of: rejection) : rejection.names
            if let same = groups.firstIndex(where: { $0.reason == rejection.reason }) {
                groups[same].names += names.filter { !groups[same].names.contains($0) }
                continue
            }
            groups.append(
                RejectionGroup(
                    kind: kind, names: names, candidates: names.isEmpty ? differing ?? [] : [],
                    reason: rejection.reason, source: source, values: rejection.values))
        }
        return groups
    }

    /// The suspects that the reason names in its words, else those that hold the value that it
    /// complains of; none if nothing fits.
    private func holders(of rejection: Rejection) throws(ConfigDumpError) -> [String] {
        let words = Set(rejection.words)
        let named = suspects.map(\.name).filter(words.contains)
        if !named.isEmpty { return named }
        let values = rejection.values
        var names: [String] = []
        if let reader, !values.isEmpty {
            for resource in suspects
            where TreeSearch.holds(try reader.canonicalValue(of: resource), anyOf: values) {
                names.append(resource.name)
            }
        }
        if names.isEmpty { names = try holders(ofPatternRefusedFor: rejection.reason) }
        // The only resource that differs is it in any case; the only one of a kind may be fine.
        guard names.isEmpty, let differing, differing.count == 1 else { return names }
        return differing
    }

    /// The suspects with a regular expression of which RE2 says just this: its texts are fragments that
    /// stand nowhere in the configuration.
    private func holders(ofPatternRefusedFor reason: String) throws(ConfigDumpError) -> [String] {
        guard let reader, let regexError else { return [] }
        var names: [String] = []
        for resource in suspects {
            let patterns = TreeSearch.texts(
                under: "regex", in: try reader.canonicalValue(of: resource))
            let isIt = patterns.contains { regexError($0).map { reason.hasSuffix($0) } ?? false }
            if isIt { names.append(resource.name) }
        }
        return names
    }
}
