/// The message types of Envoy, xDS and Istio: which key is a field, and what its value is.
///
/// An instance decodes the messages that it is asked for, each once, and owns their layouts: what it
/// hands out is valid as long as it lives. It is cheap to make and belongs to one pass over one
/// dump; nothing is shared between instances, so that nothing needs a lock.
package final class EnvoySchema {
    private let table = SchemaText()
    private var messages: [UnsafeMutablePointer<MessageLayout>?]
    private var enums: [UnsafeMutablePointer<EnumLayout>?]
    private var names: [(name: String, jsonName: String)] = []
    /// The v2 messages, by the v3 messages that they read as; empty until one is asked for.
    private var oldMessages: [Int: Int] = [:]
    private var madeNames: [UnsafeMutableBufferPointer<UInt8>] = []

    /// Makes a schema that has decoded nothing yet.
    package init() {
        messages = Array(repeating: nil, count: table.messageCount)
        enums = Array(repeating: nil, count: table.enumCount)
    }

    deinit {
        for case let message? in messages {
            message.pointee.fields.deallocate()
            message.pointee.first.deallocate()
            message.pointee.slots.deallocate()
            message.deallocate()
        }
        for case let layout? in enums {
            layout.pointee.deallocate()
            layout.deallocate()
        }
        for name in madeNames { name.deallocate() }
    }

    /// How many messages the table has.
    package var messageCount: Int { table.messageCount }
    /// How many enums the table has.
    package var enumCount: Int { table.enumCount }

    /// The message of a full name, which is what follows the last `/` of a type URL; nil for a type
    /// that the table does not have.
    ///
    /// - Complexity: O(log *n*) in the number of messages.
    package func message(named name: UnsafeBufferPointer<UInt8>) -> UnsafePointer<MessageLayout>? {
        table.messageIndex(named: name).map(message(at:))
    }

    /// The message of a full name.
    package func message(named name: String) -> UnsafePointer<MessageLayout>? {
        Array(name.utf8).withUnsafeBufferPointer { message(named: $0) }
    }

    /// The message at a place of the table.
    package func message(at index: Int) -> UnsafePointer<MessageLayout> {
        if let known = messages[index] { return UnsafePointer(known) }
        let layout = UnsafeMutablePointer<MessageLayout>.allocate(capacity: 1)
        layout.initialize(to: decodeMessage(at: index))
        messages[index] = layout
        return UnsafePointer(layout)
    }

    /// The enum at a place of the table.
    package func enumeration(at index: Int) -> UnsafePointer<EnumLayout> {
        if let known = enums[index] { return UnsafePointer(known) }
        let layout = UnsafeMutablePointer<EnumLayout>.allocate(capacity: 1)
        layout.initialize(to: decodeEnum(at: index))
        enums[index] = layout
        return UnsafePointer(layout)
    }

    /// The enum of an enum field.
    package func enumLayout(of field: UnsafePointer<FieldLayout>) -> UnsafePointer<EnumLayout> {
        field.pointee.enumLayout ?? linkEnum(of: field)
    }

    /// The value of an enum field by its name, nil if its enum lacks it.
    ///
    /// - Complexity: mostly one comparison.
    package func enumValue(
        _ name: UnsafePointer<UInt8>, _ count: Int, of field: UnsafePointer<FieldLayout>
    ) -> UnsafePointer<EnumLayout.Value>? {
        if let last = field.pointee.lastValue, last.pointee.key.count == count,
            keysAreEqual(last.pointee.key.baseAddress.unsafelyUnwrapped, name, count)
        {
            return last
        }
        let value = enumLayout(of: field).pointee.value(name, count)
        // The field's memory is this schema's own.
        if let value { UnsafeMutablePointer(mutating: field).pointee.lastValue = value }
        return value
    }

    func linkEnum(of field: UnsafePointer<FieldLayout>) -> UnsafePointer<EnumLayout> {
        let layout = enumeration(at: Int(field.pointee.typeIndex))
        // The field's memory is this schema's own.
        UnsafeMutablePointer(mutating: field).pointee.enumLayout = layout
        return layout
    }

    /// The message of a message field; nil for one that the table does not have.
    package func messageLayout(
        of field: UnsafePointer<FieldLayout>
    ) -> UnsafePointer<MessageLayout>? {
        field.pointee.layout ?? linkLayout(of: field)
    }

    func linkLayout(of field: UnsafePointer<FieldLayout>) -> UnsafePointer<MessageLayout>? {
        guard field.pointee.kind == .message, field.pointee.typeIndex >= 0 else { return nil }
        let layout = message(at: Int(field.pointee.typeIndex))
        // The field's memory is this schema's own.
        UnsafeMutablePointer(mutating: field).pointee.layout = layout
        return layout
    }

    /// The printed original name of a field, made once.
    package func nameString(of field: UnsafePointer<FieldLayout>) -> String {
        names[field.pointee.nameIndex].name
    }

    /// The printed JSON name of a field, made once.
    package func jsonNameString(of field: UnsafePointer<FieldLayout>) -> String {
        names[field.pointee.nameIndex].jsonName
    }

    // MARK: - Decoding

    private func decodeMessage(at index: Int) -> MessageLayout {
        let record = MessageRecord(table.message(at: index))
        let canonical = record.canonicalIndex ?? index
        let name = MessageRecord(table.message(at: canonical)).name
        let form = MessageForm(named: name)
        let role = EnvoySchema.role(ofMessage: name)
        // Newer captures spell an old message with fields that only its successor has.
        let words = record.fields.enumerated().map { (word: FieldWord($1), place: $0) }
        let newer = canonical == index ? [] : newerFields(of: canonical, than: words.map(\.word))
        let all = words + newer
        let fields = UnsafeMutableBufferPointer<FieldLayout>.allocate(capacity: all.count)
        // One for the message's first field, and one for what comes after each field.
        let guesses = UnsafeMutablePointer<FieldGuess>.allocate(capacity: all.count + 1)
        guesses.initialize(repeating: FieldGuess(), count: all.count + 1)
        var slotCount = 4
        while slotCount < all.count * 4 { slotCount *= 2 }
        let slots = UnsafeMutablePointer<UInt16>.allocate(capacity: slotCount)
        slots.initialize(repeating: 0, count: slotCount)
        let mask = UInt64(slotCount - 1)
        for (number, (word, place)) in all.enumerated() {
            var field = layout(of: word, place: place, successor: guesses + (number + 1))
            let tellsType =
                form == .typedStruct && field.name.elementsEqual("type_url".utf8)
                || role != nil && field.name.elementsEqual("name".utf8)
            if tellsType { field.isPlainString = false }
            fields.initializeElement(at: number, to: field)
            EnvoySchema.insert(number, field.key, into: slots, mask: mask)
            if !field.key.elementsEqual(field.jsonKey) {
                EnvoySchema.insert(number, field.jsonKey, into: slots, mask: mask)
            }
        }
        return MessageLayout(
            index: Int32(index), canonicalIndex: Int32(canonical), form: form, role: role,
            name: name, fields: fields, first: guesses, slots: slots, mask: mask)
    }

    /// The fields of a v3 message that its v2 message, which has these fields, lacks under every name.
    private func newerFields(
        of canonical: Int, than words: [FieldWord]
    ) -> [(word: FieldWord, place: Int)] {
        let known = Set(words.flatMap { [$0.name, $0.canonicalName ?? $0.name] }.map(Array.init))
        return MessageRecord(table.message(at: canonical)).fields.enumerated().compactMap {
            let word = FieldWord($1)
            return known.contains(Array(word.name)) ? nil : (word, $0)
        }
    }

    /// What a message configures by name.
    private static func role(
        ofMessage name: UnsafeBufferPointer<UInt8>
    ) -> ExtensionNames.Role? {
        roles.first { name.elementsEqual($0.message.utf8) }?.role
    }

    private static let roles: [(message: String, role: ExtensionNames.Role)] = [
        ("envoy.config.listener.v3.Filter", .networkFilter),
        ("envoy.config.cluster.v3.Filter", .networkFilter),
        ("envoy.config.listener.v3.ListenerFilter", .listenerFilter),
        (
            "envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter",
            .httpFilter
        ),
        ("envoy.config.accesslog.v3.AccessLog", .accessLog),
        ("envoy.config.core.v3.TransportSocket", .upstreamSocket),
        ("envoy.config.trace.v3.Tracing.Http", .tracer),
    ]

    /// The v2 message that reads as a v3 message, whose fields it has too; the message itself
    /// if there is no older one.
    func oldMessage(of layout: UnsafePointer<MessageLayout>) -> UnsafePointer<MessageLayout> {
        if oldMessages.isEmpty {
            for index in 0..<table.messageCount {
                guard let canonical = MessageRecord(table.message(at: index)).canonicalIndex else {
                    continue
                }
                oldMessages[canonical] = index
            }
        }
        return oldMessages[Int(layout.pointee.index)].map(message(at:)) ?? layout
    }

    private static func insert(
        _ place: Int, _ key: UnsafeBufferPointer<UInt8>, into slots: UnsafeMutablePointer<UInt16>,
        mask: UInt64
    ) {
        guard let start = key.baseAddress else { return }
        var slot = keyHash(start, key.count) & mask
        while slots[Int(slot)] != 0 { slot = (slot + 1) & mask }
        slots[Int(slot)] = UInt16(place + 1)
    }

    private func layout(
        of word: FieldWord, place: Int, successor: UnsafeMutablePointer<FieldGuess>
    ) -> FieldLayout {
        let jsonKey = word.jsonName ?? camel(word.name)
        let name = word.canonicalName ?? word.name
        let jsonName = word.canonicalName.map(camel) ?? jsonKey
        var field = FieldLayout(
            successor: successor, key: word.name, jsonKey: jsonKey, name: name, jsonName: jsonName)
        field.ordinal = UInt16(word.ordinal ?? place)
        field.kind = word.kind
        field.cardinality = word.cardinality
        field.mapKeyKind = word.mapKeyKind
        field.hasPresence = word.hasPresence
        field.isSensitive = word.isSensitive
        field.isPlainString = word.kind == .string && !word.isSensitive
        field.oneof = Int16(word.oneof ?? -1)
        field.typeIndex = Int32(word.typeIndex ?? -1)
        if field.kind == .message, let type = word.typeIndex {
            field.form = MessageForm(named: MessageRecord(table.message(at: type)).name)
        }
        field.nameIndex = names.count
        names.append(
            (String(decoding: name, as: UTF8.self), String(decoding: jsonName, as: UTF8.self)))
        return field
    }

    /// The JSON name that protobuf makes of a field's name, in memory of this schema.
    private func camel(_ name: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard name.contains(UInt8(ascii: "_")) else { return name }
        let camel = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: name.count)
        var count = 0
        var isUpper = false
        for byte in name {
            if byte == UInt8(ascii: "_") {
                isUpper = true
                continue
            }
            let isLetter = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
            camel[count] = isUpper && isLetter ? byte - 32 : byte
            isUpper = false
            count += 1
        }
        madeNames.append(camel)
        return UnsafeBufferPointer(rebasing: camel[..<count])
    }

    private func decodeEnum(at index: Int) -> EnumLayout {
        let record = EnumRecord(table.enumeration(at: index))
        let canonical = record.canonicalIndex.map { EnumRecord(table.enumeration(at: $0)) }
        // The first declared name of a number is the one that is printed.
        var names: [Int32: UnsafeBufferPointer<UInt8>] = [:]
        for value in (canonical?.values ?? []) + record.values where names[value.number] == nil {
            names[value.number] = value.name
        }
        let values = record.values.map {
            EnumLayout.Value(number: $0.number, name: names[$0.number] ?? $0.name, key: $0.name)
        }
        return EnumLayout(values, firstNumber: values.first?.number ?? 0)
    }
}
