/// The type of a field's value; for a map, of its entries' values.
package enum FieldKind: UInt8, Sendable {
    /// `true` or `false`.
    case bool
    /// Signed integers of 32 bits: JSON numbers.
    case int32, sint32, sfixed32
    /// Unsigned integers of 32 bits: JSON numbers.
    case uint32, fixed32
    /// Signed integers of 64 bits: JSON strings.
    case int64, sint64, sfixed64
    /// Unsigned integers of 64 bits: JSON strings.
    case uint64, fixed64
    /// Floating-point numbers of 32 bits.
    case float
    /// Floating-point numbers of 64 bits.
    case double
    /// A string.
    case string
    /// Bytes: JSON strings in base64.
    case bytes
    /// An enum: a name, or a number that has none.
    case enumeration
    /// A message: an object, or what `MessageForm` says.
    case message
}

/// How many values a field holds.
package enum FieldCardinality: UInt8, Sendable {
    /// One.
    case singular
    /// A list.
    case repeated
    /// A map: an object whose keys are data.
    case map
}

/// What a message's JSON looks like, where it is not an object of its fields.
package enum MessageForm: UInt8, Sendable {
    /// An object of its fields.
    case plain
    /// `google.protobuf.Any`: a message with its `@type`.
    case any
    /// `google.protobuf.Duration`: `"0.250s"`.
    case duration
    /// `google.protobuf.Timestamp`: an RFC 3339 string.
    case timestamp
    /// `google.protobuf.FieldMask`: paths joined by commas.
    case fieldMask
    /// `google.protobuf.Struct`: an object whose keys are data.
    case structure
    /// `google.protobuf.Value`: any JSON.
    case value
    /// `google.protobuf.ListValue`: a list of any JSON.
    case listValue
    /// `google.protobuf.Empty`: an object without fields.
    case empty
    /// `google.protobuf.BoolValue` and its like: the bare value, its default included.
    case boolWrapper, int32Wrapper, uint32Wrapper, int64Wrapper, uint64Wrapper
    /// `google.protobuf.FloatValue` and its like: the bare value, its default included.
    case floatWrapper, doubleWrapper, stringWrapper, bytesWrapper
    /// `xds.type.v3.TypedStruct`: an object whose `value` is a message spelled as a Struct.
    case typedStruct
}

/// A field of a message. Trivial, in memory that its `EnvoySchema` owns.
package struct FieldLayout {
    /// The place of the field in its (v3) message's declaration.
    package internal(set) var ordinal: UInt16 = 0
    /// The type of its values.
    package internal(set) var kind = FieldKind.message
    /// How many values it holds.
    package internal(set) var cardinality = FieldCardinality.singular
    /// What its message's JSON looks like; `plain` for other kinds.
    package internal(set) var form = MessageForm.plain
    /// The type of a map's keys.
    package internal(set) var mapKeyKind = FieldKind.string
    /// Whether its default is told from absence: messages, members of oneofs, `optional`.
    package internal(set) var hasPresence = false
    /// Marked `udpa.annotations.sensitive`: never printed.
    package internal(set) var isSensitive = false
    /// Whether its strings are read as they stand: a string field that is neither sensitive nor tells
    /// a type, as the `type_url` of a TypedStruct and the `name` of an extension do.
    package internal(set) var isPlainString = false
    /// The oneof within its message, -1 without one.
    package internal(set) var oneof: Int16 = -1
    /// The index of its message or enum, -1 without one.
    package internal(set) var typeIndex: Int32 = -1
    /// The layout of its message, once it was asked for.
    var layout: UnsafePointer<MessageLayout>?
    /// The layout of its enum, once it was asked for.
    var enumLayout: UnsafePointer<EnumLayout>?
    /// The enum value that this field had last time: mostly the next one's too.
    var lastValue: UnsafePointer<EnumLayout.Value>?
    /// Which field is expected after this one. Owned by the schema, as its message is.
    package internal(set) var successor: UnsafeMutablePointer<FieldGuess>
    /// The name under which it is found in a dump, as the .proto has it. Immortal.
    package internal(set) var key: UnsafeBufferPointer<UInt8>
    /// The JSON name under which it is found. Owned by the schema.
    package internal(set) var jsonKey: UnsafeBufferPointer<UInt8>
    /// The name that is printed, of the v3 field for one of v2. Immortal.
    package internal(set) var name: UnsafeBufferPointer<UInt8>
    /// The JSON name that is printed. Owned by the schema.
    package internal(set) var jsonName: UnsafeBufferPointer<UInt8>
    /// The place of its names among those that were made into strings.
    var nameIndex = 0
}
