// Clusters whose timeouts or circuit breakers differ, grouped by identical change:
// DifferingClusters ISTIOD ENVOY
import DrydockDiff

let paths = CommandLine.arguments.dropFirst()
let comparison = try Comparison(
    from: ConfigDump(contentsOfFile: paths[1]), to: ConfigDump(contentsOfFile: paths[2]),
    options: Comparison.Options(kinds: [.clusters]))

var groups: [[ValueChange]: [String]] = [:]
for cluster in comparison.clusters.changed {
    let changes = cluster.changes.filter { change in
        let path = change.path.description
        return path == "connectTimeout" || path.hasPrefix("circuitBreakers")
    }
    if !changes.isEmpty { groups[changes, default: []].append(cluster.name) }
}

for (changes, names) in groups.sorted(by: { $0.value.count > $1.value.count }) {
    for change in changes {
        let from = change.from?.description ?? "absent"
        print("\(change.path): \(from) -> \(change.to?.description ?? "absent")")
    }
    for name in names.sorted() { print("    \(name)") }
}
