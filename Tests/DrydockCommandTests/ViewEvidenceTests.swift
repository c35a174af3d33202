import CorpusSupport
import Foundation
import Testing

/// What a table does not show is said, and never called empty.
@Suite struct ViewEvidenceTests {
    private static func section(_ name: String, _ members: String) -> String {
        #"{"@type": "type.googleapis.com/envoy.admin.v3.\#(name)ConfigDump", \#(members)}"#
    }

    private static let cluster =
        #"{"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "a"}}"#

    private func run(_ words: [String], on text: String) throws -> Command.Outcome {
        let files = try TemporaryDumps(contents: [Array(text.utf8)])
        return try Command.run(words + [files.paths[0]])
    }

    @Test(
        "Entries that are not in use, and members that are not known, are not an empty section",
        arguments: [
            (
                "clusters", "Clusters", #""dynamic_warming_clusters": [\#(cluster)]"#,
                "the clusters that it has are not in use"
            ),
            (
                "clusters", "Clusters", #""dynamic_resting_clusters": [\#(cluster)]"#,
                "not shown: dynamic_resting_clusters, a member of ClustersConfigDump"
            ),
            (
                "listeners", "Listeners",
                #""dynamic_paused_listeners": [{"listener": {"name": "a"}}]"#,
                "not shown: dynamic_paused_listeners"
            ),
            (
                "listeners", "Listeners",
                #""dynamicListeners": [{"name": "a", "warmingState": {}}]"#,
                "the listeners that it has are not in use"
            ),
            (
                "routes", "Routes", #""more": {"a": 1}"#,
                "not shown: more, a member of RoutesConfigDump"
            ),
        ])
    func unshown(view: String, kind: String, members: String, words: String) throws {
        let dump = #"{"configs": [\#(Self.section(kind, members))]}"#
        let outcome = try run([view], on: dump)
        #expect(outcome.status == 0)
        #expect(outcome.text.split(separator: "\n").count == 1)
        #expect(outcome.errorText.contains(words), "\(outcome.errorText)")
        #expect(!outcome.errorText.contains("is empty"))
    }

