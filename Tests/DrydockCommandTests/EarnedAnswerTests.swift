import CorpusSupport
import Foundation
import Testing

/// What `diff` and `canon` did not read or compare they say.
@Suite struct EarnedAnswerTests {
    private static func section(_ type: String, _ members: String) -> String {
        #"{"@type": "type.googleapis.com/envoy.admin.v3.\#(type)", \#(members)}"#
    }

    private static func clusters(_ entries: String) -> String {
        section("ClustersConfigDump", #""dynamic_active_clusters": [\#(entries)]"#)
    }

    private static func cluster(_ members: String) -> String {
        #"{"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", \#(members)}}"#
    }

    private static let istiod = section("BootstrapConfigDump", #""bootstrap": {}"#)
    private static func envoy(_ name: String) -> String {
        section(
            "BootstrapConfigDump",
            #""bootstrap": {"node": {"id": "sidecar~10.0.0.1~\#(name)~x.local"}}"#)
    }

    private func diff(_ sections: [String], _ arguments: [String] = []) throws -> Command.Outcome {
        let files = try TemporaryDumps(sections)
        return try Command.run(["diff"] + files.paths + arguments)
    }

    // MARK: - Defects

    @Test("A key that comes twice in what is not compared is a note, in what is compared an error")
    func defects() throws {
        let path = Corpus.file("cases/14-bootstrap-key-twice/dump.json").path
        let outcome = try Command.run(["diff", "--kind", "clusters", path, path])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains(":1:115: bootstrap: the field node comes twice"))
        let canon = try Command.run(["canon", path, "clusters"])
        #expect(canon.status == 0)
        #expect(canon.text.contains(#""name": "a""#))
        #expect(canon.errorText.contains("comes twice"))
        #expect(try Command.run(["trace", path, "http://x:80/"]).status == 1)
    }

    @Test("A cluster's key that comes twice is an error where clusters are compared")
    func comparedDefect() throws {
        let broken = Self.clusters(
            Self.cluster(#""lb_policy": "RANDOM", "lbPolicy": 1, "name": "a""#))
        let routes = Self.section("RoutesConfigDump", #""dynamic_route_configs": []"#)
        let files = try TemporaryDumps([broken + "," + routes, broken + "," + routes])
        let compared = try Command.run(["diff", "--kind", "clusters"] + files.paths)
        #expect(compared.status == 2)
        #expect(compared.output.isEmpty)
        #expect(compared.errorText.contains("clusters a: the field lb_policy"))
        #expect(compared.errorText.contains("0.json:1:"))
        #expect(try Command.run(["canon", files.paths[0], "clusters"]).output.isEmpty)
        let others = try Command.run(["diff", "--kind", "routes"] + files.paths)
        #expect(others.status == 0)
        #expect(others.text.contains("not compared: "))
        #expect(others.text.contains("clusters a: the field lb_policy"))
    }

    @Test(
        "What cannot be read in another state or kind does not end the comparison",
        arguments: [
            #""static_clusters": [{"cluster": {"name": "x", "name": "y"}}]"#,
            #""dynamic_warming_clusters": [{"cluster": {"name": "x", "metadata": {"filter_metadata": {"a": {}, "a": {}}}}}]"#,
        ])
    func otherStates(_ member: String) throws {
        let good = Self.cluster(#""name": "a""#)
        let dump = Self.section(
            "ClustersConfigDump", #""dynamic_active_clusters": [\#(good)], \#(member)"#)
        let outcome = try diff([dump, dump], ["--kind", "clusters"])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("not compared"))
    }

    // MARK: - Members that nobody knows

    @Test("A member of a section, an entry or the document that nobody knows is named")
    func unread() throws {
        let dump =
            Self.section(
                "ClustersConfigDump",
                #""dynamic_active_clusters": [{"future_cluster": {}, "cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "a"}}], "dynamic_odd_clusters": []"#
            )
            + "," + Self.section("FutureConfigDump", #""things": [1, 2]"#)
        let outcome = try diff([dump, dump], ["--kind", "clusters"])
        #expect(outcome.status == 0)
        for name in ["future_cluster", "dynamic_odd_clusters", "FutureConfigDump"] {
            #expect(
                outcome.text.contains("not compared: ") && outcome.text.contains(name), "\(name)")
        }
    }

    @Test("The older listeners, which are not read, are named")
    func oldListeners() throws {
        let paths = ["a", "b"].map { Corpus.file("cases/01-old-listeners/\($0).json").path }
        let outcome = try Command.run(["diff", "--kind", "listeners"] + paths)
        #expect(
            outcome.text.contains("dynamic_active_listeners") || outcome.status == 1,
            "\(outcome.text)")
    }

    // MARK: - Bodies that are not objects

    @Test(
        "A body that is not an object is kept, compared and noted",
        arguments: [
            ("5", "6"), (#""a""#, #""b""#), ("[1]", "[2]"), ("true", "false"), ("[]", "{}"),
        ])
    func misfits(_ from: String, _ to: String) throws {
        let dumps = [from, to].map { Self.clusters(#"{"cluster" : \#($0)}"#) }
        let outcome = try diff(dumps, ["--kind", "clusters"])
        #expect(outcome.status == 1, "\(outcome.errorText)")
        #expect(outcome.text.contains("where an Any belongs"))
        let same = try diff([dumps[0], dumps[0]], ["--kind", "clusters"])
        #expect(same.status == 0)
        #expect(same.text.contains("where an Any belongs"))
    }

    @Test("A body that is null is absent")
    func null() throws {
        let dump = Self.clusters(#"{"cluster": null}"#)
        let outcome = try diff([dump, dump], ["--kind", "clusters"])
        #expect(outcome.text.contains("an entry without its body"))
    }

    // MARK: - Names and labels

    @Test(
        "A name that no resource has is nothing to compare",
        arguments: ["unified", "json", "summary"])
    func unknownName(_ format: String) throws {
        let dump = Self.clusters(Self.cluster(#""name": "reviews""#))
        let outcome = try diff(
            [dump, dump], ["--kind", "clusters", "--name", "ratings", "-o", format])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains("ratings"))
        let known = try diff([dump, dump], ["--kind", "clusters", "--name", "view"])
        #expect(known.status == 0)
    }

    @Test("The sides are labelled by what they are")
    func labels() throws {
        let a = Self.clusters(Self.cluster(#""name": "c", "connect_timeout": "1s""#))
        let b = Self.clusters(Self.cluster(#""name": "c", "connect_timeout": "2s""#))
        let istiod = Self.istiod + "," + a
        let one = Self.envoy("one.default") + "," + b
        let two = Self.envoy("two.default") + "," + a
        func labels(_ from: String, _ to: String, _ arguments: [String] = []) throws -> [String] {
            try diff([from, to], ["--kind", "clusters"] + arguments).lines.filter {
                $0.hasPrefix("--- ") || $0.hasPrefix("+++ ")
            }.map { String($0.dropFirst(4)) }
        }
        #expect(try labels(istiod, one) == ["Istiod Clusters", "Envoy Clusters"])
        #expect(try labels(one, istiod) == ["Envoy Clusters", "Istiod Clusters"])
        #expect(try labels(one, two) == ["one.default Clusters", "two.default Clusters"])
        #expect(try labels(a, b) == ["0.json Clusters", "1.json Clusters"])
        #expect(
            try labels(Self.istiod + "," + b, istiod) == ["0.json Clusters", "1.json Clusters"])
        #expect(
            try labels(one, istiod, ["--from-label", "x", "--to-label", "y"])
                == ["x Clusters", "y Clusters"])
        let swapped = try diff([one, istiod], ["--kind", "clusters"])
        #expect(swapped.text.contains("the first dump is Envoy's and the second Istiod's"))
        let straight = try diff([istiod, one], ["--kind", "clusters"])
        #expect(!straight.text.contains("the first dump is"))
    }

    @Test("A note comes from what the side is, not from its position")
    func sources() throws {
        let odd = Self.clusters(Self.cluster(#""name": "c", "no_such_field": 1"#))
        for (from, to, source) in [
            (Self.istiod, Self.envoy("x.y"), "istiod"), (Self.envoy("x.y"), Self.istiod, "envoy"),
        ] {
            let outcome = try diff(
                [from + "," + odd, to + "," + Self.clusters(Self.cluster(#""name": "c""#))],
                ["--kind", "clusters", "-o", "json"])
            let report = try DiffReport(outcome.output)
            #expect(report["clusters"]?.notes.map(\.source) == [source])
        }
    }

    @Test("A kind that one dump alone has is named")
    func oneDump() throws {
        let clusters = Self.clusters(Self.cluster(#""name": "c""#))
        let ecds = Self.section(
            "EcdsConfigDump",
            #""ecds_filters": [{"ecds_filter": {"@type": "type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig", "name": "f"}}]"#
        )
        let outcome = try diff([clusters + "," + ecds, clusters], ["--kind", "clusters"])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("not compared: ecds"))
        let both = try diff(
            [clusters + "," + ecds, clusters + "," + ecds], ["--kind", "clusters"])
        #expect(!both.text.contains("not compared"))
    }

    @Test("Secrets that have not arrived are named though they were not compared")
    func missingSecrets() throws {
        let secrets = Self.section(
            "SecretsConfigDump",
            #""dynamic_warming_secrets": [{"name": "kubernetes://tls", "version_info": "uninitialized", "secret": {"@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret", "name": "kubernetes://tls"}}]"#
        )
        let clusters = Self.clusters(Self.cluster(#""name": "c""#))
        let outcome = try diff(
            [Self.istiod + "," + clusters, Self.envoy("a.b") + "," + clusters + "," + secrets],
            ["--kind", "clusters"])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("the secret kubernetes://tls has not arrived"))
    }

    // MARK: - Secrets

    @Test(
        "In the secrets section nothing that could be a secret is printed",
        arguments: [
            #"{"name": "x", "generic_secret": {"secret": {"inline_string": "hunter2"}}}"#,
            #"{"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "alt_stat_name": "hunter2"}"#,
            #"{"@type": "type.googleapis.com/no.such.Type", "password": "hunter2", "list": ["hunter2"]}"#,
            #"{"password": "hunter2", "@type": "type.googleapis.com/no.such.Type"}"#,
            #"{"@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret", "future": {"password": "hunter2"}}"#,
            #"{"@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret", "name": "x", "generic_secret": "hunter2"}"#,
            #"{"@type": "type.googleapis.com/google.protobuf.StringValue", "value": "hunter2"}"#,
            #"{"@type": "type.googleapis.com/google.protobuf.Struct", "value": {"a": "hunter2"}}"#,
            #""hunter2""#, #"["hunter2"]"#,
        ])
    func secrets(_ body: String) throws {
        let dump = { (body: String) in
            Self.section(
                "SecretsConfigDump",
                #""dynamic_active_secrets": [{"name": "x", "secret": \#(body)}]"#)
        }
        let other = body.replacing("hunter2", with: "hunter3")
        let files = try TemporaryDumps([dump(body), dump(other)])
        for arguments in [
            ["canon", files.paths[0], "secrets"], ["secrets", "-o", "json", files.paths[0]],
            ["secrets", "-o", "yaml", files.paths[0]], ["secrets", files.paths[0]],
            ["diff", "--kind", "secrets"] + files.paths,
        ] {
            let outcome = try Command.run(arguments)
            #expect(!(outcome.text + outcome.errorText).contains("unter"), "\(arguments)")
            // The fingerprint is redacted too.
            if arguments[0] == "diff" { #expect(outcome.status == 0, "\(outcome.text)") }
        }
    }

    // MARK: - Virtual hosts and patches

    @Test(
        "Virtual hosts of any names compare without order",
        arguments: [1, 15, 16, 98, 99, 100, 101, 119, 255, 256, 257, 65535, 65536, 524_288])
    func virtualHosts(_ length: Int) throws {
        func route(_ suffixes: [String]) -> String {
            let hosts = suffixes.map { suffix in
                let name = String(repeating: "v", count: length - suffix.utf8.count) + suffix
                return #"{"name": "\#(name)", "domains": ["\#(suffix)"]}"#
            }.joined(separator: ",")
            return Self.section(
                "RoutesConfigDump",
                #""dynamic_route_configs": [{"route_config": {"@type": "type.googleapis.com/envoy.config.route.v3.RouteConfiguration", "name": "80", "virtual_hosts": [\#(hosts)]}}]"#
            )
        }
        let files = try TemporaryDumps([route(["a", "b", "c"]), route(["c", "a", "b"])])
        #expect(try Command.run(["diff", "--kind", "routes"] + files.paths).status == 0)
        let texts = try files.paths.map { try Command.run(["canon", $0, "routes"]).output }
        #expect(texts[0] == texts[1])
        let changed = try TemporaryDumps([route(["a", "b", "c"]), route(["c", "a", "d"])])
        #expect(try Command.run(["diff", "--kind", "routes"] + changed.paths).status == 1)
    }

    @Test("The example of long virtual hosts matches")
    func longNames() throws {
        let paths = ["a", "b"].map {
            Corpus.file("cases/20-long-virtual-host-names/long_\($0).json").path
        }
        #expect(try Command.run(["diff", "--kind", "routes"] + paths).status == 0)
    }

    @Test("A patch applies wherever STATIC stands on one side", arguments: 0..<24)
    func staticType(_ seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(seed))
        func dump(_ variant: inout SeededNumbers) -> String {
            let clusters = (0..<Int.random(in: 1...6, using: &variant)).map { index in
                let type = Bool.random(using: &variant) ? #", "type": "STATIC""# : ""
                let timeout = Int.random(in: 1...2, using: &variant)
                let extra = Bool.random(using: &variant) ? #", "alt_stat_name": "s""# : ""
                return Self.cluster(
                    #""name": "c\#(index)"\#(extra)\#(type), "connect_timeout": "\#(timeout)s""#)
            }
            return Self.clusters(clusters.joined(separator: ","))
        }
        let files = try TemporaryDumps([dump(&numbers), dump(&numbers)])
        let texts = try files.paths.map { try Command.run(["canon", $0, "clusters"]).output }
        for context in ["0", "1", "3", "7", "9223372036854775807"] {
            let outcome = try Command.run(
                ["diff", "--kind", "clusters", "--context", context] + files.paths)
            guard outcome.status == 1 else { continue }
            #expect(try GNUPatch.apply(outcome.output, to: texts[0]) == texts[1], "\(context)")
        }
    }

    @Test("The example of STATIC on one side is a patch")
    func staticExample() throws {
        let paths = ["a", "b"].map {
            Corpus.file("cases/36-patch-static-type/\($0).json").path
        }
        let texts = try paths.map { try Command.run(["canon", $0, "clusters"]).output }
        let outcome = try Command.run(["diff", "--kind", "clusters"] + paths)
        #expect(outcome.status == 1)
        #expect(try GNUPatch.apply(outcome.output, to: texts[0]) == texts[1])
        // The implicit default alone is not a difference.
        let report = try DiffReport(
            Command.run(["diff", "--kind", "clusters", "-o", "json"] + paths).output)
        #expect(report.differing("clusters") == ["b"])
    }

    // MARK: - The rest

    @Test("A path in text has no backslashes, in JSON it has")
    func paths() throws {
        let paths = ["a", "b"].map { Corpus.file("cases/18-summary-path/\($0).json").path }
        let summary = try Command.run(["diff", "--kind", "clusters", "-o", "summary"] + paths)
        #expect(summary.text.contains(#"["@type"]"#))
        #expect(!summary.text.contains("\\"))
        let json = try Command.run(["diff", "--kind", "clusters", "-o", "json"] + paths)
        #expect(json.text.contains(#"[\"@type\"]"#))
    }

    @Test("A standard output that is closed is named")
    func closedOutput() throws {
        let path = Corpus.file("cases/18-summary-path/a.json").path
        let binary = try #require(Command.binary)
        let outcome = try Command.run(
            URL(fileURLWithPath: "/bin/sh"),
            ["-c", "exec \"$0\" canon \"$1\" clusters >&-", binary.path, path])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("standard output: it is closed"))
    }

    @Test("What follows a document is an error in every command")
    func trailing() throws {
        let path = Corpus.file("cases/31-trailing-open-string/min.json").path
        for arguments in [["diff", path, path], ["clusters", path], ["canon", path, "clusters"]] {
            let outcome = try Command.run(arguments)
            #expect(outcome.status == 2)
            #expect(outcome.errorText.contains("the document is complete, but more follows it"))
        }
        let syncz = Corpus.file("cases/31-trailing-open-string/syncz.json").path
        #expect(try Command.run(["status", syncz]).errorText.contains("but more follows it"))
    }

    @Test("No captured dump has members that nobody knows", arguments: ["lab", "istiod"])
    func captured(_ group: String) throws {
        for pair in try CapturedPair.all(group) {
            let outcome = try Command.run(
                ["diff", pair.istiod.path, pair.envoy.path, "-o", "json"])
            guard outcome.status < 2 else { continue }
            let notes = try DiffReport(outcome.output).notes
            #expect(!notes.contains { $0.text.contains("unknown, in") }, "\(pair)")
            #expect(!notes.contains { $0.kind == "swapped" }, "\(pair)")
        }
    }
}
