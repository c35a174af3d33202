extension Sequence<UInt8> {
    /// Lends the bytes to a body, without a copy where they lie in a row.
    package func withRawBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The standard library's own methods forget the type of the error.
        let result = withContiguousStorageIfAvailable { bytes in
            Swift.Result { () throws(Failure) in try body(UnsafeRawBufferPointer(bytes)) }
        }
        if let result { return try result.get() }
        return try Array(self).withBytes(body)
    }
}
