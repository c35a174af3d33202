internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// Hosts that take no requests, by the proxy's `/clusters`.
struct UnhealthyEndpointsRule: MeshRule {
    func apply(to mesh: inout MeshFindings) {
        mesh.add(to: \.findings) { evidence, _ in
            guard let health = evidence.capture?.hostHealth, health.unhealthyCount > 0 else {
                return []
            }
            var note = Note(
                .unhealthyEndpoints, source: .envoy,
                text: health.unhealthyCount == 1
                    ? "one host takes no requests: \(health.unhealthy[0])"
                    : "\(health.unhealthyCount) hosts take no requests: "
                        + NameList.text(health.unhealthy, limit: 4))
            note.headline = "hosts take no requests, by /clusters"
            return [note]
        }
    }
}
