// A thousand traces through one dump, which is read once: ThousandTraces DUMP HOST
import Drydock

let dump = try ConfigDump(contentsOfFile: CommandLine.arguments[1])
let tracer = try dump.makeTracer()
let host = CommandLine.arguments[2]

var outcomes: [RequestTrace.Outcome: Int] = [:]
for number in 0..<1000 {
    let request = try TracedRequest(url: "http://\(host)/item/\(number)")
    outcomes[try tracer.trace(request).outcome, default: 0] += 1
}
for (outcome, count) in outcomes.sorted(by: { $0.value > $1.value }) {
    print(count, outcome.rawValue)
}
