// Counts the keys of a JSON document of any size from a pipe: KeyCount < large.json
import StrictJSON

struct KeyCounter: JSONVisitor {
    var counts: [String: Int] = [:]

    mutating func visit(_ token: JSONToken.Kind, _ text: Span<UInt8>) {
        if token == .key { counts[String(utf8: text), default: 0] += 1 }
    }
}

let input = try InputFile(descriptor: 0, name: "standard input")
let counter = try JSONParser.read(input, KeyCounter())
for (key, count) in counter.counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }).prefix(
    10)
{
    print(count, key)
}
