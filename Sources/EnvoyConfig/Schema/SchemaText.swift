/// The table's text, and where its records begin.
///
///     002946 000377                      how many messages, how many enums
///     00000000007e0000dc…                where each record begins, six hex digits, 16 a line
///     envoy.…v3.Cluster - name,s …       a message: its full name, the index of the v3 message that
///                                        it reads as (or -), its fields
///     envoy.…v3.RoutingPriority - DEFAULT HIGH
///                                        an enum: the same, and its values; `NAME,5` where a number
///                                        is not one more than the one before
///
/// Messages are sorted by name. A field is `name,` and then letters, some with a number:
///
///     transport_socket_matches,Mrt195n0
///                              │││   └── n: its place in the v3 message, where that is not its own
///                              ││└── t: the index of its message or enum
///                              │└── r repeated, m a map with the kind of its keys, p presence,
///                              │    x sensitive, o its oneof
///                              └── the kind of its values
///
/// `=` precedes a JSON name that does not follow from the name, `~` the name of the v3 field.
struct SchemaText {
    let messageCount: Int
    let enumCount: Int
    private let places: UnsafePointer<UInt8>
    private let records: UnsafePointer<UInt8>

    private static let placesPerLine = 16
    private static let digits = 6

    init() {
        let text = SchemaTable.text.utf8Start
        messageCount = SchemaText.number(text, radix: 10)
        enumCount = SchemaText.number(text + 7, radix: 10)
        places = text + 14
        let count = messageCount + enumCount
        let lines = (count + SchemaText.placesPerLine - 1) / SchemaText.placesPerLine
        records = places + count * SchemaText.digits + lines
    }

    func message(at index: Int) -> UnsafeBufferPointer<UInt8> { record(index) }
    func enumeration(at index: Int) -> UnsafeBufferPointer<UInt8> { record(messageCount + index) }

    func messageIndex(named name: UnsafeBufferPointer<UInt8>) -> Int? {
        var range = 0..<messageCount
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            let other = MessageRecord(record(middle)).name
            if other.elementsEqual(name) { return middle }
            range =
                other.lexicographicallyPrecedes(name)
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    private func record(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let start =
            records
            + SchemaText.number(
                places + index * SchemaText.digits + index / SchemaText.placesPerLine, radix: 16)
        var end = start
        while end.pointee != UInt8(ascii: "\n") { end += 1 }
        return UnsafeBufferPointer(start: start, count: end - start)
    }

    private static func number(_ text: UnsafePointer<UInt8>, radix: Int) -> Int {
        var value = 0
        for index in 0..<digits {
            let digit = text[index]
            value = value * radix + Int(digit <= UInt8(ascii: "9") ? digit - 48 : digit - 87)
        }
        return value
    }
}
