internal import StrictJSON

extension CanonicalValue {
    /// Reads the value as a type of your own. Keys are lowerCamelCase, as in the canonical form; a
    /// `Duration` is read from `"3s"`, a whole number also from a string, which those of 64 bits are.
    ///
    ///     struct Limits: Decodable { var maxConnections: Int?, maxRetries: Int? }
    ///     let limits = try threshold.value.decode(Limits.self)
    ///
    /// - Throws: `DecodingError`, with the path, where the value does not fit.
    /// - Complexity: O(*n*) in the size of the value, and for each key the members of its object.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try CanonicalDecoder(value: self, codingPath: []).decode(type)
    }
}

/// Hands a canonical value to `Decodable`: an object, a list or a scalar, whichever is asked for.
private struct CanonicalDecoder: Decoder, SingleValueDecodingContainer {
    let value: CanonicalValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch([String: Any].self) }
        return KeyedDecodingContainer(KeyedValues(members: members, decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .list(let elements) = value else { throw mismatch([Any].self) }
        return ListedValues(elements: elements, decoder: self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { value == nil }

    /// Reads any type; scalars here, all others by their own means.
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let scalar: Any? =
            switch type {
            case is String.Type: value.stringValue
            case is Bool.Type: value.boolValue
            case is Double.Type: value.doubleValue
            case is Float.Type: value.doubleValue.map { Float($0) }
            case is Duration.Type: value.durationValue
            case let type as any FixedWidthInteger.Type: integer(type)
            default: try Value(from: self)
            }
        guard let scalar = scalar as? Value else { throw mismatch(type) }
        return scalar
    }

    private func integer<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        switch value {
        case .literal(let text), .string(let text): Number(text)
        default: nil
        }
    }

    func child(_ value: CanonicalValue, _ key: any CodingKey) -> CanonicalDecoder {
        CanonicalDecoder(value: value, codingPath: codingPath + [key])
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(
            type,
            DecodingError.Context(codingPath: codingPath, debugDescription: "found \(value)"))
    }
}

/// The members of an object.
private struct KeyedValues<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [CanonicalValue.Member]
    let decoder: CanonicalDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { members.compactMap { Key(stringValue: $0.key) } }

    func contains(_ key: Key) -> Bool { value(key) != nil }

    func decodeNil(forKey key: Key) throws -> Bool { try child(key).decodeNil() }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try child(key).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try child(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try child(key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { decoder }

    func superDecoder(forKey key: Key) throws -> any Decoder { try child(key) }

    private func value(_ key: Key) -> CanonicalValue? {
        members.first { $0.key.isSameText(as: key.stringValue) }?.value
    }

    private func child(_ key: Key) throws -> CanonicalDecoder {
        guard let value = value(key) else {
            throw DecodingError.keyNotFound(
                key,
                DecodingError.Context(
                    codingPath: codingPath, debugDescription: "the object has no such member"))
        }
        return decoder.child(value, key)
    }
}

/// The elements of a list, one after the other.
private struct ListedValues: UnkeyedDecodingContainer {
    let elements: [CanonicalValue]
    let decoder: CanonicalDecoder
    var currentIndex = 0

    /// The place of an element in a coding path.
    private struct Place: CodingKey {
        var intValue: Int?
        var stringValue: String { intValue.map { "Index \($0)" } ?? "" }

        init(intValue: Int) { self.intValue = intValue }
        init?(stringValue: String) { return nil }
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex] == nil else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try next(type).decode(type)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        let container = try next(type).container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try next([Any].self).unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let child = try next(Any.self)
        currentIndex += 1
        return child
    }

    private func next(_ type: Any.Type) throws -> CanonicalDecoder {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                type,
                DecodingError.Context(
                    codingPath: codingPath, debugDescription: "the list has no more elements"))
        }
        return decoder.child(elements[currentIndex], Place(intValue: currentIndex))
    }
}
