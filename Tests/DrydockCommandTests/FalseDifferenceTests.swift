import CorpusSupport
import Foundation
import Testing

/// What users reported as false differences over the years, and what must match for other reasons.
@Suite struct FalseDifferenceTests {
    private static let cluster = """
        {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "a", \
        "connectTimeout": "10s"}
        """

    /// Two spellings of one section.
    struct Spellings: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var kind: String
        var istiod: String
        var envoy: String

        static func cluster(_ what: String, _ istiod: String, _ envoy: String) -> Spellings {
            let type =
                #""@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "a""#
            return Spellings(
                testDescription: what, kind: "clusters",
                istiod: clusters(#"{"cluster": {\#(type)\#(istiod)}}"#),
                envoy: clusters(#"{"cluster": {\#(type)\#(envoy)}}"#))
        }

        static func clusters(_ entries: String) -> String {
            #"{"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump", "#
                + #""dynamic_active_clusters": [\#(entries)]}"#
        }

        static func listeners(_ entries: String) -> String {
            #"{"@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump", "#
                + #""dynamic_listeners": [\#(entries)]}"#
        }

        static func routes(_ entries: String) -> String {
            #"{"@type": "type.googleapis.com/envoy.admin.v3.RoutesConfigDump", "#
                + #""dynamic_route_configs": [\#(entries)]}"#
        }
    }

    private static let listener = """
        {"@type": "type.googleapis.com/envoy.config.listener.v3.Listener", "name": "l"}
        """

    static let same: [Spellings] = [
        .cluster("a default that one side prints", #", "type": "STATIC""#, ""),
        .cluster("defaults of numbers, lists and maps", #", "filters": [], "lb_policy": 0"#, ""),
        .cluster(
            "the spelling of names", #", "connectTimeout": "1s""#, #", "connect_timeout": "1s""#),
        .cluster(
            "the spelling of durations", #", "connectTimeout": "1.000s""#,
            #", "connectTimeout": "1s""#),
        .cluster("an enum by its number", #", "type": 3"#, #", "type": "EDS""#),
        .cluster("null and absent", #", "metadata": null"#, ""),
        .cluster(
            "a number as a string", #", "perConnectionBufferLimitBytes": 5e3"#,
            #", "perConnectionBufferLimitBytes": "5000""#),
        .cluster(
            "the order of fields", #", "connectTimeout": "1s", "type": "EDS""#,
            #", "type": "EDS", "connectTimeout": "1s""#),
        .cluster(
            "the order of Struct keys and the spelling of its numbers",
            #", "metadata": {"filterMetadata": {"b": {"y": 1e17, "x": 0.5}, "a": {}}}"#,
            #", "metadata": {"filterMetadata": {"a": {}, "b": {"x": 5e-1, "y": 100000000000000000}}}"#
        ),
        Spellings(
            testDescription: "the outer name of a listener", kind: "listeners",
            istiod: Spellings.listeners(#"{"activeState": {"listener": \#(listener)}}"#),
            envoy: Spellings.listeners(
                #"{"name": "l", "active_state": {"listener": \#(listener)}}"#)),
        Spellings(
            testDescription: "versions, times, client status and a rejection that is over",
            kind: "listeners",
            istiod: Spellings.listeners(
                #"{"name": "l", "activeState": {"listener": \#(listener)}}"#),
            envoy: Spellings.listeners(
                #"{"name": "l", "active_state": {"version_info": "7", "listener": \#(listener), "#
                    + #""last_updated": "2026-11-23T18:15:56Z"}, "client_status": "ACKED", "#
                    + #""error_state": {"details": "no", "failed_configuration": \#(listener)}}"#)),
        Spellings(
            testDescription: "a v2 type and its v3 successor", kind: "clusters",
            istiod: Spellings.clusters(
                #"{"cluster": {"@type": "type.googleapis.com/envoy.api.v2.Cluster", "name": "a", "#
                    + #""connectTimeout": "1s", "type": "EDS", "#
                    + #""edsClusterConfig": {"edsConfig": {"ads": {}}, "serviceName": "a"}}}"#),
            envoy: Spellings.clusters(
                #"{"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "#
                    + #""name": "a", "connect_timeout": "1s", "type": "EDS", "#
                    + #""eds_cluster_config": {"eds_config": {"ads": {}}, "service_name": "a"}}}"#)),
        Spellings(
            testDescription: "virtual hosts in another order", kind: "routes",
            istiod: Spellings.routes(route(hosts: ["a", "b", "c"])),
            envoy: Spellings.routes(route(hosts: ["c", "a", "b"]))),
        Spellings(
            testDescription: "resources in another order", kind: "clusters",
            istiod: Spellings.clusters(
                #"{"cluster": \#(cluster)}, {"cluster": \#(cluster.replacing("\"a\"", with: "\"b\""))}"#
            ),
            envoy: Spellings.clusters(
                #"{"cluster": \#(cluster.replacing("\"a\"", with: "\"b\""))}, {"cluster": \#(cluster)}"#
            )),
    ]

    private static func route(hosts: [String]) -> String {
        let hosts = hosts.map { #"{"name": "\#($0)", "domains": ["\#($0)"]}"# }
        return
            #"{"routeConfig": {"@type": "type.googleapis.com/envoy.config.route.v3.RouteConfiguration", "#
            + #""name": "r", "virtualHosts": [\#(hosts.joined(separator: ", "))]}}"#
    }

    @Test("No difference is reported for what means the same", arguments: same)
    func matches(_ spellings: Spellings) throws {
        let files = try TemporaryDumps([spellings.istiod, spellings.envoy])
        let outcome = try Command.run(["diff", "--kind", spellings.kind] + files.paths)
        #expect(outcome.status == 0, "\(outcome.text)\(outcome.errorText)")
        #expect(outcome.text.contains(" Match"))
    }

    /// The same spellings with one thing that does differ: none of the cases above matches because
    /// nothing is compared.
    @Test("A difference beside it is still reported", arguments: same)
    func differs(_ spellings: Spellings) throws {
        let name =
            spellings.kind == "routes" ? #""r""# : spellings.kind == "listeners" ? #""l""# : #""a""#
        let other = spellings.envoy.replacing(#""name": \#(name)"#, with: #""name": "other""#)
        let files = try TemporaryDumps([spellings.istiod, other])
        let outcome = try Command.run(["diff", "--kind", spellings.kind] + files.paths)
        #expect(outcome.status == 1)
    }

    static let differing: [Spellings] = [
        .cluster("a wrapper's default and none", #", "perConnectionBufferLimitBytes": 0"#, ""),
        .cluster("an empty message and none", #", "commonLbConfig": {}"#, ""),
        .cluster(
            "negative zero and zero", #", "metadata": {"filterMetadata": {"a": {"x": -0.0}}}"#,
            #", "metadata": {"filterMetadata": {"a": {"x": 0}}}"#),
        .cluster(
            "texts that Unicode calls equivalent", #", "altStatName": "\u00e9""#,
            #", "altStatName": "e\u0301""#),
        .cluster(
            "the order of a list", #", "filters": [{"name": "x"}, {"name": "y"}]"#,
            #", "filters": [{"name": "y"}, {"name": "x"}]"#),
        .cluster("an unknown field", #", "futureField": 1"#, #", "futureField": 2"#),
        .cluster(
            "a value inside an unknown type",
            #", "typedExtensionProtocolOptions": {"x": {"@type": "type.googleapis.com/a.B", "c": [1]}}"#,
            #", "typedExtensionProtocolOptions": {"x": {"@type": "type.googleapis.com/a.B", "c": [2]}}"#
        ),
        .cluster("an unknown enum name", #", "lbPolicy": "NEW""#, #", "lbPolicy": "NEWER""#),
    ]

    @Test("What only looks alike is reported", arguments: differing)
    func reports(_ spellings: Spellings) throws {
        let files = try TemporaryDumps([spellings.istiod, spellings.envoy])
        let outcome = try Command.run(["diff", "--kind", "clusters"] + files.paths)
        #expect(outcome.status == 1, "\(outcome.text)\(outcome.errorText)")
    }
}
