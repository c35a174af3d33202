import CanonicalForm
import ConfigDumpIndex
import UnifiedText
import StructuralDiff
let a = CommandLine.arguments
do {
    let dump = try ConfigDump(contentsOfFile: a[2])
    if a[1] == "index" { print(dump.resources.count, dump.irregularities.count) } else if a[1] == "check" {
        let r = dump.makeReader()
        for x in dump.resources where !x.range.isEmpty { let v = try r.canonicalValue(of: x); if v.lineCount != x.lineCount { print("LINES", x.kind, x.name, v.lineCount, x.lineCount) } }
        for i in dump.irregularities.prefix(5) { print(i) }
    } else if a[1] == "names" {
        let c = try Comparison(from: dump, to: try ConfigDump(contentsOfFile: a[3]))
        print("{", terminator: "")
        for (i, s) in c.sections.enumerated() { print(i > 0 ? "," : "", "\"\(s.kind)\": {\"onlyFrom\":", s.onlyFrom.description, ",\"onlyTo\":", s.onlyTo.description, ",\"changed\":", s.changed.map(\.name).description, "}") }
        print("}")
    } else if a[1] == "diff" {
        let c = try Comparison(from: dump, to: try ConfigDump(contentsOfFile: a[3]), options: .init(kinds: a.count > 4 ? [ResourceKind(rawValue: a[4])!] : [.clusters, .listeners, .routes]))
        print(try c.unifiedDiff(context: a.count > 5 ? Int(a[5])! : 7), terminator: "")
        if a.count > 6 { for s in c.sections { for x in s.changed { for y in x.changes { print(x.name, y.path) } } } }
    } else {
        var t = TextBuffer(); try CanonicalDocument(dump, ResourceKind(rawValue: a[3])!).write(to: &t); print(t.text, terminator: "")
    }
} catch { print("ERR", error) }
