internal import EnvoyConfig
internal import Reporting

/// What of a proxy's dumps could not be read and is not compared between proxies anyway.
struct NotComparedRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        mesh.add { evidence, _ in
            let defects = [evidence.envoy, evidence.istiodDump].flatMap { $0?.defects ?? [] }
            return defects.filter { !ResourceDelta.kinds.contains($0.kind) }.map { defect in
                Note(.notCompared, source: .drydock, text: "not compared: \(defect.error.message)")
            }
        }
    }
}
