/// What yajl's context points to: a handler, and the limits in front of it.
///
/// A struct behind a raw pointer, since a class would cost a reference count and an exclusivity
/// check for each token.
public struct _EventSession<Handler: _EventHandler> {
    /// The handler.
    public var handler: Handler
    @usableFromInline var depth = 0
    /// Whether an event came since the flag was last cleared.
    @usableFromInline var hasProgress = false
    @usableFromInline var exceeded: JSONLimit?
    @usableFromInline let limits: JSONLimits
    /// How long a scalar may be here: -1 outside of any object or list, where a scalar is the whole
    /// document and takes the way of what is rare.
    @usableFromInline var admittedLength = -1
    /// Where in the input the document ended, once it has.
    var documentEnd: Int?
    var reader: UnsafeMutablePointer<YajlReader>?

    init(handler: Handler, limits: JSONLimits) {
        self.handler = handler
        self.limits = limits
    }

    /// The session that a callback's context points to.
    @inlinable
    @inline(__always)
    public static func at(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Self> {
        context.unsafelyUnwrapped.assumingMemoryBound(to: Self.self)
    }

    /// Hands over `null`.
    @inlinable
    @inline(__always)
    public mutating func null() -> Int32 {
        guard admits(0) else { return 0 }
        return handler.null() ? 1 : 0
    }

    /// Hands over `true` or `false`.
    @inlinable
    @inline(__always)
    public mutating func boolean(_ value: Int32) -> Int32 {
        guard admits(0) else { return 0 }
        return handler.boolean(value != 0) ? 1 : 0
    }

    /// Hands over a number.
    @inlinable
    @inline(__always)
    public mutating func number(_ text: UnsafePointer<CChar>?, _ count: Int) -> Int32 {
        guard admits(count) else { return 0 }
        let bytes = UnsafeRawPointer(text.unsafelyUnwrapped).assumingMemoryBound(to: UInt8.self)
        return handler.number(bytes, count) ? 1 : 0
    }

    /// Hands over a string.
    @inlinable
    @inline(__always)
    public mutating func string(_ text: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
        guard admits(count) else { return 0 }
        return handler.string(text.unsafelyUnwrapped, count) ? 1 : 0
    }

    /// Hands over a key.
    @inlinable
    @inline(__always)
    public mutating func key(_ text: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
        guard admits(count) else { return 0 }
        return handler.key(text.unsafelyUnwrapped, count) ? 1 : 0
    }

    /// Hands over `{`.
    @inlinable
    @inline(__always)
    public mutating func beginObject() -> Int32 {
        guard descends() else { return 0 }
        return handler.beginObject() ? 1 : 0
    }

    /// Hands over `}`.
    @inlinable
    @inline(__always)
    public mutating func endObject() -> Int32 {
        ascends()
        return handler.endObject() ? 1 : 0
    }

    /// Hands over `[`.
    @inlinable
    @inline(__always)
    public mutating func beginArray() -> Int32 {
        guard descends() else { return 0 }
        return handler.beginArray() ? 1 : 0
    }

    /// Hands over `]`.
    @inlinable
    @inline(__always)
    public mutating func endArray() -> Int32 {
        ascends()
        return handler.endArray() ? 1 : 0
    }

    @inlinable
    @inline(__always)
    mutating func admits(_ count: Int) -> Bool {
        hasProgress = true
        return count <= admittedLength || admitsRare(count)
    }

    /// A scalar that is too long, or the whole document.
    @usableFromInline
    @inline(never)
    mutating func admitsRare(_ count: Int) -> Bool {
        guard count <= limits.tokenLength else {
            exceeded = .tokenLength
            return false
        }
        endDocument()
        return true
    }

    @inlinable
    @inline(__always)
    mutating func ascends() {
        hasProgress = true
        depth &-= 1
        if depth == 0 { endDocument() }
    }

    @usableFromInline
    @inline(never)
    mutating func endDocument() {
        documentEnd = reader?.pointee.currentOffset
        admittedLength = -1
    }

    @inlinable
    @inline(__always)
    mutating func descends() -> Bool {
        hasProgress = true
        depth &+= 1
        admittedLength = limits.tokenLength
        if depth <= limits.depth { return true }
        exceeded = .depth
        return false
    }
}

/// Which limit was passed.
@usableFromInline
enum JSONLimit {
    case depth, tokenLength
}
