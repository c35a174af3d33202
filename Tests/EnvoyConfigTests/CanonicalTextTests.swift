import CorpusSupport
import EnvoyConfig
import Testing

/// The canonical text of small resources, each by a rule.
@Suite struct CanonicalTextTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The members of an Any beside its `@type`, and what is printed of them, on one line.
        var type: String
        var members: String
        var expected: String
        /// What is noted.
        var codes: [Irregularity.Code] = []

        init(
            _ what: String, _ type: String, _ members: String, _ expected: String,
            _ codes: [Irregularity.Code] = []
        ) {
            testDescription = what
            self.type = type
            self.members = members
            self.expected = expected
            self.codes = codes
        }
    }

    private static let cluster = "envoy.config.cluster.v3.Cluster"
    private static let secret = "envoy.extensions.transport_sockets.tls.v3.Secret"
    private static let unknown = "acme.v1.Unknown"
    private static let key =
        #"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END PRIVATE KEY-----\n"#

    static let examples: [Example] = [
        // Scalars.
        Example(
            "durations have 0, 3, 6 or 9 decimals", cluster,
            #""connect_timeout": "1.50s", "cleanup_interval": "0.0000010s""#,
            #""connectTimeout": "1.500s", "cleanupInterval": "0.000001s""#),
        Example(
            "64-bit integers are strings, 32-bit ones numbers", cluster,
            #""circuit_breakers": {"thresholds": [{"max_connections": "7"}]}"#,
            #""circuitBreakers": {"thresholds": [{"maxConnections": 7}]}"#),
        Example(
            "doubles are spelled as JavaScript spells them", cluster,
            #""metadata": {"filter_metadata": {"a": {"a": 1e-7, "b": 1E21, "c": 100000000000000000000, "d": 0.1000, "e": -0.0, "f": 1.0}}}"#,
            #""metadata": {"filterMetadata": {"a": {"a": 1e-7, "b": 1e+21, "c": 100000000000000000000, "d": 0.1, "e": -0, "f": 1}}}"#
        ),
        Example(
            "bytes are padded base64 of the standard alphabet", "envoy.config.core.v3.DataSource",
            #""inline_bytes": "_-8""#, #""inlineBytes": "/+8=""#),
        Example(
            "timestamps are in UTC", "envoy.admin.v3.UpdateFailureState",
            #""last_update_attempt": "2026-11-23T20:15:56.5+02:00""#,
            #""lastUpdateAttempt": "2026-11-23T18:15:56.500Z""#),
        Example(
            "a FieldMask is one string", "google.protobuf.FieldMask", #""paths": ["a_b.c_d", "x"]"#,
            #""value": "aB.cD,x""#),
        Example(
            "an Empty in an Any prints its value", "google.protobuf.Empty", "", #""value": {}"#),

        // Presence.
        Example(
            "defaults go, what has presence stays", cluster,
            #""lb_policy": "ROUND_ROBIN", "alt_stat_name": "", "common_lb_config": {}, "type": "STATIC", "per_connection_buffer_limit_bytes": 0, "filters": []"#,
            #""type": "STATIC", "perConnectionBufferLimitBytes": 0, "commonLbConfig": {}"#),
        Example(
            "null is absent, but data in a Struct", cluster,
            #""lb_policy": null, "metadata": {"filter_metadata": {"a": {"x": null, "y": [null]}}}"#,
            #""metadata": {"filterMetadata": {"a": {"x": null, "y": [null]}}}"#),

        // Order.
        Example(
            "fields in declaration order, keys of maps bytewise", cluster,
            #""metadata": {"filter_metadata": {"b": {}, "a": {}, "B": {}}}, "transport_socket_matches": [{"name": "x"}]"#,
            #""transportSocketMatches": [{"name": "x"}], "metadata": {"filterMetadata": {"B": {}, "a": {}, "b": {}}}"#
        ),

        // Unknown types, fields and names.
        Example(
            "a type that the schema lacks stays whole, its keys in lowerCamelCase", unknown,
            #""b_c": {"d_e": null, "f": []}, "a": 1.50"#,
            #""a": 1.50, "bC": {"dE": null, "f": []}"#,
            [.unknownType]),
        Example(
            "its keys stay as written where two would be one", unknown, #""a_b": 1, "aB": 2"#,
            #""aB": 2, "a_b": 1"#, [.unknownType]),
        Example(
            "an unknown field stands behind the known ones", cluster,
            #""new_field": {"x_y": 1}, "alt_stat_name": "s""#,
            #""altStatName": "s", "newField": {"xY": 1}"#, [.unknownField]),
        Example(
            "an unknown enum name stays", cluster, #""lb_policy": "NEWEST""#,
            #""lbPolicy": "NEWEST""#, [.misfit]),
        Example("an unknown enum number stays", cluster, #""lb_policy": 99"#, #""lbPolicy": 99"#),

        // Misfits.
        Example(
            "a value that does not fit stays and is noted", cluster,
            #""connect_timeout": "soon", "per_connection_buffer_limit_bytes": "many""#,
            #""connectTimeout": "soon", "perConnectionBufferLimitBytes": "many""#,
            [.misfit, .misfit]),
        Example(
            "two members of one oneof stay and are noted", cluster,
            #""type": "EDS", "cluster_type": {"name": "x"}"#,
            #""type": "EDS", "clusterType": {"name": "x"}"#, [.oneofConflict]),

        // Redaction.
        Example(
            "below a sensitive field strings and bytes are redacted, other scalars go", secret,
            #""name": "s", "tls_certificate": {"private_key": {"inline_string": "k", "inline_bytes": "AAAA", "watched_directory": {"path": ""}}, "password": {"filename": "/p"}, "certificate_chain": {"filename": "/c"}}"#,
            #""name": "s", "tlsCertificate": {"certificateChain": {"filename": "/c"}, "privateKey": {"inlineBytes": "W3JlZGFjdGVkXQ==", "inlineString": "[redacted]", "watchedDirectory": {}}, "password": {"filename": "[redacted]"}}"#,
            [.oneofConflict]),
        Example(
            "a private key in an unknown type is redacted", unknown,
            #""text": "\#(key)", "list": ["LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUV2UUlCQURBTkJna3Foa2lHOXcwQkFRRUZBQVND"], "cert": "-----BEGIN CERTIFICATE-----""#,
            #""cert": "-----BEGIN CERTIFICATE-----", "list": ["[redacted]"], "text": "[redacted]""#,
            [.unknownType, .redacted, .redacted]),

        // TypedStruct.
        Example(
            "a TypedStruct of a known type is that message in original names",
            "xds.type.v3.TypedStruct",
            #""type_url": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "value": {"connectTimeout": "1.000s", "alt_stat_name": "x", "lb_policy": "ROUND_ROBIN"}"#,
            #""typeUrl": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "value": {"alt_stat_name": "x", "connect_timeout": "1s"}"#
        ),
        Example(
            "its value may come before its type", "udpa.type.v1.TypedStruct",
            #""value": {"connect_timeout": "1.0s"}, "type_url": "x/envoy.config.cluster.v3.Cluster""#,
            #""typeUrl": "x/envoy.config.cluster.v3.Cluster", "value": {"connect_timeout": "1s"}"#),
        Example(
            "a member that its type lacks stays and is noted", "xds.type.v3.TypedStruct",
            #""type_url": "x/envoy.config.cluster.v3.Cluster", "value": {"conect_timeout": "1s"}"#,
            #""typeUrl": "x/envoy.config.cluster.v3.Cluster", "value": {"conect_timeout": "1s"}"#,
            [.unknownField]),
        Example(
            "a TypedStruct of an unknown type stays verbatim", "xds.type.v3.TypedStruct",
            #""type_url": "x/acme.Unknown", "value": {"b_c": 1.0, "a": []}"#,
            #""typeUrl": "x/acme.Unknown", "value": {"a": [], "b_c": 1}"#, [.unknownType]),

        // v2.
        Example(
            "a v2 message is its v3 successor", "envoy.api.v2.core.Node", #""id": "x""#,
            #""id": "x""#),
    ]

    @Test("A value is printed by the rule", arguments: examples)
    func printed(_ example: Example) throws {
        // An Any of any type, as an extension option of a cluster.
        let type = #""@type": "type.googleapis.com/\#(example.type)""#
        let value = example.members.isEmpty ? "{\(type)}" : "{\(type), \(example.members)}"
        let dump = try ConfigDump(bytes: Self.dump(option: value))
        let resource = try #require(dump.compared(.clusters).first)
        let found = try #require(
            try dump.canonicalValue(of: resource)["typedExtensionProtocolOptions"]?["o"])
        var text: [UInt8] = []
        CanonicalText.appendCompact(found, to: &text)
        let name = example.type.replacing(
            "envoy.api.v2.core.Node", with: "envoy.config.core.v3.Node")
        let expected = #"{"@type": "type.googleapis.com/\#(name)", \#(example.expected)}"#
        #expect(String(decoding: text, as: UTF8.self) == expected)
        #expect(dump.irregularities.map(\.code) == example.codes)
    }

    /// A dump of one cluster with this value as an extension option.
    static func dump(option: String) -> [UInt8] {
        Array(
            """
            {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
            "dynamic_active_clusters": [{"cluster": {
            "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "a",
            "typed_extension_protocol_options": {"o": \(option)}}}]}]}
            """.utf8)
    }

    @Test(
        "A field or key that comes twice is an error with its place",
        arguments: [
            (
                #"{"@type": "t/envoy.config.cluster.v3.Cluster", "connect_timeout": "1s", "connectTimeout": "1s"}"#,
                "connect_timeout"
            ),
            (#"{"@type": "t/envoy.config.cluster.v3.Cluster", "name": "1", "name": "1"}"#, "name"),
            (#"{"@type": "t/google.protobuf.Struct", "value": {"x": 1, "x": 1}}"#, "twice"),
            (#"{"@type": "t/acme.Unknown", "x": {"y": 1, "y": 1}}"#, "twice"),
            (
                #"{"@type": "t/envoy.config.core.v3.Metadata", "filter_metadata": {"x": {}, "x": {}}}"#,
                "twice"
            ),
        ])
    func twice(_ value: String, _ word: String) throws {
        // What is not compared does not end the reading of a dump.
        let dump = try ConfigDump(bytes: Self.dump(option: value))
        let error = #expect(throws: ConfigDumpError.self) {
            try dump.requireReadable(.clusters)
        }
        #expect(error == dump.defects.first?.error)
        #expect(dump.defects.map(\.name) == ["a"])
        #expect(throws: ConfigDumpError.self) {
            try dump.canonicalValue(of: #require(dump.resources.first))
        }
        #expect(error?.line == 4)
        #expect(error?.message.contains(word) == true)
    }

    @Test("A key that comes twice among many is found too")
    func twiceAmongMany() throws {
        let members = (0..<100).map { "\"k\($0)\": 1" } + ["\"k7\": 2"]
        let value =
            #"{"@type": "t/google.protobuf.Struct", "value": {\#(members.joined(separator: ", "))}}"#
        let dump = try ConfigDump(bytes: Self.dump(option: value))
        #expect(throws: ConfigDumpError.self) { try dump.requireReadable(.clusters) }
    }
}
