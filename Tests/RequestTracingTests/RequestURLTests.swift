import Drydock
import Testing

/// What a URL says of a request.
@Suite struct RequestURLTests {
    /// A URL, and the authority, path, destination and SNI of its request.
    static let readable: [(String, String, String, String, String?)] = [
        ("http://reviews:9080/reviews/1", "reviews:9080", "/reviews/1", "*:9080", nil),
        ("reviews:9080/x", "reviews:9080", "/x", "*:9080", nil),
        ("a.test", "a.test", "/", "*:80", nil),
        ("a.test/x?to=http://b.test/", "a.test", "/x?to=http://b.test/", "*:80", nil),
        ("http://a.test", "a.test", "/", "*:80", nil),
        ("http://a.test:80/x", "a.test", "/x", "*:80", nil),
        ("http://a.test?q=/x", "a.test", "/?q=/x", "*:80", nil),
        ("http://a.test/x#part", "a.test", "/x", "*:80", nil),
        ("https://A.test/x", "A.test", "/x", "*:443", "A.test"),
        ("https://a.test:8443", "a.test:8443", "/", "*:8443", "a.test"),
        ("http://10.0.0.1:80/", "10.0.0.1", "/", "10.0.0.1:80", nil),
        ("https://10.0.0.1/", "10.0.0.1", "/", "10.0.0.1:443", nil),
        ("http://[fd00::1]:8080/", "[fd00::1]:8080", "/", "[fd00::1]:8080", nil),
        ("http://[fd00::1]/", "[fd00::1]", "/", "[fd00::1]:80", nil),
        ("HTTP://user@a.test/", "a.test", "/", "*:80", nil),
        ("tcp://10.0.0.1:27017", "10.0.0.1:27017", "/", "10.0.0.1:27017", nil),
    ]

    @Test("A URL is read as a client reads it", arguments: readable)
    func read(
        _ url: String, _ authority: String, _ path: String, _ destination: String, _ name: String?
    ) throws {
        let request = try TracedRequest(url: url)
        #expect(request.authority == authority)
        #expect(request.path == path)
        #expect(request.destination.description == destination)
        #expect(request.serverName == name)
    }

    @Test(
        "What is no URL of a request says what is wanted",
        arguments: [
            "reviews:", "ftp://a.test/", "http://", "http:///x", "tcp://a.test", "http://a:b/",
            "http://a:0/", "http://a:65536/", "http://[fd00::zz]/", "",
        ])
    func refuse(_ url: String) {
        #expect(throws: RequestError.self) { try TracedRequest(url: url) }
    }
}
