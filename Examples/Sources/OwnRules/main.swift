// A rule of what is ignored, and a cause of one's own: OwnRules ISTIOD ENVOY
import DrydockDiff

extension Note.Kind {
    /// A timeout that is too long for our services.
    static let slowTimeout = Note.Kind(rawValue: "slow-timeout")
}

let envoy = try ConfigDump(contentsOfFile: CommandLine.arguments[2])
var comparison = try Comparison(
    from: ConfigDump(contentsOfFile: CommandLine.arguments[1]), to: envoy,
    options: Comparison.Options(ignoring: [
        IgnoreRule(
            kind: .routes, name: "9080", path: "virtualHosts[\"reviews*\"].routes[*].timeout"),
        IgnoreRule(kind: .listeners),
    ])
).explained()

for cluster in try envoy.clusters {
    guard let timeout = cluster.connectTimeout, timeout >= .seconds(10) else { continue }
    comparison.notes.append(
        Note(
            .slowTimeout, source: .envoy, text: "\(cluster.name) waits \(timeout) to connect",
            resource: Note.Subject(kind: .clusters, name: cluster.name)))
}
print(comparison.summary())
for rule in comparison.unusedRules { print("ignored nothing: \(rule)") }
