/// Receives the events of a JSON document as the C library hands them out. Not for users of the library:
/// `JSONVisitor` is as fast. It is public since a package declaration is not specialized across modules,
/// and as such the index pass took a sixth more time.
///
/// Each method returns whether to go on; after `false` the parser throws a `JSONError` with the code
/// `refused`, located at the event, whose message is the handler's `refusal`. Text is lent for the
/// call alone, unescaped.
public protocol _EventHandler {
    /// The C functions that yajl calls, each one line that hands over to a session of this type.
    static var callbacks: _EventCallbacks { get }

    /// Told before the first event. The cursor can be kept while the parse lasts.
    mutating func begin(_ cursor: _EventCursor)
    /// `null`.
    mutating func null() -> Bool
    /// `true` or `false`.
    mutating func boolean(_ value: Bool) -> Bool
    /// A number, as it is written.
    mutating func number(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool
    /// A string.
    mutating func string(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool
    /// The key of a member, whose value comes next.
    mutating func key(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool
    /// `{`.
    mutating func beginObject() -> Bool
    /// `}`.
    mutating func endObject() -> Bool
    /// `[`.
    mutating func beginArray() -> Bool
    /// `]`.
    mutating func endArray() -> Bool

    /// Why the handler returned `false`.
    var refusal: JSONRefusal? { get }

    /// Told after the events of each block of the input. `locate` makes a located error of something
    /// odd that one of these events showed, for a handler that goes on all the same.
    mutating func endBlock(locate: (JSONRefusal) -> JSONError)
}

extension _EventHandler {
    /// Does nothing.
    public mutating func endBlock(locate: (JSONRefusal) -> JSONError) {}
}

/// What yajl calls. A C function pointer cannot capture a generic parameter, so that each handler
/// brings its own:
///
///     static let callbacks = _EventCallbacks(
///         null: { Session.at($0).pointee.null() },
///         …)
public struct _EventCallbacks: Sendable {
    /// An event without text.
    public typealias Mark = @convention(c) (UnsafeMutableRawPointer?) -> Int32
    /// `true` (1) or `false` (0).
    public typealias Flag = @convention(c) (UnsafeMutableRawPointer?, Int32) -> Int32
    /// A number's text.
    public typealias Digits =
        @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, Int) -> Int32
    /// A string's or a key's text.
    public typealias Text =
        @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<UInt8>?, Int) -> Int32

    let null: Mark
    let boolean: Flag
    let number: Digits
    let string: Text
    let beginObject: Mark
    let key: Text
    let endObject: Mark
    let beginArray: Mark
    let endArray: Mark

    /// Makes the table of a handler.
    public init(
        null: @escaping Mark, boolean: @escaping Flag, number: @escaping Digits,
        string: @escaping Text, beginObject: @escaping Mark, key: @escaping Text,
        endObject: @escaping Mark, beginArray: @escaping Mark, endArray: @escaping Mark
    ) {
        self.null = null
        self.boolean = boolean
        self.number = number
        self.string = string
        self.beginObject = beginObject
        self.key = key
        self.endObject = endObject
        self.beginArray = beginArray
        self.endArray = endArray
    }
}
