/// An enum type.
public struct EnumLayout {
    /// One value of an enum.
    public struct Value {
        /// Its number.
        public var number: Int32
        /// The name that is printed for it: the first declared of its aliases, of the v3 enum for
        /// one of v2. Immortal.
        public var name: UnsafeBufferPointer<UInt8>
    }

    /// The number of the first declared value: the default.
    public internal(set) var firstNumber: Int32 = 0
    /// Every name with its value, by the name's hash.
    var values: [UInt64: [(key: UnsafeBufferPointer<UInt8>, value: Value)]] = [:]
    var names: [Int32: UnsafeBufferPointer<UInt8>] = [:]

    /// The value of a name, nil where the enum has none of it.
    public func value(named name: UnsafeBufferPointer<UInt8>) -> Value? {
        guard let start = name.baseAddress else { return nil }
        return values[keyHash(start, name.count)]?.first { $0.key.elementsEqual(name) }?.value
    }

    /// The name that is printed for a number, nil where the enum has none for it.
    public func name(forNumber number: Int32) -> UnsafeBufferPointer<UInt8>? {
        names[number]
    }
}
