internal import EnvoyConfig
internal import Reporting

/// Differences between dumps in a few words.
enum DriftText {
    /// How many resources differ: `3 clusters and 1 listener differ`; nil if none does.
    static func counts(_ deltas: [ResourceDelta]) -> String? {
        let parts = deltas.filter { !$0.isEmpty }.map { $0.kind.count($0.names.count) }
        guard let last = parts.last else { return nil }
        let first = parts.dropLast().joined(separator: ", ")
        let isOne = parts.count == 1 && last.hasPrefix("1 ")
        return "\(first.isEmpty ? last : "\(first) and \(last)") \(isOne ? "differs" : "differ")"
    }

    /// The names that differ, the first few of each kind.
    static func names(_ deltas: [ResourceDelta]) -> String {
        deltas.filter { !$0.isEmpty }.map { delta in
            "\(delta.kind.rawValue) \(NameList.text(delta.names.sorted(), limit: 5))"
        }.joined(separator: "; ")
    }
}
