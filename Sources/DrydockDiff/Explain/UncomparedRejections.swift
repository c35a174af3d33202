package import EnvoyConfig
internal import Reporting

/// Explains what Envoy refused where its dump cannot be compared with Istiod's: it is not readable, or
/// the kind is not in both.
package enum UncomparedRejections {
    /// What a proxy's sync status says was refused, a group for each reason.
    ///
    /// - Parameters:
    ///   - kind: The kind of the resources.
    ///   - status: The proxy's sync status.
    ///   - log: The rejections in the proxy's log.
    ///   - istiod: Istiod's dump of the proxy, with the bytes of this kind.
    /// - Returns: The groups, in the text's order.
    /// - Throws: `ConfigDumpError` if Istiod's dump cannot be read again.
    package static func groups(
        _ kind: ResourceKind, _ status: ProxySyncStatus, log: RejectionSource,
        istiod: ConfigDump?
    ) throws(ConfigDumpError) -> [RejectionGroup] {
        let type = status[kind]
        // Released Istios tell no reason: where the type is out of step a log may.
        let logged = type.state == .stale ? log[kind] : nil
        guard let text = type.lastError ?? logged else { return [] }
        let resources = istiod?.compared(kind) ?? []
        let finder = RejectionFinder(
            kind: kind, known: resources.map(\.name), suspects: resources, differing: nil,
            reader: istiod?.makeReader(), regexError: log.regexError)
        return try finder.groups(
            text, whole: log[kind], source: type.lastError == nil ? .agent : .istiod)
    }

    /// What Envoy's own dump says was refused, where Istiod's is not there to tell whether it still
    /// matters: what is in use differs from it.
    package static func groups(_ kind: ResourceKind, inUseOf envoy: ConfigDump) -> [RejectionGroup]
    {
        var groups: [RejectionGroup] = []
        var names: Set<String> = []
        for resource in envoy.resources(kind, .rejected) {
            guard let failure = resource.failure, names.insert(resource.name).inserted else {
                continue
            }
            let inUse = envoy.resources(kind, .active).first { $0.name == resource.name }
            guard inUse?.fingerprint != resource.fingerprint else { continue }
            let reason = RejectionText.line(failure.details)
            groups.append(
                RejectionGroup(
                    kind: kind, names: [resource.name], reason: reason, source: .envoy,
                    values: Rejection(names: [resource.name], reason: reason).values))
        }
        return groups
    }
}
