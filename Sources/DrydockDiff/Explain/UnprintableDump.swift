public import EnvoyConfig
public import Reporting

/// Explains the line of text that Envoy answers where it cannot print its configuration.
public enum UnprintableDump {
    /// The users of the type that Envoy lacks, by Istiod's dump of the same proxy: the first such
    /// resources with the name of the filter or other part, a note each.
    ///
    /// - Throws: `ConfigDumpError` if Istiod's dump cannot be read again.
    /// - Complexity: one pass over Istiod's dump.
    public static func notes(
        for error: ConfigDumpError, istiod: ConfigDump
    ) throws(ConfigDumpError) -> [Note] {
        guard let typeName = error.typeName else { return [] }
        let reader = istiod.makeReader()
        var notes: [Note] = []
        var others = 0
        for kind in [ResourceKind.listeners, .clusters, .routes, .ecds] {
            for resource in istiod.compared(kind) {
                let value = try reader.canonicalValue(of: resource)
                let users = TreeSearch.users(ofType: typeName, in: value, named: nil)
                guard let first = users.first else { continue }
                if notes.count == limit {
                    others += 1
                    continue
                }
                let part =
                    first.isEmpty || first == resource.name ? "" : ", \(part(of: kind)) \(first)"
                notes.append(
                    Note(
                        .unreadable, source: .istiod,
                        text: "\(kind.singular) \(resource.name)\(part) uses \(typeName)",
                        resource: Note.Subject(kind: kind, name: resource.name)))
            }
        }
        if others > 0, let last = notes.indices.last {
            notes[last].text += "; \(others) other resources use it too"
        }
        return notes
    }

    private static let limit = 5

    private static func part(of kind: ResourceKind) -> String {
        kind == .listeners ? "filter" : "part"
    }
}