    @Test(
        "What should be a list and is not is an error with its place",
        arguments: ["5", #""a""#, "{}", "true"])
    func noList(value: String) throws {
        let section = Self.section("Clusters", #""dynamic_active_clusters": \#(value)"#)
        let outcome = try run(["clusters"], on: #"{"configs": [\#(section)]}"#)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains("`dynamic_active_clusters` is not a list"))
        // Another table of the same dump does not need it.
        let routes = Self.section("Routes", #""static_route_configs": []"#)
        let other = try run(["routes"], on: #"{"configs": [\#(section), \#(routes)]}"#)
        #expect(other.status == 0)
        // It is the same for what compares.
        let files = try TemporaryDumps(contents: [
            Array(#"{"configs": [\#(section), \#(routes)]}"#.utf8)
        ])
        let canon = try Command.run(["canon", files.paths[0], "clusters"])
        #expect(canon.status == 2)
        #expect(canon.errorText.contains("`dynamic_active_clusters` is not a list"))
        let rest = try Command.run(["canon", files.paths[0], "routes"])
        #expect(rest.status == 0)
        let whole = try run(["clusters"], on: #"{"configs": \#(value)}"#)
        #expect(whole.status == 2)
        // In 2018 the sections were a map: an empty one is not an error of its own.
        let words = value == "{}" ? "no section at all" : "`configs` is not a list"
        #expect(whole.errorText.contains(words))
    }

    @Test("A body that is not an object is no row, and is named", arguments: [#""a""#, "5", "[]"])
    func noBody(value: String) throws {
        let entries = #""dynamic_active_clusters": [{"cluster": \#(value)}, \#(Self.cluster)]"#
        let dump = #"{"configs": [\#(Self.section("Clusters", entries))]}"#
        let outcome = try run(["clusters"], on: dump)
        #expect(outcome.status == 0)
        #expect(outcome.lines.filter { !$0.isEmpty }.count == 2)
        #expect(outcome.errorText.contains("an entry of the clusters has no body"))
    }

    @Test("An answer of ?resource= has the kind that was asked for, and no other")
    func items() throws {
        let item = Self.section("Clusters", #""a": 1"#).replacing(
            "ConfigDump\"", with: "ConfigDump.DynamicCluster\"")
        let body = Self.cluster.dropFirst().dropLast()
        let dump = #"{"configs": [\#(item.replacing(#""a": 1"#, with: body))]}"#
        let clusters = try run(["clusters"], on: dump)
        #expect(clusters.status == 0)
        #expect(clusters.text.contains("a "))
        for view in ["listeners", "ecds", "endpoints"] {
            let outcome = try run([view], on: dump)
            #expect(outcome.status == 2, "\(view)")
            #expect(outcome.output.isEmpty)
            #expect(outcome.errorText.contains("config_dump?resource="))
        }
    }

    @Test("An item of ?resource= is read wherever its type stands")
    func lateType() throws {
        let late = Corpus.file("cases/25-outline/item.json").path
        let outcome = try Command.run(["clusters", late])
        #expect(outcome.status == 0)
        #expect(outcome.lines.dropFirst().first?.hasPrefix("a ") == true)
        let canon = try Command.run(["canon", late, "clusters"])
        #expect(canon.status == 0)
        #expect(canon.text.contains(#""name": "a""#))
    }

    @Test("What is null is absent")
    func null() throws {
        let section = Self.section("Clusters", #""dynamic_active_clusters": null"#)
        let empty = try run(["clusters"], on: #"{"configs": [\#(section)]}"#)
        #expect(empty.status == 0)
        #expect(empty.errorText.contains("the section is empty"))
        let whole = try run(["clusters"], on: #"{"configs": null}"#)
        #expect(whole.status == 2)
        #expect(whole.errorText.contains("no section at all"))
    }

    @Test(
        "A version, a node or a bootstrap alone does not make a file a capture",
        arguments: [
            #"{"version": "1.2.3", "name": "shop"}"#, #"{"node": {"id": "a"}}"#,
            #"{"bootstrap": "main.js", "name": "shop"}"#,
        ])
    func lookalike(text: String) throws {
        for command in [["all"], ["bootstrap", "-o", "short"], ["bootstrap"]] {
            let outcome = try run(command, on: text)
            #expect(outcome.status == 2, "\(command)")
            #expect(outcome.output.isEmpty, "\(command)")
        }
    }

    @Test("A secret without a type of its own is redacted", arguments: ["json", "yaml"])
    func secretWithoutType(format: String) throws {
        let file = Corpus.file("cases/42-no-type/secret.json")
        let outcome = try Command.run(["secrets", "-o", format, file.path])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("[redacted]"))
        let texts = String(decoding: try Corpus.bytes(of: file), as: UTF8.self)
            .matches(of: #/"(?:inline_string|inline_bytes)": *"([^"]+)"/#).map { $0.output.1 }
        #expect(!texts.isEmpty)
        for text in texts { #expect(!outcome.text.contains(text)) }
    }

    // MARK: - /clusters in text

    private static let lines = """
        web::observability_name::web
        web::added_via_api::true
        web::10.0.0.1:80::health_flags::healthy

        """

    @Test("A line that is not as Envoy prints it is named", arguments: ["short", "json"])
    func cutText(format: String) throws {
        let outcome = try run(
            ["endpoints", "-o", format], on: Self.lines + "web::10.0.0.2:80::wei")
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("10.0.0.1"))
        #expect(outcome.errorText.contains("line 4 is not as Envoy prints it"))
        let several = try run(["endpoints"], on: Self.lines + "done\nexit status 0\n")
        #expect(several.errorText.contains("2 lines are not as Envoy prints them"))
        let whole = try run(["endpoints"], on: Self.lines.replacing("\n", with: "\r\n"))
        #expect(whole.errorText.isEmpty)
        #expect(whole.text.contains("HEALTHY"))
    }

    @Test("A line without an end is refused")
    func endlessLine() throws {
        for (length, status) in [(1 << 20, 0), ((1 << 20) + 1, 2)] {
            let start = "web::10.0.0.2:80::hostname::"
            let name = String(repeating: "x", count: length - start.utf8.count)
            let outcome = try run(["endpoints"], on: Self.lines + start + name + "\n")
            #expect(Int(outcome.status) == status)
            #expect(outcome.output.isEmpty == (status == 2))
        }
    }

    @Test("A text of another kind is refused after its beginning", arguments: ["short", "json"])
    func endlessText(format: String) throws {
        let binary = try #require(Command.binary)
        let outcome = try Command.run(
            URL(fileURLWithPath: "/bin/sh"),
            [
                "-c", #"yes 'one line of a log' | "$0" clusters -o "$1" -"#, binary.path, format,
            ], environment: ["PATH": "/usr/bin:/bin"])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("this is text"))
    }

    // MARK: - Bundles

    @Test("The clock of a bundle is its newest time, whichever file names it")
    func bundleTime() throws {
        let bundle = try BundleViewTests.bundle("istiod/drift")
        // Its dump is a line of text, and /certs names no time.
        let proxy = "details-v1-5b8d4f9c8c-q7vtd.default"
        let secrets = try Command.run(["secrets", bundle, proxy])
        #expect(secrets.status == 0)
        #expect(secrets.errorText.contains("the newest time in the bundle"))
        #expect(!secrets.errorText.contains("names no time"))
        #expect(secrets.text.contains(" true "))
        let later = try Command.run(["secrets", "--at", "2099-01-01T00:00:00Z", bundle, proxy])
        #expect(!later.text.contains(" true "))
    }

    @Test("The help of every table says when the header alone is right")
    func help() throws {
        for view in ["clusters", "listeners", "routes", "endpoints", "secrets", "ecds", "all"] {
            let text = try Command.run([view, "--help"]).text.replacing("\n", with: " ")
            #expect(text.contains("The header alone"), "\(view)")
            #expect(text.contains("2 for trouble: a file of another kind"), "\(view)")
        }
    }
}
