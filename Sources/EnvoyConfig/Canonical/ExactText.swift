/// A text that equals another when their bytes do.
///
/// Swift's `String` also takes texts for equal that Unicode calls equivalent, such as `é` as one
/// character and as two. Envoy tells them apart, and so must a comparison.
package struct ExactText: Hashable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    // Texts of the same bytes have the same hash, whichever way `String` makes it.
    package static func == (first: ExactText, second: ExactText) -> Bool {
        first.text == second.text && first.text.utf8.elementsEqual(second.text.utf8)
    }
}

extension ExactText: Comparable {
    package static func < (first: ExactText, second: ExactText) -> Bool {
        // Native strings lend their bytes, which compare several times faster than their views.
        first.text.utf8.withContiguousStorageIfAvailable { one in
            second.text.utf8.withContiguousStorageIfAvailable { other in
                one.lexicographicallyPrecedes(other)
            }
        }.flatMap { $0 } ?? first.text.utf8.lexicographicallyPrecedes(second.text.utf8)
    }
}
