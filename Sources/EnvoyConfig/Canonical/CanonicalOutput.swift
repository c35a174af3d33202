/// What a canonicalizer makes of the values that pass: a fingerprint, or a tree.
///
/// The canonicalizer decides what is equal (which fields are there, how a scalar is spelled); an
/// output only puts the decided parts together. Both outputs therefore agree by construction.
protocol CanonicalOutput {
    /// A finished value.
    associatedtype Value
    /// The parts of a message, map or list that is still open.
    associatedtype Parts

    /// The parts of a value that has just been opened.
    var noParts: Parts { get }

    /// A string, unescaped.
    mutating func string(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Value
    /// A number, `true`, `false` or `null`, spelled as it is printed.
    mutating func literal(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Value

    /// A field of a known message. In a TypedStruct it bears its original name.
    mutating func add(
        _ value: Value, field: UnsafePointer<FieldLayout>, inStruct: Bool, to parts: inout Parts)
    /// The `@type` of an Any.
    mutating func addType(_ url: UnsafePointer<UInt8>, _ count: Int, to parts: inout Parts)
    /// An entry of a map or Struct, or a field that the schema does not know.
    mutating func add(
        _ value: Value, key: UnsafePointer<UInt8>, _ count: Int, to parts: inout Parts)
    /// The next element of a list.
    mutating func append(_ value: Value, to parts: inout Parts)
    /// An element of a list that is sorted by its elements' names; those of one name keep their
    /// order.
    mutating func append(_ value: Value, named name: [UInt8], to parts: inout Parts)
    /// An element of a list that is sorted by its elements' own text.
    mutating func appendUnordered(_ value: Value, to parts: inout Parts)

    /// The finished message, map or Struct.
    mutating func object(_ parts: consuming Parts, order: MemberOrder) -> Value
    /// The finished list.
    mutating func list(_ parts: consuming Parts) -> Value
}

/// How the members of an object are printed.
enum MemberOrder {
    /// `@type`, then known fields in declaration order, then unknown ones bytewise.
    case declaration
    /// Bytewise by key; `@type` stands first by its first byte.
    case keys
    /// By the keys' numeric value.
    case numericKeys
}
