import CorpusSupport
import Drydock
import Foundation
import SupportBundles

/// A row of `traces.json`: a request that was really sent, and where Envoy's access log says that it
/// went.
struct CapturedRequest: Decodable, Sendable, CustomStringConvertible {
    /// The value of a header, or several of one name.
    enum HeaderValue: Decodable, Sendable {
        case one(String)
        case several([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .one(text)
            } else {
                self = .several(try container.decode([String].self))
            }
        }

        var values: [String] {
            switch self {
            case .one(let text): [text]
            case .several(let texts): texts
            }
        }
    }

    /// What the access log said; lists are sets over the repeats of one row.
    struct Expected: Decodable, Sendable {
        enum CodingKeys: String, CodingKey {
            case cluster, host, location, mirrors
            case routeName = "route_name"
            case filterChain = "filter_chain"
            case flags = "response_flags"
            case status = "response_code"
            case details = "response_code_details"
            case path = "forwarded_path"
            case authority = "forwarded_authority"
            case termination = "connection_termination_details"
        }

        var cluster: [String: Int]
        var routeName: [String]
        var filterChain: [String]
        var host: [String]
        var flags: [String]
        var status: [Int]
        var details: [String]
        var path: [String]?
        var authority: [String]?
        var location: [String]?
        var mirrors: [String]?
        var termination: [String]?

        /// The clusters that were chosen; `-` is none.
        var clusters: Set<String> { Set(cluster.keys).subtracting(["-"]) }

        /// Whether the answer, or what came of the connection, is the far end's doing.
        var isFromFarEnd: Bool {
            let flags = Set(flags.flatMap { $0.split(separator: ",") })
            let ends = ["via_upstream", "websocket_handshake", "upstream_reset_before_response"]
            let isReset = details.contains { detail in
                // An overflow is Envoy's own circuit breaker.
                ends.contains { detail.hasPrefix($0) } && !detail.contains("{overflow}")
            }
            return isReset
                || !flags.isDisjoint(with: ["UF", "URX", "DC"])
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, proxy, direction, destination, authority, method, path, headers, sni, alpn, source
        case mtls, principal, payload, note, expected
        case applicationProtocol = "protocol"
        case httpVersion = "http_version"
    }

    var id: Int
    var proxy: String
    var direction: String
    var destination: String
    var applicationProtocol: String
    var method: String?
    var authority: String?
    var path: String?
    var headers: [String: HeaderValue]
    var httpVersion: String?
    var sni: String?
    var alpn: [String]?
    var source: String?
    var mtls: Bool?
    var principal: String?
    var payload: String?
    var note: String?
    var expected: Expected

    var description: String {
        "\(id) \(direction) \(authority ?? destination)\(path ?? "")"
            + (note.map { ": \($0)" } ?? "")
    }

    /// The request as the library takes it.
    func request() throws -> TracedRequest {
        var request = TracedRequest(
            TracedRequest.ApplicationProtocol(rawValue: applicationProtocol) ?? .tcp,
            authority: authority ?? "", path: path ?? "/",
            destination: AddressAndPort(destination) ?? AddressAndPort(address: nil, port: nil))
        request.direction = TracedRequest.Direction(rawValue: direction)
        request.method = method ?? "GET"
        request.headers = headers.flatMap { name, value in
            value.values.map { TracedRequest.Header(name, $0) }
        }
        request.serverName = sni
        // Without ALPN the extension was not sent; the mesh's own TLS always sends it.
        request.applicationProtocols = alpn ?? (applicationProtocol == "https" ? [] : nil)
        request.source = source.flatMap(AddressAndPort.init)
        request.usesMutualTLS = mtls ?? false
        request.principal = principal
        request.httpVersion = httpVersion.flatMap(TracedRequest.HTTPVersion.init) ?? .http11
        if payload?.hasPrefix("PRI * HTTP/2.0") == true {
            request.applicationProtocol = .http
            request.httpVersion = .http2
        }
        return request
    }

    /// The rows of a file.
    static func rows(_ file: URL) throws -> [CapturedRequest] {
        try JSONDecoder().decode([CapturedRequest].self, from: Data(contentsOf: file))
    }
}
