internal import EnvoyConfig

/// What Istio's agent changes on the way from Istiod to Envoy: it fetches a remote Wasm module and gives
/// Envoy the file, `vm_config.code.local` in place of `code.remote`.
enum AgentRewrite {
    /// Whether the changes of an extension are nothing but that.
    static func covers(_ changes: [ValueChange], of kind: ResourceKind) -> Bool {
        guard kind == .ecds, !changes.isEmpty else { return false }
        return changes.allSatisfy { change in
            guard change.path.components.suffix(2).first == .key("code") else { return false }
            switch (change.path.components.last, change.from, change.to) {
            case (.key("remote"), _?, nil), (.key("remote"), nil, _?): return true
            case (.key("local"), let file?, nil), (.key("local"), nil, let file?):
                return file["filename"]?.stringValue?.hasSuffix(".wasm") ?? false
            default: return false
            }
        } && isSameModule(changes)
    }

    /// Whether the file is of the module with the checksum that is asked for: the agent names it so.
    private static func isSameModule(_ changes: [ValueChange]) -> Bool {
        let values = changes.compactMap { $0.from ?? $0.to }
        guard let sum = values.compactMap({ $0["sha256"]?.stringValue }).first, !sum.isEmpty else {
            return changes.count == 2
        }
        return values.contains { $0["filename"]?.stringValue?.contains(sum) ?? false }
    }
}
