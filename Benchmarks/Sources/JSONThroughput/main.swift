// Times the public JSON parser against bare yajl: JSONThroughput FILE [ROUNDS]
//
// Both read the same file in this process, on one thread, by turns, and count its keys. The medians of the
// processor's time count.

import CYajlBaseline
import Foundation
import StrictJSON

struct KeyCounter: JSONVisitor {
    var count = 0

    mutating func visit(_ token: JSONToken.Kind, _ text: Span<UInt8>) {
        if token == .key { count += 1 }
    }
}

func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    let start = clock()
    try body()
    return Double(clock() - start) / Double(CLOCKS_PER_SEC)
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

let arguments = CommandLine.arguments.dropFirst()
guard let path = arguments.first else {
    print("usage: JSONThroughput FILE [ROUNDS]")
    exit(2)
}
let rounds = arguments.dropFirst().first.flatMap { Int($0) } ?? 11
let attributes = try FileManager.default.attributesOfItem(atPath: path)
let megabytes = (attributes[.size] as? Double ?? 0) / 1e6

var yajl: [Double] = []
var visited: [Double] = []
var keys = 0
for _ in 0..<max(1, rounds) {
    yajl.append(processorSeconds { precondition(baseline_parse(path) > 0, "not JSON: \(path)") })
    visited.append(
        try processorSeconds {
            keys = try JSONParser.read(InputFile(path: path), KeyCounter()).count
        })
}
print(
    String(
        format: "%d keys, yajl %.0f MB/s, JSONParser %.0f MB/s, ratio %.2f", keys,
        megabytes / median(yajl), megabytes / median(visited), median(yajl) / median(visited)))
