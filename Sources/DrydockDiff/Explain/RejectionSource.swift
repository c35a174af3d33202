package import EnvoyConfig

/// What is known of a proxy's rejections apart from its dumps.
package struct RejectionSource: Sendable {
    /// What a log says was refused last, by type.
    package var log: [ResourceKind: String]
    /// RE2's error for a pattern that is not valid; nil if it is valid. Envoy passes such a text on without
    /// the resource that it is about.
    package var regexError: (@Sendable (String) -> String?)?

    /// Makes one.
    package init(
        log: [ResourceKind: String] = [:], regexError: (@Sendable (String) -> String?)? = nil
    ) {
        self.log = log
        self.regexError = regexError
    }

    /// What a log says was refused last of a type.
    package subscript(kind: ResourceKind) -> String? { log[kind] }
}
