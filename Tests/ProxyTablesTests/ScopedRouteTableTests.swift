import CorpusSupport
import EnvoyConfig
import ProxyTables
import Reporting
import Testing

/// The table of scoped routes. The dump has the form in which a real Envoy 1.40 prints its section.
@Suite struct ScopedRouteTableTests {
    private static let dump = """
        {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.ScopedRoutesConfigDump",
        "inline_scoped_route_configs": [{"name": "sc", "scoped_route_configs": [
        {"@type": "type.googleapis.com/envoy.config.route.v3.ScopedRouteConfiguration",
        "name": "s2", "key": {"fragments": [{"string_key": "two"}, {"string_key": "b"}]},
        "route_configuration": {"name": "rc2", "virtual_hosts": [{"name": "v2"}]}},
        {"@type": "type.googleapis.com/envoy.config.route.v3.ScopedRouteConfiguration",
        "name": "s1", "key": {"fragments": [{"string_key": "one"}]}, "on_demand": true,
        "route_configuration_name": "rc1"}]}]}]}
        """

    @Test("Each scope is a row: its key, and the route configuration of its requests")
    func rows() throws {
        let summary = try AdminCapture(bytes: Array(Self.dump.utf8))
            .summary(of: [.section(.scopedRoutes)])
        var buffer = TextBuffer()
        TextTable.scopedRoutes(summary.scopedRoutes).write(to: &buffer)
        let lines = buffer.text.split(separator: "\n")
        #expect(
            lines.map { $0.split(separator: " ", omittingEmptySubsequences: true) } == [
                ["SCOPE", "KEY", "ROUTE", "CONFIGURATION", "ON", "DEMAND"],
                ["s1", "one", "rc1", "true"], ["s2", "two,b", "rc2", "false"],
            ])
    }

    @Test("The command has it in every format, and says where there is none")
    func command() throws {
        let files = try TemporaryDumps(contents: [
            Array(Self.dump.utf8), Array(#"{"configs": []}"#.utf8),
        ])
        #expect(try Command.run(["srds", files.paths[0]]).lines.filter { !$0.isEmpty }.count == 3)
        let json = try PlainJSON(
            Command.run(["scoped-routes", "-o", "json", files.paths[0]]).output)
        #expect(json.elements.map { $0["name"]?.text } == ["s1", "s2"])
        let none = try Command.run(["srds", files.paths[1]])
        #expect(none.status == 2)
    }
}
