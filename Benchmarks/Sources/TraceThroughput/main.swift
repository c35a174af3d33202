// Times a thousand requests through one tracer against one: TraceThroughput FILE [REQUESTS]
//
// Both begin with reading the dump. The requests go to every cluster of the dump in turn, as the
// sidecar's workload would send them. The medians of the processor's time count.

import Drydock
import Foundation

func processorSeconds(_ body: () throws -> Void) rethrows -> Double {
    let start = clock()
    try body()
    return Double(clock() - start) / Double(CLOCKS_PER_SEC)
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

let arguments = CommandLine.arguments.dropFirst()
guard let path = arguments.first else {
    print("usage: TraceThroughput FILE [REQUESTS]")
    exit(2)
}
let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 1000

// outbound|PORT||HOST
let names = try ConfigDump(contentsOfFile: path).resources(.clusters, .active)
    .map { $0.name.split(separator: "|", omittingEmptySubsequences: false) }
    .filter { $0.count == 4 && $0[0] == "outbound" && $0[2].isEmpty }
precondition(!names.isEmpty, "the dump has no outbound clusters")
let requests = try (0..<count).map { number in
    let name = names[number * 7919 % names.count]
    return try TracedRequest(url: "http://\(name[3]):\(name[1])/")
}

func follow(_ requests: ArraySlice<TracedRequest>) throws -> Int {
    let tracer = try ConfigDump(contentsOfFile: path).makeTracer()
    return try requests.count { try tracer.trace($0).outcome == .forwarded }
}

var one: [Double] = []
var all: [Double] = []
var forwarded = 0
for _ in 0..<5 {
    one.append(try processorSeconds { _ = try follow(requests.prefix(1)) })
    all.append(try processorSeconds { forwarded = try follow(requests[...]) })
}
print(
    String(
        format: "1 request %.3f s, %d requests %.3f s (%d forwarded), ratio %.2f", median(one), count,
        median(all), forwarded, median(all) / median(one)))
