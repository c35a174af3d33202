/// Why a text is not a request.
public struct RequestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public var description: String
}

extension TracedRequest {
    /// Reads `http://HOST[:PORT][/PATH][?QUERY]`, the same with `https`, or `tcp://HOST:PORT`. Without a
    /// scheme it is `http`, as people type `reviews:9080/x`.
    ///
    /// As a client would, it sends the port in the authority where it is not the scheme's own, no
    /// fragment, and the host as SNI where it is a name. A host that is an IP address is the
    /// destination; otherwise the destination is the port alone.
    ///
    /// - Throws: `RequestError` if it is not one of these.
    public init(url: String) throws(RequestError) {
        guard !url.isEmpty else {
            throw RequestError(description: "expected http://HOST:PORT/PATH, https:// or tcp://")
        }
        // A URL in the query is not a scheme.
        let isTyped = url.prefix { $0 != "/" && $0 != "?" && $0 != "#" }.hasSuffix(":")
        guard isTyped, let mark = url.firstRange(of: "://") else {
            self = try TracedRequest(url: "http://\(url)")
            return
        }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard let applicationProtocol = ApplicationProtocol(rawValue: scheme) else {
            throw RequestError(description: "\(url): the scheme is http, https or tcp")
        }
        let rest = url[mark.upperBound...].prefix { $0 != "#" }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let path = String(rest[end...])
        let place = rest[..<end].split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        let (literal, given) = try TracedRequest.parts(of: place, url: url)
        let standard = ["http": 80, "https": 443][scheme]
        guard let port = given ?? standard else {
            throw RequestError(description: "\(url): expected a port")
        }
        let isBracketed = literal.hasPrefix("[")
        let host = isBracketed ? String(literal.dropFirst().dropLast()) : literal
        let address = IPAddress(host)
        self.init(
            applicationProtocol, authority: port == standard ? literal : String(place),
            path: path.hasPrefix("/") ? path : "/\(path)",
            destination: AddressAndPort(address: address, port: port))
        self.host = host
        if applicationProtocol == .https, address == nil { serverName = host }
    }

    /// The host, with its brackets if it has some, and the port.
    private static func parts(
        of place: Substring, url: String
    ) throws(RequestError) -> (host: String, port: Int?) {
        var host = place
        var port: Int?
        let bracket = place.lastIndex(of: "]")
        if let colon = place.lastIndex(of: ":"), bracket.map({ $0 < colon }) ?? true {
            host = place[..<colon]
            let digits = place[place.index(after: colon)...]
            guard let number = Int(digits), (1...65535).contains(number) else {
                throw RequestError(description: "\(url): \(digits) is not a port")
            }
            port = number
        }
        if host.hasPrefix("["), host.hasSuffix("]") {
            guard IPAddress(host.dropFirst().dropLast()) != nil else {
                throw RequestError(description: "\(url): \(host) is no IPv6 address")
            }
        }
        guard !host.isEmpty else { throw RequestError(description: "\(url): expected a host") }
        return (String(host), port)
    }
}
