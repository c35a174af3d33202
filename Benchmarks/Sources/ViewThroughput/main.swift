// Times each table against the index pass: ViewThroughput FILE [ROUNDS]
//
// All read the same file in this process, on one thread, by turns, so that what else the machine
// does meets all alike. The medians of the processor's time count. A table is read, sorted and
// written, to a place that forgets it.

import Drydock
import Foundation

struct Forgetful: ByteOutput {
    var count = 0
    mutating func write(_ bytes: ArraySlice<UInt8>) { count += bytes.count }
}

func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    let start = clock()
    try body()
    return Double(clock() - start) / Double(CLOCKS_PER_SEC)
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func table(_ kind: CapturedKind, _ summary: ProxySummary) -> TextTable {
    switch kind {
    case .listeners: .listeners(summary.listeners)
    case .routes: .routes(summary.routes)
    case .endpoints: .endpoints(summary.endpoints)
    default: .clusters(summary.clusters)
    }
}

let arguments = CommandLine.arguments.dropFirst()
guard let path = arguments.first else {
    print("usage: ViewThroughput FILE [ROUNDS]")
    exit(2)
}
let rounds = arguments.dropFirst().first.flatMap { Int($0) } ?? 7
let kinds: [CapturedKind] = [.clusters, .listeners, .routes, .endpoints]

var index: [Double] = []
var views: [CapturedKind: [Double]] = [:]
var lengths: [CapturedKind: Int] = [:]
for _ in 0..<max(1, rounds) {
    index.append(try processorSeconds { _ = try ConfigDump(contentsOfFile: path) })
    for kind in kinds {
        views[kind, default: []].append(
            try processorSeconds {
                let capture = try AdminCapture(contentsOfFile: path)
                var output = Forgetful()
                table(kind, try capture.summary(of: [kind])).write(to: &output)
                lengths[kind] = output.count
            })
    }
}
print(String(format: "index pass %.2f s", median(index)))
for kind in kinds {
    let time = median(views[kind] ?? [])
    print(
        String(
            format: "%@ %.2f s, ratio to the index pass %.2f, %.1f MB of text", "\(kind)", time,
            time / median(index), Double(lengths[kind] ?? 0) / 1e6))
}
