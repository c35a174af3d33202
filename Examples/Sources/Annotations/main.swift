// GitHub annotations, one for each resource that differs: Annotations ISTIOD ENVOY
import DrydockDiff

let envoy = try ConfigDump(contentsOfFile: CommandLine.arguments[2])
let comparison = try Comparison(
    from: ConfigDump(contentsOfFile: CommandLine.arguments[1]), to: envoy)

for section in comparison.sections {
    // All lines of a kind in one pass over the file.
    let lines = try envoy.lines(of: section.changed.map(\.to))
    for (difference, line) in zip(section.changed, lines) {
        let paths = difference.changes.map(\.path.description).joined(separator: ", ")
        print(
            "::error file=\(envoy.source),line=\(line),"
                + "title=\(difference.kind.singular) \(difference.name)::\(paths)")
    }
    for name in section.onlyFrom { print("::error file=\(envoy.source)::\(name) is missing") }
}
