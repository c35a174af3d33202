internal import EnvoyConfig

/// Differences between dumps in a few words.
enum DriftText {
    /// How many resources differ: `3 clusters and 1 listener differ`; nil where none does.
    static func counts(_ deltas: [ResourceDelta]) -> String? {
        let parts = deltas.filter { !$0.isEmpty }.map { delta in
            let count = delta.names.count
            return
                "\(count) \(count == 1 ? String(delta.kind.rawValue.dropLast()) : delta.kind.rawValue)"
        }
        guard let last = parts.last else { return nil }
        let first = parts.dropLast().joined(separator: ", ")
        let isOne = parts.count == 1 && last.hasPrefix("1 ")
        return "\(first.isEmpty ? last : "\(first) and \(last)") \(isOne ? "differs" : "differ")"
    }

    /// Some names, and how many more there are.
    static func list(_ names: [String], limit: Int = 5) -> String {
        let rest = names.count > limit ? " and \(names.count - limit) more" : ""
        return "\(names.prefix(limit).joined(separator: ", "))\(rest)"
    }

    /// The names that differ, the first few of each kind.
    static func names(_ deltas: [ResourceDelta], limit: Int = 5) -> String {
        deltas.filter { !$0.isEmpty }.map { delta in
            "\(delta.kind.rawValue) \(list(delta.names.sorted(), limit: limit))"
        }.joined(separator: "; ")
    }
}
