import CanonicalForm
import ConfigDumpIndex
import UnifiedText
let a = CommandLine.arguments
do {
    let dump = try ConfigDump(contentsOfFile: a[2])
    if a[1] == "index" { print(dump.resources.count, dump.irregularities.count) } else if a[1] == "check" {
        let r = dump.makeReader()
        for x in dump.resources where !x.range.isEmpty { let v = try r.canonicalValue(of: x); if v.lineCount != x.lineCount { print("LINES", x.kind, x.name, v.lineCount, x.lineCount) } }
        for i in dump.irregularities.prefix(5) { print(i) }
    } else {
        var t = TextBuffer(); try CanonicalDocument(dump, ResourceKind(rawValue: a[3])!).write(to: &t); print(t.text, terminator: "")
    }
} catch { print("ERR", error) }
