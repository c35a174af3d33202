import EnvoyConfig
import EnvoyResources
import Testing

/// Fields of messages by their types: what does not fit is absent.
@Suite struct FieldTests {
    private func value(_ json: String) throws -> CanonicalValue {
        try CanonicalValue(json: #"{"x": \#(json)}"#)
    }

    @Test(
        "A number that is computed with is clamped to 40 bits, one that is compared is not",
        arguments: [
            ("7", 7, 7), ("\"7\"", 7, 7), ("-7", -7, -7), ("1099511627776", 1 << 40, 1 << 40),
            ("1099511627777", 1 << 40, (1 << 40) + 1),
            ("-1099511627777", -(1 << 40), -(1 << 40) - 1),
            ("9223372036854775807", 1 << 40, Int.max), ("9223372036854775808", nil, nil),
            ("1.5", nil, nil), ("1.0", nil, nil), ("true", nil, nil), ("\"\"", nil, nil),
            ("[1]", nil, nil), ("{}", nil, nil), ("null", nil, nil),
        ])
    func integers(_ json: String, _ integer: Int?, _ wide: Int?) throws {
        #expect(try value(json).integer("x") == integer)
        #expect(try value(json).wideInteger("x") == wide)
        #expect(try value(json).integer("y") == nil)
    }

    @Test("Other scalars by their types")
    func scalars() throws {
        #expect(try value("1.5").double("x") == 1.5)
        #expect(try value("\"Infinity\"").double("x") == .infinity)
        #expect(try value("true").double("x") == nil)
        #expect(try value("true").flag("x") == true)
        #expect(try value("false").flag("x") == false)
        #expect(try value("\"true\"").flag("x") == nil)
        #expect(try value("1").flag("x") == nil)
        #expect(try value("\"a\"").text("x") == "a")
        #expect(try value("1").text("x") == nil)
        #expect(try value(#"["a", 1, "b"]"#).texts("x") == ["a", "b"])
        #expect(try value("\"a\"").texts("x") == [])
        #expect(try value("1").text("y") == nil)
    }

    @Test(
        "A duration is seconds and nanoseconds",
        arguments: [
            ("10s", .seconds(10)), ("0.250s", .milliseconds(250)),
            ("-1.005s", .milliseconds(-1005)),
            ("0.000000001s", .nanoseconds(1)), ("0s", .zero), ("10", nil), ("10m", nil), ("", nil),
        ] as [(String, Duration?)])
    func durations(_ text: String, _ duration: Duration?) throws {
        #expect(try value("\"\(text)\"").duration("x") == duration)
        #expect(try value("10").duration("x") == nil)
    }

    @Test("Messages are objects, lists of them lists")
    func messages() throws {
        #expect(try value(#"{"name": "a"}"#).message("x", as: Cluster.self)?.name == "a")
        #expect(try value("1").message("x", as: Cluster.self) == nil)
        #expect(
            try value(#"[{"name": "a"}, {}]"#).messages("x", as: Cluster.self).map(\.name) == [
                "a", "",
            ])
        #expect(try value("{}").messages("x", as: Cluster.self).isEmpty)
        #expect(try value("{}").members.map(\.key) == ["x"])
        #expect(CanonicalValue.list([]).members.isEmpty)
    }

    @Test(
        "The type of an Any is what follows the last slash",
        arguments: [("t/a.B", "a.B"), ("a.B", "a.B"), ("x/y/a.B", "a.B"), ("a/", "")])
    func types(_ url: String, _ type: String) throws {
        #expect(try CanonicalValue(json: #"{"@type": "\#(url)"}"#).typeName == type)
        #expect(CanonicalValue.object([]).typeName == nil)
    }

    // MARK: - Messages

