import CorpusSupport
import Foundation
import Testing

/// The page that is attached to a ticket, in a real browser.
@Suite(
    .serialized,
    .enabled(if: Browser.isInstalled, "needs Chromium and its driver: make setup"))
struct PageTests {
    private static func page(_ arguments: [String]) throws -> TemporaryDumps {
        let outcome = try Command.run(arguments)
        #expect(outcome.status < 2, "\(outcome.errorText)")
        let text = outcome.text
        // One file, no network.
        #expect(!text.contains(" src=") && !text.contains("<link") && !text.contains("@import"))
        return try TemporaryDumps(contents: [outcome.output])
    }

    /// The path of a page, under a name that a browser takes for HTML.
    private static func named(_ page: TemporaryDumps) throws -> String {
        let path = page.paths[0].replacing(".json", with: ".html")
        try FileManager.default.moveItem(atPath: page.paths[0], toPath: path)
        return path
    }

    private static func drift() throws -> TemporaryDumps {
        let bundle = try Corpus.folder("istiod/drift").appendingPathComponent("bug-report.tar.gz")
        return try page(["bundle", "-o", "html", bundle.path])
    }

    @Test("From a cause to the proxy, to what differs, to a cluster and its endpoints, and back")
    func way() async throws {
        let page = try Self.drift()
        defer { withExtendedLifetime(page) {} }
        let browser = try await Browser()
        do {
            try await browser.open(Self.named(page))
            #expect(try await browser.text().contains("10 proxies: 5 ok, 5 with problems"))
            try await browser.click("ol.causes a[href*='hq2mc']")
            #expect(try await browser.text().hasPrefix("reviews-v1-6584ddcf65-hq2mc.default"))
            #expect(try await browser.text().contains("CDS STALE"))
            try await browser.click(".tabs button:nth-child(2)")
            let marked = try await browser.run(
                "return [...document.querySelectorAll('.diff mark')].map(m => m.textContent).join()"
            )
            #expect((marked as? String)?.contains("2,1") == true, "\(marked ?? "")")
            let tab = try await browser.run(
                "const tab = [...document.querySelectorAll('.tabs button')]"
                    + ".find(b => b.textContent.startsWith('Routes')); tab.id = 'routes'; return tab.textContent"
            )
            #expect(tab as? String == "Routes (9)")
            try await browser.click("#routes")
            try await browser.click("#resources a:nth-child(3)")
            try await browser.click("#detail a[href*='/clusters/']")
            let cluster = try await browser.run(
                "return document.querySelector('#detail h2').textContent")
            #expect((cluster as? String)?.isEmpty == false)
            #expect(try await browser.text().contains("Used by"))
            let back = try await browser.run(
                "return [...document.querySelectorAll('#detail a')].some(a => a.textContent.startsWith('Routes: '))"
            )
            #expect(back as? Bool == true)
            // To the endpoints of a cluster that has some.
            _ = try await browser.run("location.hash = '#/'")
            try await browser.type(
                "outbound|9080||reviews.default.svc.cluster.local\u{E007}", into: "#search")
            try await browser.click("#found a[href*='/clusters/']")
            try await browser.click("#detail a[href*='/endpoints/']")
            #expect(try await browser.text().contains("10.244."))
            await browser.close()
        } catch {
            await browser.close()
            throw error
        }
    }

