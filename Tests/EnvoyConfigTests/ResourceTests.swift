import EnvoyConfig
import Testing

/// What tells two resources of an index apart.
@Suite struct ResourceTests {
    private static let type = #""@type":"t/envoy.config.listener.v3.Listener""#

    /// The first resource of a dump whose list has one entry.
    private func resource(
        _ entry: String, list: String = "dynamic_active_listeners", lead: String = ""
    ) throws -> Resource {
        let text = #"{"configs":[{\#(lead)"\#(list)":[{\#(entry)}]}]}"#
        return try #require(try ConfigDump(bytes: text.utf8).resources.first)
    }

    @Test("The same text has the same resource")
    func same() throws {
        let entry = #""last_updated":"t","listener":{\#(Self.type),"name":"a"},"version_info":"1""#
        let (one, other) = (try resource(entry), try resource(entry))
        #expect(one == other)
        #expect(one.hashValue == other.hashValue)
        #expect(one.kind == .listeners)
        #expect(one.state == .active)
        #expect(one.name == "a")
        #expect(one.typeName == "envoy.config.listener.v3.Listener")
        #expect(one.versionInfo == "1")
        #expect(one.lastUpdated == "t")
        #expect(one.failure == nil)
        // `{`, the type, the name, `}`.
        #expect(one.lineCount == 4)
        let start = #"{"configs":[{"dynamic_active_listeners":[{"last_updated":"t","listener":"#
        #expect(one.range.lowerBound == start.utf8.count)
        #expect(one.range.count == Self.type.utf8.count + #"{,"name":"a"}"#.utf8.count)
    }

    @Test("Resources whose places begin or end elsewhere are not the same")
    func places() throws {
        let one = try resource(#""listener": {"name":"a"} "#)
        let start = try resource(#""listener":{ "name":"a"} "#)
        let end = try resource(#""listener": {"name":"a" }"#)
        let moved = try resource(#" "listener": {"name":"a"}"#)
        #expect(start.range.lowerBound == one.range.lowerBound - 1)
        #expect(start.range.upperBound == one.range.upperBound)
        #expect(end.range.lowerBound == one.range.lowerBound)
        #expect(end.range.upperBound == one.range.upperBound + 1)
        #expect(moved.range.count == one.range.count)
        for other in [start, end, moved] {
            #expect(one.fingerprint == other.fingerprint)
            #expect(one != other)
        }
    }

    @Test("Resources that differ in one field alone are not the same")
    func fields() throws {
        let entry = #""last_updated":"t","listener":{"name":"a"},"version_info":"1""#
        let one = try resource(entry)
        let draining = try resource(entry, list: "dynamic_draining_listeners")
        let shifted = try resource(entry, lead: "  ")
        #expect(draining.range == shifted.range)
        #expect(draining.state == .draining)
        #expect(draining != shifted)
        let name = try resource(entry.replacing(#""a""#, with: #""b""#))
        #expect(name.name == "b")
        #expect(name.fingerprint != one.fingerprint)
        #expect(name != one)
        let version = try resource(entry.replacing(#""1""#, with: #""2""#))
        #expect(version.versionInfo == "2")
        #expect(version.fingerprint == one.fingerprint)
        #expect(version != one)
        let time = try resource(entry.replacing(#""t""#, with: #""u""#))
        #expect(time.lastUpdated == "u")
        #expect(time != one)
        let timeless = try resource(entry.replacing("last_updated", with: "last_update_"))
        #expect(timeless.lastUpdated == nil)
        #expect(timeless != one)
    }

    @Test("Secrets go by the names of their entries, which tell them apart too")
    func names() throws {
        func secret(_ name: String) throws -> Resource {
            try resource(
                #""name":"\#(name)","secret":{"name":"x"}"#, list: "dynamic_active_secrets")
        }
        #expect(try secret("a").name == "a")
        #expect(try secret("a").fingerprint == secret("b").fingerprint)
        #expect(try secret("a") == secret("a"))
        #expect(try secret("a") != secret("b"))
    }

    @Test("What was refused differs by each part of the reason")
    func failures() throws {
        func refused(_ details: String, _ time: String, _ version: String) throws -> Resource {
            try resource(
                #""error_state":{"details":"\#(details)","last_update_attempt":"\#(time)","version_info":"\#(version)","failed_configuration":{"name":"a"}}"#
            )
        }
        let one = try refused("d", "t", "v")
        #expect(one.failure?.details == "d")
        #expect(one.failure?.lastUpdateAttempt == "t")
        #expect(one.failure?.versionInfo == "v")
        #expect(try one == refused("d", "t", "v"))
        #expect(try one != refused("e", "t", "v"))
        #expect(try one != refused("d", "u", "v"))
        #expect(try one != refused("d", "t", "w"))
    }

    @Test("Neighbours in one list share what they have in common, and nothing else")
    func neighbours() throws {
        let text = #"""
            {"configs": [{"static_clusters": [
            {"cluster": {"name": "a"}, "last_updated": "t"},
            {"cluster": {"name": "b"}, "last_updated": "t"},
            {"cluster": {"name": "c"}, "last_updated": "u"},
            {"cluster": {"name": "d"}},
            {"cluster": {"@type": "t/x.Y", "name": "e"}}],
            "dynamic_active_clusters": [
            {"cluster": {"name": "f"}, "version_info": "1"},
            {"cluster": {"name": "g"}, "version_info": "2"}]}]}
            """#
        let resources = try ConfigDump(bytes: text.utf8).resources
        #expect(resources.map(\.name) == ["a", "b", "c", "d", "e", "f", "g"])
        #expect(resources.map(\.lastUpdated) == ["t", "t", "u", nil, nil, nil, nil])
        #expect(resources.map(\.versionInfo) == [nil, nil, nil, nil, nil, "1", "2"])
        #expect(
            resources.map(\.typeName) == [
                "envoy.config.cluster.v3.Cluster", "envoy.config.cluster.v3.Cluster",
                "envoy.config.cluster.v3.Cluster", "envoy.config.cluster.v3.Cluster", "x.Y",
                "envoy.config.cluster.v3.Cluster", "envoy.config.cluster.v3.Cluster",
            ])
        #expect(
            resources.map(\.state) == [.fixed, .fixed, .fixed, .fixed, .fixed, .active, .active])
    }
}
