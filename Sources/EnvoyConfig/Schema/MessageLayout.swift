/// A message type. Trivial, in memory that its `EnvoySchema` owns.
package struct MessageLayout {
    /// Its place in the table.
    package internal(set) var index: Int32
    /// The place of the v3 message that it reads as; its own for all but v2.
    package internal(set) var canonicalIndex: Int32
    /// What its JSON looks like.
    package internal(set) var form: MessageForm
    /// What it configures by name, of a message with a `name` and a `typed_config`.
    var role: ExtensionNames.Role?
    /// The full name of the (v3) message. Immortal.
    package internal(set) var name: UnsafeBufferPointer<UInt8>
    /// Its fields in the order of their declaration.
    package internal(set) var fields: UnsafeMutableBufferPointer<FieldLayout>
    /// Which field is expected first.
    package internal(set) var first: UnsafeMutablePointer<FieldGuess>
    /// Open addressing: the number of a field plus one, 0 for an empty place. A field stands under
    /// both of its names.
    var slots: UnsafeMutablePointer<UInt16>
    /// One less than the number of slots, a power of two.
    var mask: UInt64

    /// The field of an original or a JSON name.
    ///
    /// - Complexity: a hash and, mostly, one comparison.
    package func field(_ key: UnsafePointer<UInt8>, _ count: Int) -> UnsafePointer<FieldLayout>? {
        var slot = keyHash(key, count) & mask
        while true {
            let number = Int(slots[Int(truncatingIfNeeded: slot)])
            if number == 0 { return nil }
            let field = fields.baseAddress.unsafelyUnwrapped + (number &- 1)
            if field.pointee.key.count == count,
                keysAreEqual(field.pointee.key.baseAddress.unsafelyUnwrapped, key, count)
            {
                return UnsafePointer(field)
            }
            if field.pointee.jsonKey.count == count,
                keysAreEqual(field.pointee.jsonKey.baseAddress.unsafelyUnwrapped, key, count)
            {
                return UnsafePointer(field)
            }
            slot = (slot &+ 1) & mask
        }
    }
}
