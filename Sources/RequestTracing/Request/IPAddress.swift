#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An address of IPv4 or IPv6.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// Its 4 or 16 bytes, the first first.
    public let bytes: [UInt8]
    /// The address as it was written.
    public let description: String

    /// Reads `10.96.0.1` or `fd00::1`, without brackets; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let text = String(text)
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            bytes = withUnsafeBytes(of: v4) { Array($0) }
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            bytes = withUnsafeBytes(of: v6) { Array($0) }
        } else {
            return nil
        }
        description = text
    }

    /// Whether it is of IPv6.
    package var isV6: Bool { bytes.count == 16 }

    /// Whether it is `0.0.0.0` or `::`: any.
    package var isAny: Bool { bytes.allSatisfy { $0 == 0 } }

    /// Whether it is 127.0.0.1 or ::1: what Envoy takes for loopback, other addresses of that
    /// network not.
    var isLoopback: Bool {
        bytes.last == 1
            && (isV6 ? bytes.dropLast().allSatisfy { $0 == 0 } : bytes.starts(with: [127, 0, 0]))
    }

    /// Whether its first bits are those of another address of the same kind.
    func isIn(_ network: IPAddress, bits: Int) -> Bool {
        guard network.bytes.count == bytes.count else { return false }
        let bits = min(max(bits, 0), bytes.count * 8)
        let (whole, rest) = (bits / 8, bits % 8)
        guard bytes.prefix(whole) == network.bytes.prefix(whole) else { return false }
        guard rest > 0 else { return true }
        return (bytes[whole] ^ network.bytes[whole]) >> (8 - rest) == 0
    }

    /// The same bytes are the same address, however they were written.
    public static func == (left: IPAddress, right: IPAddress) -> Bool { left.bytes == right.bytes }

    /// Goes by the bytes alone.
    public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
