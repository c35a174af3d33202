/// How protobuf makes a JSON name of a field's name.
package enum FieldName {
    /// `connect_timeout` becomes `connectTimeout`: each underscore goes, and the letter after it
    /// becomes upper case.
    package static func lowerCamelCase(_ name: [UInt8]) -> [UInt8] {
        guard name.contains(UInt8(ascii: "_")) else { return name }
        var camel: [UInt8] = []
        camel.reserveCapacity(name.count)
        var isUpper = false
        for byte in name {
            if byte == UInt8(ascii: "_") {
                isUpper = true
            } else {
                let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                camel.append(isUpper && isLetter ? byte - 32 : byte)
                isUpper = false
            }
        }
        return camel
    }
}
