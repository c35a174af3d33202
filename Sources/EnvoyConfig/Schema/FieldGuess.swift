/// The field that is expected at a place of a message, in the spelling of the dump.
///
/// A dump prints a message's fields always in the same order, by number or by declaration, and
/// mostly the same ones of them. So each field remembers which one came after it last time, and a
/// key is first compared with that one's name: nine keys of ten need no hash and no table.
package struct FieldGuess {
    /// The name as the dump spells it: one of the field's own two.
    var key: UnsafePointer<UInt8>
    /// Its length, -1 as long as nothing was learnt.
    var count: Int
    /// The field.
    var field: UnsafePointer<FieldLayout>?

    /// Nothing learnt.
    init() {
        key = StaticString("").utf8Start
        count = -1
    }
}

extension UnsafeMutablePointer<FieldGuess> {
    /// The guessed field, if the key is its name as it was last spelled.
    ///
    /// - Complexity: one comparison.
    @inline(__always)
    package func field(_ key: UnsafePointer<UInt8>, _ count: Int) -> UnsafePointer<FieldLayout>? {
        guard pointee.count == count, keysAreEqual(pointee.key, key, count) else { return nil }
        return pointee.field
    }
}

extension MessageLayout {
    /// The field of an original or a JSON name, which is what `guess` guesses from now on.
    package func field(
        _ key: UnsafePointer<UInt8>, _ count: Int, teaching guess: UnsafeMutablePointer<FieldGuess>
    ) -> UnsafePointer<FieldLayout>? {
        guard let field = field(key, count) else { return nil }
        let original = field.pointee.key
        let isOriginal =
            original.count == count
            && keysAreEqual(original.baseAddress.unsafelyUnwrapped, key, count)
        let name = isOriginal ? original : field.pointee.jsonKey
        guess.pointee.key = name.baseAddress.unsafelyUnwrapped
        guess.pointee.count = count
        guess.pointee.field = field
        return field
    }
}
