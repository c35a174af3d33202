extension Array where Element == UInt8 {
    /// Lends the bytes to a body and throws what the body throws, with its type: the standard
    /// library's `withUnsafeBytes` forgets the type of the error.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeBufferPointer { (bytes) throws(Failure) in
            try body(UnsafeRawBufferPointer(bytes))
        }
    }
}
