/// An address and a port. The address is nil if it is not known.
public struct AddressAndPort: Sendable, Hashable, CustomStringConvertible {
    /// The address; nil where only the port is known.
    public var address: IPAddress?
    /// The port, 0 to 65535; nil where only the address is known.
    public var port: Int?

    /// Makes a socket address.
    public init(address: IPAddress?, port: Int?) {
        self.address = address
        self.port = port
    }

    /// Reads `10.96.0.1:80`, `[fd00::1]:80`, `10.96.0.1`, `fd00::1` or `:80`; nil for anything else.
    public init?(_ text: String) {
        if let address = IPAddress(text) {
            self.init(address: address, port: nil)
            return
        }
        guard let colon = text.lastIndex(of: ":"),
            let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.isEmpty {
            self.init(address: nil, port: port)
            return
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard let address = IPAddress(host) else { return nil }
        self.init(address: address, port: port)
    }

    /// `10.96.0.1:80`, `[fd00::1]:80`, `*:80`.
    public var description: String {
        let host = address.map { $0.isV6 ? "[\($0)]" : "\($0)" } ?? "*"
        return port.map { "\(host):\($0)" } ?? host
    }
}
