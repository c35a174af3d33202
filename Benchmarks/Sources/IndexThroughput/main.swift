// Times Drydock's index pass against bare yajl: IndexThroughput FILE [ROUNDS]
//
// Both read the same file in this process, on one thread, by turns, so that what else the machine
// does meets both alike. The medians of the processor's time count.

import CYajlBaseline
import DrydockDiff
import Foundation

func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    let start = clock()
    try body()
    return Double(clock() - start) / Double(CLOCKS_PER_SEC)
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

let arguments = CommandLine.arguments.dropFirst()
guard let path = arguments.first else {
    print("usage: IndexThroughput FILE [ROUNDS]")
    exit(2)
}
let rounds = arguments.dropFirst().first.flatMap { Int($0) } ?? 11
let attributes = try FileManager.default.attributesOfItem(atPath: path)
let megabytes = (attributes[.size] as? Double ?? 0) / 1e6

var yajl: [Double] = []
var drydock: [Double] = []
var resources = 0
for _ in 0..<max(1, rounds) {
    yajl.append(processorSeconds { precondition(baseline_parse(path) > 0, "not JSON: \(path)") })
    drydock.append(
        try processorSeconds { resources = try ConfigDump(contentsOfFile: path).resources.count })
}
print(
    String(
        format: "%d resources, yajl %.0f MB/s, drydock %.0f MB/s, ratio %.2f", resources,
        megabytes / median(yajl), megabytes / median(drydock), median(yajl) / median(drydock)))
