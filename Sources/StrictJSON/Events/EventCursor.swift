/// Tells a handler where the parser is. Valid while the parse lasts, during a callback.
public struct _EventCursor {
    let yajl: UnsafeMutablePointer<YajlReader>

    /// How many bytes of the input stand before the end of the current token.
    ///
    /// - Complexity: O(log *n*) in the number of lines of a piece of the input.
    public var offset: Int { yajl.pointee.currentOffset }
}