    @Test(
        "The table filters and sorts, the keys move in it, the map and the certificates are drawn")
    func table() async throws {
        let page = try Self.drift()
        defer { withExtendedLifetime(page) {} }
        let browser = try await Browser()
        do {
            try await browser.open(Self.named(page))
            let shown =
                "return [...document.querySelectorAll('#proxies tbody tr')].filter(r => !r.hidden).length"
            #expect(try await browser.run(shown) as? Int == 10)
            try await browser.type("reviews-v1", into: "#filter")
            #expect(try await browser.run(shown) as? Int == 3)
            try await browser.click(".tools button")
            #expect(try await browser.run(shown) as? Int == 2)
            try await browser.click("#proxies th")
            let order = try await browser.run(
                "return document.querySelector('#proxies th').ariaSort")
            #expect(order as? String == "ascending")
            try await browser.click("header nav a:nth-child(2)")
            #expect(
                try await browser.run("return document.querySelectorAll('svg .node').length")
                    as? Int == 8)
            try await browser.click("svg .node")
            #expect(try await browser.text().contains("Can send to"))
            try await browser.click("header nav a:nth-child(3)")
            #expect(try await browser.text().contains("Valid until"))
            let colour = "return getComputedStyle(document.body).backgroundColor"
            let light = try await browser.run(colour) as? String
            try await browser.click("#theme")
            #expect(try await browser.run(colour) as? String != light)
            await browser.close()
        } catch {
            await browser.close()
            throw error
        }
    }

    @Test("What a capture holds stays text, in the page and in its script")
    func hostile() async throws {
        let name = "<script>window.stolen = 1</script>\\\"><img onerror=window.stolen=2>"
        func dump(_ timeout: String) -> String {
            """
            {"@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump", "dynamic_active_clusters": [
             {"cluster": {"@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster",
              "name": "\(name)", "connect_timeout": "\(timeout)"}}]}
            """
        }
        let dumps = try TemporaryDumps([dump("1s"), dump("2s")])
        let page = try Self.page(
            [
                "diff", "-o", "html", "--kind", "cds", "--label",
                "</script><script>window.stolen=3</script>",
                "--label", "b",
            ] + dumps.paths)
        defer { withExtendedLifetime(page) {} }
        let browser = try await Browser()
        do {
            try await browser.open(Self.named(page))
            try await browser.click("#report ul a")
            try await browser.click(".tabs button:nth-child(2)")
            #expect(try await browser.text().contains("<img onerror="))
            try await browser.click(".tabs button:nth-child(3)")
            #expect(try await browser.text().contains("<script>window.stolen"))
            #expect(try await browser.run("return window.stolen === undefined") as? Bool == true)
            await browser.close()
        } catch {
            await browser.close()
            throw error
        }
    }

    @Test("The first screen is there without a script, and no key is anywhere")
    func plain() throws {
        let page = try Self.drift()
        defer { withExtendedLifetime(page) {} }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: page.paths[0]))
        let text = String(decoding: bytes, as: UTF8.self)
        let first = try #require(text.components(separatedBy: "<script").first)
        #expect(first.contains("<h1>10 proxies: 5 ok, 5 with problems</h1>"))
        #expect(first.contains("EnvoyFilter ratings-broken in default"))
        #expect(first.components(separatedBy: "<tr class=").count == 11)
        #expect(!text.contains("PRIVATE KEY"))
    }

    @Test("Markdown is the first screen in at most 60 lines")
    func markdown() throws {
        let bundle = try Corpus.folder("istiod/drift").appendingPathComponent("bug-report.tar.gz")
        let outcome = try Command.run(["bundle", "-o", "markdown", bundle.path])
        #expect(outcome.lines.count <= 61)
        #expect(outcome.lines.first == "### 10 proxies: 5 ok, 5 with problems")
        #expect(outcome.text.contains("   - Change **EnvoyFilter ratings-broken in default**"))
    }

    @Test("A graph is Mermaid, DOT or JSON, and a cluster that is not there is marked")
    func graph() throws {
        let dump = try Corpus.folder("istiod/stale")
            .appendingPathComponent("pairs/istio-ingressgateway-7c9f6d8b5-x2k4p/config_dump.json")
            .path
        let mermaid = try Command.run(["graph", dump])
        #expect(mermaid.status == 0)
        #expect(mermaid.lines.first == "flowchart LR")
        #expect(
            mermaid.lines.contains {
                $0.contains("9080#124;v2#124;reviews") && $0.hasSuffix(":::broken")
            })
        #expect(
            try Command.run(["graph", "-o", "dot", dump]).text.hasPrefix("digraph configuration {"))
        let json = try Command.run(["graph", "-o", "json", dump]).json()
        let nodes = try #require(json["nodes"] as? [[String: Any]])
        #expect(nodes.contains { $0["broken"] as? Bool == true })
        #expect(try Command.run(["graph", "--host", "no.such.host", dump]).status == 1)
    }
}
