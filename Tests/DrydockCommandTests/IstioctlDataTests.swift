import CorpusSupport
import Foundation
import Testing

/// Where istioctl's own test data is.
private enum IstioctlData {
    static let folder = Corpus.repository.deletingLastPathComponent()
        .appendingPathComponent("shared/corpus/istio")
}

/// istioctl's own test data. It is another project's, so that this repository does not carry it: it
/// is looked for beside the checkout.
@Suite(
    .enabled(
        if: FileManager.default.fileExists(atPath: IstioctlData.folder.path),
        "istioctl's test data is not at ../shared/corpus/istio"))
struct IstioctlDataTests {
    struct Table: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var input: String
        var output: String

        var testDescription: String { "\(arguments) \(input)" }

        init(_ arguments: [String], _ input: String, _ output: String) {
            self.arguments = arguments
            self.input = input
            self.output = output
        }
    }

    @Test(
        "istioctl's own tables",
        arguments: [
            Table(["all"], "proxyconfig/config_dump.json", "proxyconfig/config_dump_summary.txt"),
            Table(
                ["all", "--with-headers"], "proxyconfig/config_dump.json",
                "proxyconfig/config_dump_summary_withheaders.txt"),
            Table(
                ["bootstrap", "-o", "short"], "proxyconfig/bootstrapdump.json",
                "proxyconfig/versionsummary.txt"),
            Table(["endpoints"], "endpoint/configdump.json", "endpoint/emptyfilter_output.txt"),
            Table(
                ["endpoints", "--port", "8080"], "endpoint/configdump.json",
                "endpoint/portfilter_output.txt"),
        ])
    func tables(_ table: Table) throws {
        let input = IstioctlData.folder.appendingPathComponent(table.input).path
        let outcome = try Command.run(table.arguments + [input])
        #expect(outcome.status == 0, "\(outcome.errorText)")
        let expected = try Corpus.bytes(
            of: IstioctlData.folder.appendingPathComponent(table.output))
        #expect(outcome.text == String(decoding: expected, as: UTF8.self))
    }

    @Test("istioctl's own JSON of endpoints")
    func endpoints() throws {
        let outcome = try Command.run([
            "endpoints", "-o", "json",
            IstioctlData.folder.appendingPathComponent("endpoint/configdump.json").path,
        ])
        let expected = try Data(
            contentsOf: IstioctlData.folder.appendingPathComponent(
                "endpoint/emptyfilter_output.json"))
        let printed = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? NSArray
        #expect(try printed == JSONSerialization.jsonObject(with: expected) as? NSArray)
    }
}