    @Test(
        "How a cluster finds its endpoints",
        arguments: [
            ("{}", .fixed, "c"), (#"{"type": "STATIC"}"#, .fixed, "c"),
            (#"{"type": "STRICT_DNS"}"#, .strictDNS, "c"),
            (#"{"type": "LOGICAL_DNS"}"#, .logicalDNS, "c"), (#"{"type": "EDS"}"#, .eds, "c"),
            (#"{"type": "ORIGINAL_DST"}"#, .originalDestination, "c"),
            (#"{"type": "NEW"}"#, nil, "c"),
            (#"{"clusterType": {"name": "x"}}"#, nil, "c"),
            (#"{"type": "EDS", "edsClusterConfig": {"serviceName": "s"}}"#, .eds, "s"),
            (#"{"type": "EDS", "edsClusterConfig": {"serviceName": ""}}"#, .eds, "c"),
        ] as [(String, Cluster.DiscoveryType?, String)])
    func clusters(_ json: String, _ type: Cluster.DiscoveryType?, _ assignment: String) throws {
        let members = try CanonicalValue(json: json).members
        let name = CanonicalValue.Member(key: "name", value: .string("c"))
        let cluster = Cluster(.object([name] + members))
        #expect(cluster.name == "c")
        #expect(cluster.discoveryType == type)
        #expect(cluster.loadAssignmentName == assignment)
        #expect(cluster.customTypeName == (json.contains("clusterType") ? "x" : nil))
        #expect(cluster.lbPolicy == "ROUND_ROBIN")
        #expect(cluster.connectTimeout == nil)
    }

    @Test(
        "What a route does with a request",
        arguments: [
            (#""route": {"cluster": "c", "timeout": "15s"}"#, "forward c 15.0 seconds"),
            (#""route": {"clusterHeader": "h"}"#, "forward to h"),
            (#""redirect": {}"#, "redirect 301"),
            (#""redirect": {"responseCode": "MOVED_PERMANENTLY"}"#, "redirect 301"),
            (#""redirect": {"responseCode": "FOUND"}"#, "redirect 302"),
            (#""redirect": {"responseCode": "SEE_OTHER"}"#, "redirect 303"),
            (#""redirect": {"responseCode": "TEMPORARY_REDIRECT"}"#, "redirect 307"),
            (#""redirect": {"responseCode": "PERMANENT_REDIRECT"}"#, "redirect 308"),
            (#""directResponse": {"status": 404}"#, "answer 404"),
            (#""directResponse": {}"#, "answer 0"), (#""filterAction": {}"#, "other"),
            (#""nonForwardingAction": {}"#, "other"), (#""name": "n""#, "nothing"),
        ])
    func actions(_ members: String, _ expected: String) throws {
        let route = Route(try CanonicalValue(json: "{\(members)}"))
        let text =
            switch route.action {
            case .forward(let action):
                action.cluster.map { "forward \($0) \(action.timeout ?? .zero)" }
                    ?? "forward to \(action.clusterHeader ?? "")"
            case .redirect(let action): "redirect \(action.status)"
            case .directResponse(let response): "answer \(response.status)"
            case .other: "other"
            case nil: "nothing"
            }
        #expect(text == expected)
    }

    @Test(
        "How a path is matched",
        arguments: [
            (#"{"prefix": "/a"}"#, .prefix("/a")), (#"{"path": "/a"}"#, .exact("/a")),
            (#"{"safeRegex": {"regex": "a"}}"#, .regex("a")), (#"{"safeRegex": {}}"#, .regex("")),
            (#"{"pathSeparatedPrefix": "/a"}"#, .pathSeparatedPrefix("/a")),
            (#"{"connectMatcher": {}}"#, .connect),
            (
                #"{"pathMatchPolicy": {"typedConfig": {"pathTemplate": "/{x}"}}}"#,
                .template("/{x}")
            ),
            ("{}", nil),
        ] as [(String, RouteMatch.Path?)])
    func paths(_ json: String, _ path: RouteMatch.Path?) throws {
        #expect(RouteMatch(try CanonicalValue(json: json)).path == path)
    }

    @Test("What a match asks for beside the path")
    func matches() throws {
        let match = RouteMatch(
            try CanonicalValue(
                json: #"""
                    {"caseSensitive": false, "grpc": {}, "runtimeFraction": {},
                    "queryParameters": [{"name": "q", "stringMatch": {"exact": "v"}},
                    {"name": "p", "presentMatch": true}], "headers": [{"name": "h"}]}
                    """#))
        #expect(match.caseSensitive == false)
        #expect(match.isGRPC)
        #expect(match.runtimeFraction == .object([]))
        #expect(match.queryParameters.map(\.name) == ["q", "p"])
        #expect(match.queryParameters.map { $0.match?.pattern } == [.exact("v"), nil])
        #expect(match.headers.map(\.name) == ["h"])
        let any = RouteMatch(.object([]))
        #expect(any.caseSensitive == nil)
        #expect(!any.isGRPC)
        #expect(any.runtimeFraction == nil)
    }

    @Test(
        "What is asked of a header, in today's fields and in older ones",
        arguments: [
            ("{}", "present true"), (#"{"presentMatch": true}"#, "present true"),
            (#"{"presentMatch": false}"#, "present false"),
            (
                #"{"rangeMatch": {"start": "-1", "end": "9223372036854775807"}}"#,
                "range -1 9223372036854775807"
            ),
            (#"{"rangeMatch": {}}"#, "range 0 0"),
            (#"{"stringMatch": {"exact": "a", "ignoreCase": true}}"#, #"exact("a") true"#),
            (#"{"stringMatch": {"prefix": "a"}}"#, #"prefix("a") false"#),
            (#"{"stringMatch": {"suffix": "a"}}"#, #"suffix("a") false"#),
            (#"{"stringMatch": {"contains": "a"}}"#, #"contains("a") false"#),
            (#"{"stringMatch": {"safeRegex": {"regex": "a"}}}"#, #"regex("a") false"#),
            (#"{"stringMatch": {}}"#, "nil false"), (#"{"exactMatch": "a"}"#, #"exact("a") false"#),
            (#"{"prefixMatch": "a"}"#, #"prefix("a") false"#),
            (#"{"suffixMatch": "a"}"#, #"suffix("a") false"#),
            (#"{"containsMatch": "a"}"#, #"contains("a") false"#),
            (#"{"safeRegexMatch": {"regex": "a"}}"#, #"regex("a") false"#),
        ])
    func conditions(_ json: String, _ expected: String) throws {
        let text =
            switch HeaderMatch(try CanonicalValue(json: json)).condition {
            case .present(let isPresent): "present \(isPresent)"
            case .range(let start, let end): "range \(start) \(end)"
            case .text(let match):
                "\(match.pattern.map { "\($0)" } ?? "nil") \(match.ignoresCase)"
            }
        #expect(text == expected)
    }

    @Test("A header's result may be turned around, and a missing header taken for an empty one")
    func headers() throws {
        let plain = HeaderMatch(.object([]))
        #expect(!plain.isInverted && !plain.treatsMissingAsEmpty)
        let other = HeaderMatch(
            try CanonicalValue(json: #"{"invertMatch": true, "treatMissingHeaderAsEmpty": true}"#))
        #expect(other.isInverted && other.treatsMissingAsEmpty)
    }

    @Test("A filter chain's match says nothing where it is empty")
    func chains() throws {
        let match = FilterChainMatch(
            try CanonicalValue(
                json: #"""
                    {"destinationPort": 80, "sourcePorts": [1, "2", 3], "sourceType": "EXTERNAL",
                    "prefixRanges": [{"addressPrefix": "10.0.0.0", "prefixLen": 8}, {}],
                    "serverNames": ["a"], "applicationProtocols": ["h2"], "transportProtocol": "tls"}
                    """#))
        #expect(match.destinationPort == 80)
        #expect(match.sourcePorts == [1, 3])
        #expect(match.sourceType == .external)
        #expect(match.prefixRanges.map(\.description) == ["10.0.0.0/8", "/0"])
        #expect(match.serverNames == ["a"])
        #expect(match.applicationProtocols == ["h2"])
        #expect(match.transportProtocol == "tls")
        let any = FilterChainMatch(.object([]))
        #expect(any.destinationPort == nil)
        #expect(any.sourcePorts.isEmpty && any.prefixRanges.isEmpty && any.serverNames.isEmpty)
        #expect(any.sourceType == .any)
        let odd = FilterChainMatch(try CanonicalValue(json: #"{"sourceType": "NEW"}"#))
        #expect(odd.sourceType == .any)
    }

    @Test("A listener binds where it says so, also in the field of an older API")
    func listeners() throws {
        func listener(_ json: String) throws -> Listener {
            Listener(try CanonicalValue(json: json))
        }
        #expect(try listener("{}").bindsToPort == nil)
        #expect(try listener(#"{"bindToPort": false}"#).bindsToPort == false)
        #expect(try listener(#"{"deprecatedV1": {"bindToPort": false}}"#).bindsToPort == false)
        #expect(
            try listener(#"{"bindToPort": true, "deprecatedV1": {"bindToPort": false}}"#)
                .bindsToPort
                == true)
        #expect(try listener(#"{"trafficDirection": "INBOUND"}"#).trafficDirection == .inbound)
        #expect(try listener(#"{"trafficDirection": "OUTBOUND"}"#).trafficDirection == .outbound)
        #expect(try listener("{}").trafficDirection == nil)
        #expect(try listener(#"{"internalListener": {}}"#).isInternal)
        #expect(try !listener("{}").isInternal)
        #expect(try listener(#"{"useOriginalDst": true}"#).useOriginalDestination)
        #expect(try !listener("{}").useOriginalDestination)
        #expect(
            try listener(#"{"additionalAddresses": [{"address": {"pipe": {"path": "/x"}}}, {}]}"#)
                .additionalAddresses.map(\.text) == ["/x"])
    }

    @Test(
        "Envoy's version, in today's field and in an older one",
        arguments: [
            (
                #"{"userAgentBuildVersion": {"version": {"majorNumber": 1, "minorNumber": 40, "patch": 2}}}"#,
                "1.40.2"
            ),
            (#"{"userAgentBuildVersion": {"version": {"majorNumber": 1}}}"#, "1.0.0"),
            (#"{"userAgentBuildVersion": {"version": {"minorNumber": 1}}}"#, nil),
            (#"{"buildVersion": "abc/1.12.0/Clean/RELEASE"}"#, "1.12.0"),
            (#"{"buildVersion": "abc"}"#, nil), ("{}", nil),
        ])
    func versions(_ json: String, _ version: String?) throws {
        #expect(Node(try CanonicalValue(json: json)).envoyVersion == version)
    }

    @Test("The type of an extension's configuration, where it has none the one that its name tells")
    func extensions() throws {
        func type(_ json: String) throws -> String? {
            Extension(try CanonicalValue(json: json)).configTypeName
        }
        let router = "envoy.extensions.filters.http.router.v3.Router"
        #expect(try type(#"{"name": "x", "typedConfig": {"@type": "t/a.B"}}"#) == "a.B")
        #expect(try type(#"{"name": "envoy.router", "typedConfig": {"@type": "t/a.B"}}"#) == "a.B")
        #expect(try type(#"{"name": "envoy.router"}"#) == router)
        #expect(try type(#"{"name": "envoy.filters.http.router"}"#) == router)
        #expect(try type(#"{"name": "envoy.filters.http.router", "configDiscovery": {}}"#) == nil)
        #expect(try type(#"{"name": "x"}"#) == nil)
        #expect(Extension(.object([])).isDisabled == false)
        #expect(Extension(try CanonicalValue(json: #"{"disabled": true}"#)).isDisabled)
    }
}
