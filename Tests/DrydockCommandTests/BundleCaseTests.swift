import CorpusSupport
import Foundation
import Testing

/// Bundles and sync statuses that were once answered with more confidence than anything in them allowed,
/// each with a neighbour.
@Suite struct BundleCaseTests {
    private static func path(_ file: String) -> String { Corpus.file("cases/\(file)").path }

    private static func envoy(_ id: String, _ cluster: String = "web") -> String {
        """
        {"configs": [{"@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump", "bootstrap":
        {"node": {"id": "\(id)"}}}, {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
        "dynamic_active_clusters": [{"cluster": {"@type":
        "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "\(cluster)"}}]}]}
        """
    }

    @Test(
        "Nothing that is recognized is trouble, and says what was looked for",
        arguments: [
            "06-bundle-empty/nothing", "26-nothing/junk.tar", "26-nothing/empty.tar",
            "26-nothing/junk",
            "11-ztunnel/bundle",
        ])
    func nothing(bundle: String) throws {
        for command in ["bundle", "status"] {
            let outcome = try Command.run([command, Self.path(bundle)])
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errorText.contains("nothing in this bundle is recognized"))
            #expect(outcome.errorText.contains("debug/syncz"))
        }
    }

    @Test("Files that were passed over are named, a ztunnel's dump as what it is")
    func passedOver() throws {
        let ztunnel = try Command.run(["bundle", Self.path("11-ztunnel/bundle")])
        #expect(ztunnel.errorText.contains("ztunnel.json (a ztunnel's config dump)"))
        let junk = try Command.run(["bundle", Self.path("26-nothing/junk.tar")])
        #expect(junk.errorText.contains("junk/readme.txt"))
        let folder = try TemporaryFolder()
        for file in ["istio-proxy.log", "notes/a.txt", "b"] {
            try folder.write(Array("2026-01-01 ready\n".utf8), to: file)
        }
        let logs = try Command.run(["bundle", folder.url.path])
        #expect(logs.status == 2)
        #expect(logs.errorText.contains("3 other files were passed over"))
    }

    @Test(
        "A dump of any node is an Envoy's, whatever its file is called, and nothing checks it",
        arguments: [
            ("05-bundle-foreign-node/one", ["envoy-proxy-1234"]),
            ("05-bundle-foreign-node/two", ["envoy-proxy-1234", "shop-1.demo"]),
            ("06-bundle-empty/dumps", ["shop-1.demo"]),
        ])
    func foreignNodes(bundle: String, names: [String]) throws {
        let outcome = try Command.run(["bundle", "-o", "json", Self.path(bundle)])
        #expect(outcome.status == 2)
        let proxies = try #require(try outcome.json()["proxies"] as? [[String: Any]])
        #expect(proxies.map { $0["proxy"] as? String } == names)
        for proxy in proxies {
            #expect(proxy["verdict"] as? String == "notChecked")
            #expect((proxy["checked"] as? [String])?.isEmpty == true)
            #expect(proxy["drift"] is NSNull)
            #expect(proxy["connected"] is NSNull)
            #expect((proxy["sync"] as? [String: String])?["CDS"] == "UNKNOWN")
        }
    }

    @Test("A dump is read in a file of any name, packed or not, in a folder or an archive")
    func anyName() throws {
        let folder = try TemporaryFolder()
        let bytes = Array(Self.envoy("router~10.0.0.1~gw-1.edge~x").utf8)
        try folder.write(bytes, to: "a/b/c/one")
        try folder.write(try TarArchive.gzip(bytes), to: "d/two.gz")
        let outcome = try Command.run(["bundle", folder.url.path])
        #expect(outcome.status == 2)
        #expect(outcome.text.contains("gw-1.edge (a/b/c/one)"))
        #expect(outcome.text.contains("gw-1.edge (d/two.gz)"))
        var archive = TarArchive()
        archive.add("x/y", bytes)
        let tar = try folder.write(archive.finished, to: "bundle.tar")
        #expect(try Command.run(["bundle", tar]).text.contains("gw-1.edge"))
    }

    @Test("Two dumps of one proxy are two rows, told apart by file in every command")
    func twoDumps() throws {
        let folder = Self.path("16-two-dumps-one-proxy/d")
        let outcome = try Command.run(["bundle", folder])
        #expect(outcome.status == 2)
        #expect(outcome.text.contains("shop-1.demo (a-tuesday.json)"))
        #expect(outcome.text.contains("shop-1.demo (monday.json)"))
        #expect(!outcome.text.contains("odd one out"))
        let json = try Command.run(["bundle", "-o", "json", folder])
        let proxies = try #require(try json.json()["proxies"] as? [[String: Any]])
        #expect(proxies.map { $0["file"] as? String } == ["a-tuesday.json", "monday.json"])
        for arguments in [
            ["clusters", folder], ["all", folder], ["diff", folder],
        ] {
            let both = try Command.run(arguments + ["shop-1.demo"])
            #expect(both.status == 2)
            #expect(both.output.isEmpty)
            #expect(both.errorText.contains("shop-1.demo@a-tuesday.json, shop-1.demo@monday.json"))
        }
        let trace = try Command.run(["trace", folder, "shop-1.demo", "http://a/"])
        #expect(trace.status == 2 && trace.errorText.contains("shop-1.demo@monday.json"))
        let one = try Command.run(["clusters", folder, "shop-1.demo@monday.json"])
        #expect(one.status == 0)
        #expect(one.text.contains("a.demo.svc.cluster.local"))
        let difference = try Command.run(
            ["diff", folder, "shop-1.demo@monday.json", "shop-1.demo@a-tuesday.json"])
        #expect(difference.status == 1)
        let none = try Command.run(["clusters", folder, "shop-2.demo"])
        #expect(none.status == 2 && none.errorText.contains("holds no proxy named shop-2.demo"))
    }

    @Test("A cut archive is not checked, and JSON says where it breaks too")
    func cut() throws {
        let bundle = Self.path("34-cut-all-well/trunc5.tgz")
        let outcome = try Command.run(["bundle", bundle])
        #expect(outcome.status == 2)
        #expect(outcome.text.contains("1 proxy: 0 ok, 0 with problems, 1 not checked"))
        let json = try Command.run(["bundle", "-o", "json", bundle])
        #expect(json.status == 2)
        let interruption = try #require(try json.json()["interruption"] as? String)
        #expect(interruption.contains("config_dump?include_eds"))
    }

    @Test(
        "A checksum that does not match is damage, for every command",
        arguments: [
            ["diff", "FILE", "FILE"], ["canon", "FILE", "clusters"], ["clusters", "FILE"],
            ["clusters", "-o", "json", "FILE"], ["trace", "FILE", "http://a/"], ["status", "FILE"],
        ])
    func checksum(arguments: [String]) throws {
        for file in ["dump-crc.json.gz", "flipped.json.gz"] {
            let path = Self.path("35-gzip-crc/\(file)")
            let outcome = try Command.run(arguments.map { $0 == "FILE" ? path : $0 })
            #expect(outcome.status == 2)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errorText.contains("damaged: the checksum does not match"))
        }
        if arguments[0] == "diff" {
            let bundle = try Command.run(["bundle", Self.path("35-gzip-crc/gz-crc.tgz")])
            #expect(bundle.status == 2)
            #expect(bundle.errorText.contains("damaged: the checksum does not match"))
        }
    }

    @Test("gzip streams one after the other are one, zeros after them are padding, text is damage")
    func gzipMembers() throws {
        let dump = Array(Self.envoy("a").utf8)
        let members = try TarArchive.gzip(Array(dump[..<90])) + TarArchive.gzip(Array(dump[90...]))
        let padded = members + [UInt8](repeating: 0, count: 700)
        let folder = try TemporaryFolder()
        let plain = try folder.write(dump, to: "plain.json")
        for (index, bytes) in [members, padded].enumerated() {
            let packed = try folder.write(bytes, to: "\(index).gz")
            #expect(try Command.run(["diff", "--kind", "clusters", plain, packed]).status == 0)
            let piped = try Command.run(
                ["diff", "--kind", "clusters", plain, "-"], standardInput: bytes)
            #expect(piped.status == 0, "\(piped.errorText)")
        }
        for (index, bytes) in [members + Array("more".utf8), Array(members.dropLast(3))]
            .enumerated()
        {
            let packed = try folder.write(bytes, to: "bad-\(index).gz")
            let outcome = try Command.run(["diff", plain, packed])
            #expect(outcome.status == 2)
            #expect(outcome.errorText.contains("gzip"))
        }
    }

    @Test("A loose sync status is read whatever its length, in a folder and an archive")
    func longStatus() throws {
        let folder = try TemporaryFolder()
        for count in [100, 60_000] {
            let rows = (0..<count).map {
                #"{"proxy": "p-\#($0).default", "cluster_sent": "1", "cluster_acked": "1"}"#
            }
            let bytes = Array("[\(rows.joined(separator: ","))]".utf8)
            #expect((bytes.count > 4 << 20) == (count == 60_000))
            var archive = TarArchive()
            archive.add("istiod-a.syncz.json", bytes)
            let tar = try folder.write(archive.finished, to: "\(count).tar")
            let table = try Command.run(["status", tar])
            #expect(table.status == 0, "\(table.errorText)")
            #expect(table.lines.count == count + 2)
        }
    }

    @Test(
        "An Istiod without a sync status leaves its proxies unknown",
        arguments: [
            nil, "404 page not found\n",
        ])
    func silentIstiod(answer: String?) throws {
        var mesh = MeshFixture()
        for pod in ["a", "b"] { mesh.addProxy(pod, MeshFixture.envoyDump(pod, workload: pod)) }
        mesh.addStatus("istiod-a", "a")
        mesh.addAnswer(
            "istiod-b", "adsz",
            #"{"totalClients": 1, "clients": [{"connectionId": "b.default-7"}]}"#)
        if let answer { mesh.addAnswer("istiod-b", "syncz", answer) }
        let folder = try TemporaryFolder()
        let path = try folder.write(mesh.archive().gzipped(), to: "bundle.tar.gz")
        let outcome = try Command.run(["bundle", "-o", "json", path])
        #expect(outcome.status == 1)
        let report = try outcome.json()
        let proxies = try #require(report["proxies"] as? [[String: Any]])
        #expect(proxies.map { $0["verdict"] as? String } == ["partial", "notChecked"])
        #expect(proxies[1]["connected"] is NSNull)
        #expect(proxies[1]["istiod"] as? String == "istiod-b")
        let notes = try #require(report["notes"] as? [[String: Any]])
        let texts = notes.compactMap { $0["text"] as? String }.filter { $0.contains("istiod-b") }
        #expect(texts.count == 1)
        let table = try Command.run(["status", path])
        #expect(table.status == 1)
        #expect(table.lines.contains { $0.hasPrefix("b.default") && $0.contains("UNKNOWN") })
        #expect(table.errorText.contains("istiod-b"))
    }

    @Test("A genuine bug report without Istiod's dumps is ok, and says what was not compared")
    func genuine() throws {
        let archive = try Corpus.folder("istiod/in_sync").appendingPathComponent(
            "bug-report.tar.gz")
        let folder = try TemporaryFolder()
        let root = folder.url.path
        let tar = URL(fileURLWithPath: "/usr/bin/env")
        let outcome = try Command.run(
            tar, ["tar", "-xzf", archive.path, "-C", root, "--exclude=*config_dump?proxyID*"],
            environment: ["PATH": "/usr/bin:/bin"])
        #expect(outcome.status == 0)
        let report = try Command.run(["bundle", root])
        #expect(report.status == 0, "\(report.text)")
        #expect(report.lines.contains("10 proxies: 10 ok (drift not compared), 0 with problems"))
        #expect(report.text.ranges(of: "kubectl exec").count == 1)
        let json = try Command.run(["bundle", "-o", "json", root])
        let proxies = try #require(try json.json()["proxies"] as? [[String: Any]])
        #expect(proxies.allSatisfy { $0["verdict"] as? String == "partial" })
        #expect(proxies.allSatisfy { ($0["checked"] as? [String])?.first == "sync" })
    }

    @Test("What is asked of one proxy or namespace says nothing about the others")
    func others() throws {
        let drift = try Corpus.folder("istiod/drift").appendingPathComponent("bug-report.tar.gz")
            .path
        let diff = try Command.run(["diff", drift, "ratings-v1-6cf6bc7c85-j9fxs.default"])
        #expect(diff.status < 2)
        #expect(!diff.errorText.contains("details-v1"))
        let status = try Command.run(["status", "-n", "data", drift])
        #expect(status.status == 0)
        #expect(status.errors.isEmpty)
        let nobody = try Command.run(["status", "-n", "nowhere", drift])
        #expect(nobody.status == 2)
        #expect(nobody.errorText.contains("data, default, istio-system"))
    }

    @Test(
        "A list of something else is not an empty table",
        arguments: [
            ("endpointz.json", "endpointz"), ("numbers.json", "list of values"),
            ("proxy-config-cluster.json", "istioctl proxy-config"), ("registryz.json", "registryz"),
        ])
    func lists(file: String, word: String) throws {
        let outcome = try Command.run(["status", Self.path("07-status-any-list/\(file)")])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errorText.contains(word))
    }

    @Test(
        "An Istiod without proxies answers with an empty list", arguments: ["[]", "null", " [] \n"])
    func emptyLists(text: String) throws {
        let files = try TemporaryDumps(contents: [Array(text.utf8)])
        let outcome = try Command.run(["status", files.paths[0]])
        #expect(outcome.status == 0, "\(outcome.errorText)")
        #expect(outcome.lines.count == 2)
    }

    @Test("One element that is not a proxy's makes no shorter table")
    func strayElement() throws {
        let rows = #"[{"proxy": "a.b", "cluster_sent": "1", "cluster_acked": "1"}, {"x": 1}]"#
        let files = try TemporaryDumps(contents: [Array(rows.utf8)])
        let outcome = try Command.run(["status", files.paths[0]])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("element 1"))
    }

    @Test("Of two states of one type the worse counts, every time")
    func twoStates() throws {
        let path = Self.path("23-two-states/two.syncz.json")
        for _ in 0..<12 {
            let outcome = try Command.run(["status", path])
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("STALE"))
        }
    }

    @Test("No output of a sync status shows a private key", arguments: ["table", "json", "yaml"])
    func keys(output: String) throws {
        let path = Self.path("21-keys-in-texts/sync-status.syncz.json")
        let outcome = try Command.run(["status", "-o", output, path])
        #expect(outcome.text.contains("[redacted]"))
        #expect(!outcome.text.contains("PRIVATE KEY"))
        let error = try Command.run([
            "diff", Self.path("21-keys-in-texts/base64-of-a-key.txt"), path,
        ])
        #expect(error.errorText.contains("[redacted]"))
        #expect(!error.errorText.contains("LS0t"))
    }

    @Test("A terminal gets nothing to obey from a bundle or a sync status")
    func terminal() throws {
        for arguments in [
            ["bundle", Self.path("37-terminal/evil.tar")],
            ["status", Self.path("37-terminal/evil.tar")],
            ["status", Self.path("37-terminal/syncz.json")],
            ["diff", Self.path("37-terminal/text.txt"), "x"],
        ] {
            let outcome = try Command.run(arguments)
            for text in [outcome.text, outcome.errorText] {
                let obeyed = text.unicodeScalars.filter {
                    [.control, .format].contains($0.properties.generalCategory) && $0 != "\n"
                }
                #expect(obeyed.isEmpty, "\(arguments[0])")
            }
        }
    }

    @Test("More entries than a bundle has are refused by their number")
    func manyEntries() throws {
        var archive = TarArchive()
        for index in 0..<100_100 { archive.add("e\(index)") }
        let folder = try TemporaryFolder()
        let path = try folder.write(archive.gzipped(), to: "many.tar.gz")
        let outcome = try Command.run(["bundle", path])
        #expect(outcome.status == 2)
        #expect(outcome.errorText.contains("more than 100000 entries"))
    }

    @Test("A folder that vanished or is a socket does not take the rest")
    func specialFiles() throws {
        let folder = try TemporaryFolder()
        try folder.write(Array(Self.envoy("router~10.0.0.1~gw-1.edge~x").utf8), to: "dump")
        let pipe = folder.url.appendingPathComponent("pipe").path
        #expect(mkfifo(pipe, 0o600) == 0)
        let outcome = try Command.run(["bundle", folder.url.path])
        #expect(outcome.status == 2)
        #expect(outcome.text.contains("gw-1.edge"))
        #expect(outcome.text.contains("pipe: neither a file nor a folder"))
    }
}
