internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// What of a proxy's captures is of a format that is not read, or odd.
struct PassedOverRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        mesh.add { evidence, _ in
            var texts: [String] = []
            if evidence.capture?.isZtunnel ?? false {
                texts.append(
                    "a ztunnel: its dump has another format than Envoy's and is passed over")
            }
            let warnings = [evidence.envoy, evidence.istiodDump].flatMap { $0?.warnings ?? [] }
            texts += warnings.map { "in its dump: \($0)" }
            return texts.map { Note(.passedOver, source: .drydock, text: $0) }
        }
    }
}
