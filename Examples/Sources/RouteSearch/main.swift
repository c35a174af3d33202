// Which of many dumps route a host to a cluster: RouteSearch HOST CLUSTER DUMP…
//
// Four dumps are read at a time; a cancelled task stops within a chunk of 256 kB.
import Drydock

/// The clusters that a proxy sends requests for a host to.
func clusters(of host: String, in path: String) throws -> [String] {
    let dump = try ConfigDump(contentsOfFile: path)
    return try dump.trace(TracedRequest(url: "http://\(host)/")).clusters.map(\.name)
}

/// How many of the dumps route a host to a cluster.
func count(of paths: [String], routing host: String, to cluster: String) async throws -> Int {
    try await withThrowingTaskGroup(of: [String].self) { group in
        for path in paths.prefix(4) {
            group.addTask { try clusters(of: host, in: path) }
        }
        var rest = paths.dropFirst(4)
        var count = 0
        while let found = try await group.next() {
            if found.contains(cluster) { count += 1 }
            if let path = rest.popFirst() {
                group.addTask { try clusters(of: host, in: path) }
            }
        }
        return count
    }
}

let arguments = Array(CommandLine.arguments.dropFirst())
let (host, cluster) = (arguments[0], arguments[1])
let paths = Array(arguments.dropFirst(2))
let found = try await count(of: paths, routing: host, to: cluster)
print("\(found) of \(paths.count) dumps route \(host) to \(cluster)")
