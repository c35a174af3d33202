/// An enum type. Its memory is its `EnvoySchema`'s.
package struct EnumLayout {
    /// One value of an enum.
    package struct Value {
        /// Its number.
        package internal(set) var number: Int32
        /// The name that is printed for it: the first declared of its aliases, of the v3 enum for
        /// one of v2. Immortal.
        package internal(set) var name: UnsafeBufferPointer<UInt8>
        /// The name under which it is found. Immortal.
        var key: UnsafeBufferPointer<UInt8>
    }

    /// The number of the first declared value: the default.
    package internal(set) var firstNumber: Int32
    let values: UnsafeMutableBufferPointer<Value>
    /// Open addressing: the number of a value plus one, 0 for an empty place.
    let slots: UnsafeMutablePointer<UInt16>
    let mask: UInt64

    init(_ values: [Value], firstNumber: Int32) {
        self.firstNumber = firstNumber
        self.values = .allocate(capacity: values.count)
        var slotCount = 4
        while slotCount < values.count * 2 { slotCount *= 2 }
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: 0, count: slotCount)
        mask = UInt64(slotCount - 1)
        for (place, value) in values.enumerated() {
            self.values.initializeElement(at: place, to: value)
            guard let key = value.key.baseAddress else { continue }
            var slot = keyHash(key, value.key.count) & mask
            while slots[Int(slot)] != 0 { slot = (slot + 1) & mask }
            slots[Int(slot)] = UInt16(place + 1)
        }
    }

    func deallocate() {
        values.deallocate()
        slots.deallocate()
    }

    /// The value of a name, nil if the enum lacks it.
    package func value(_ name: UnsafePointer<UInt8>, _ count: Int) -> UnsafePointer<Value>? {
        var slot = keyHash(name, count) & mask
        while true {
            let number = Int(slots[Int(truncatingIfNeeded: slot)])
            if number == 0 { return nil }
            let value = values.baseAddress.unsafelyUnwrapped + (number &- 1)
            if value.pointee.key.count == count,
                keysAreEqual(value.pointee.key.baseAddress.unsafelyUnwrapped, name, count)
            {
                return UnsafePointer(value)
            }
            slot = (slot &+ 1) & mask
        }
    }

    /// The name that is printed for a number, nil if the enum lacks it.
    package func name(forNumber number: Int32) -> UnsafeBufferPointer<UInt8>? {
        values.first { $0.number == number }?.name
    }
}
