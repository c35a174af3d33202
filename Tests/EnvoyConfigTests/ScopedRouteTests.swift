import CorpusSupport
import EnvoyConfig
import Testing

/// Entries that hold several resources: scoped route configurations.
@Suite struct ScopedRouteTests {
    private static func dump(_ entries: String) throws -> ConfigDump {
        let type = "type.googleapis.com/envoy.admin.v3.ScopedRoutesConfigDump"
        return try ConfigDump(
            bytes: Array(#"{"configs": [{"@type": "\#(type)", \#(entries)}]}"#.utf8))
    }

    private static func scope(_ name: String, _ key: String) -> String {
        """
        {"@type": "type.googleapis.com/envoy.config.route.v3.ScopedRouteConfiguration",
        "name": "\(name)", "route_configuration_name": "r",
        "key": {"fragments": [{"string_key": "\(key)"}]}}
        """
    }

    @Test("Each resource of an entry stands for itself, with the entry's version and its own bytes")
    func several() throws {
        let scopes = [Self.scope("s1", "one"), Self.scope("s2", "two")]
        let dump = try Self.dump(
            """
            "dynamic_scoped_route_configs": [{"name": "all", "version_info": "7",
            "scoped_route_configs": [\(scopes.joined(separator: ", "))], "last_updated": "x"}],
            "inline_scoped_route_configs": [{"name": "inline",
            "scoped_route_configs": [\(Self.scope("s3", "three"))]}]
            """)
        #expect(dump.resources.map(\.name) == ["s1", "s2", "s3"])
        #expect(dump.resources.map(\.state) == [.active, .active, .fixed])
        #expect(dump.resources.map(\.versionInfo) == ["7", "7", nil])
        let bodies = scopes + [Self.scope("s3", "three")]
        #expect(dump.resources.map { $0.range.count } == bodies.map(\.utf8.count))
        #expect(dump.compared(.scopedRoutes).map(\.name) == ["s1", "s2"])
        let keys = try dump.resources.map { try dump.canonicalValue(of: $0)["key"]?.text() }
        #expect(keys[0]?.contains(#""stringKey": "one""#) == true)
    }

    @Test(
        "An element that is not an object is named, an entry without its resources too",
        arguments: [
            (#"[5, {"name": "a"}]"#, ["a"], ["an element that is not an object"]),
            (#"[[1, [2]], null, {"name": "a"}, "x"]"#, ["a"], ["an element that is not an object"]),
            (#"[]"#, [], []),
        ])
    func strays(_ list: String, _ names: [String], _ unread: [String]) throws {
        let dump = try Self.dump(
            #""dynamic_scoped_route_configs": [{"name": "all", "scoped_route_configs": \#(list)}]"#)
        #expect(dump.resources.map(\.name) == names)
        #expect(Set(dump.unreadMembers.map(\.name)) == Set(unread))
        #expect(dump.irregularities.contains { $0.code == .missingBody } == names.isEmpty)
    }
}
