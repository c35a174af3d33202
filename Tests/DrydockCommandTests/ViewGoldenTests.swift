import CorpusSupport
import Foundation
import Testing

/// The views print what istioctl prints, byte for byte.
@Suite struct ViewGoldenTests {
    /// A table that istioctl printed of a captured dump.
    struct Golden: Sendable, CustomStringConvertible {
        var view: String
        var input: URL
        var file: URL
        var place: String

        var description: String { "\(place) \(view)" }

        func text() throws -> String {
            String(decoding: try Corpus.bytes(of: file), as: UTF8.self)
        }

        func run() throws -> Command.Outcome {
            var arguments = [view, input.path]
            if view == "bootstrap" { arguments += ["-o", "short"] }
            // Between the captures and the end of the shortest certificate.
            if view == "secrets" { arguments += ["--at", "2026-11-24T00:00:00Z"] }
            return try Command.run(arguments)
        }
    }

    static func goldens(_ group: String) throws -> [Golden] {
        try CapturedPair.folders(group).flatMap { folder, place -> [Golden] in
            let goldenFolder = folder.appendingPathComponent("golden")
            let names = try FileManager.default.contentsOfDirectory(atPath: goldenFolder.path)
            return names.sorted().compactMap { name in
                guard name.hasSuffix(".short.txt") else { return nil }
                let kind = String(name.dropLast(".short.txt".count))
                let inputs =
                    kind == "endpoints"
                    ? ["clusters.json"] : ["config_dump_eds.json", "config_dump.json"]
                let input = inputs.flatMap { [$0, "\($0).xz"] }.map(folder.appendingPathComponent)
                    .first { FileManager.default.fileExists(atPath: $0.path) }
                guard let input else { return nil }
                return Golden(
                    view: kind == "eds" ? "endpoints" : kind, input: input,
                    file: goldenFolder.appendingPathComponent(name), place: place)
            }
        }
    }

    /// Where istioctl's sort scatters the rows: its order of route configurations is no order (a
    /// number is neither before nor after a name), and beyond twelve elements Go's sort is not
    /// stable. RULES: the same lines, ours in the order of the dump.
    static let scattered: Set<String> = [
        "istiod/drift/pairs/reviews-v1-6584ddcf65-n8x5r routes",
        "istiod/drift/pairs/reviews-v2-6f85cb9b7c-4gd2b routes",
        "lab/d2_warming_live_sotw routes",
    ]

    @Test("Every captured table prints as istioctl prints it", arguments: ["lab", "istiod"])
    func tables(_ group: String) throws {
        let goldens = try Self.goldens(group)
        #expect(goldens.count > 150)
        for golden in goldens {
            let expected = try golden.text()
            if expected.contains("!exit ") { continue }
            let outcome = try golden.run()
            #expect(outcome.status == 0, "\(golden): \(outcome.errorText)")
            if Self.scattered.contains(golden.description) {
                let lines = expected.split(separator: "\n", omittingEmptySubsequences: false)
                #expect(outcome.lines.first == lines.first.map(String.init), "\(golden)")
                #expect(outcome.lines.sorted() == lines.map(String.init).sorted(), "\(golden)")
            } else {
                #expect(outcome.text == expected, "\(golden)")
            }
        }
    }

    @Test("Routes that istioctl scatters stand in order: numbers first, by number, then as dumped")
    func routeOrder() throws {
        let goldens = try Self.goldens("istiod").filter { $0.description.hasSuffix(" routes") }
        #expect(goldens.count > 20)
        for golden in goldens where !(try golden.text().contains("!exit ")) {
            let numbers = try golden.run().lines.dropFirst().map { Int($0.prefix { $0 != " " }) }
            let behind = numbers.drop { $0 != nil }
            #expect(behind.allSatisfy { $0 == nil }, "\(golden)")
            let first = numbers.prefix { $0 != nil }.compactMap { $0 }
            #expect(first == first.sorted(), "\(golden)")
        }
    }

    @Test(
        "Where istioctl fails for a missing section, the table comes with a note",
        arguments: ["lab", "istiod"])
    func missingSections(_ group: String) throws {
        let goldens = try Self.goldens(group).filter {
            try $0.text().contains("has no configuration type")
        }
        #expect(!goldens.isEmpty)
        for golden in goldens {
            let outcome = try golden.run()
            #expect(outcome.status == 0, "\(golden)")
            #expect(outcome.text == "ECDS NAME     TYPE\n", "\(golden)")
            #expect(outcome.errorText.contains("there is no EcdsConfigDump"), "\(golden)")
        }
    }

    @Test(
        "A line of text in place of a dump is an error that says what helps",
        arguments: [
            "lab", "istiod",
        ])
    func unreadable(_ group: String) throws {
        let goldens = try Self.goldens(group).filter {
            try $0.text().contains("invalid value Failed")
        }
        #expect(goldens.count > 10)
        for golden in goldens {
            let outcome = try golden.run()
            #expect(outcome.status == 2, "\(golden)")
            #expect(outcome.text.isEmpty, "\(golden)")
            #expect(outcome.errorText.contains("config_dump?resource="), "\(golden)")
        }
    }

    // MARK: - Cases

    struct Case: Decodable, Sendable {
        var command: String
        var input: String
        var arguments: [String]
        var output: String?
        var error: String?
    }

    @Test("Every captured call of istioctl proxy-config with its filters and outputs")
    func cases() throws {
        var count = 0
        for (folder, place) in try CapturedPair.folders("istiod") {
            let views = folder.appendingPathComponent("golden/views")
            guard let list = try? Data(contentsOf: views.appendingPathComponent("cases.json"))
            else {
                continue
            }
            for one in try JSONDecoder().decode([Case].self, from: list) {
                count += 1
                try check(one, in: folder, views, "\(place) \(one.command) \(one.arguments)")
            }
        }
        #expect(count == 135)
    }

    private func check(_ one: Case, in folder: URL, _ views: URL, _ name: String) throws {
        let view = one.command == "eds" ? "endpoints" : one.command
        var arguments =
            [view] + one.arguments + [folder.appendingPathComponent(one.input).path]
        if view == "secrets" || view == "all" { arguments += ["--at", "2026-11-23T18:16:00Z"] }
        let outcome = try Command.run(arguments)
        #expect(outcome.status == 0, "\(name): \(outcome.errorText)")
        guard let output = one.output else {
            // istioctl failed for a section that Envoy leaves out.
            let error = try #require(one.error)
            #expect(
                error.contains("EcdsConfigDump") && outcome.errorText.contains("EcdsConfigDump"))
            return
        }
        let expected = try Corpus.bytes(of: views.appendingPathComponent(output))
        if one.arguments.contains("json") || view == "bootstrap" && one.arguments.isEmpty {
            #expect(
                try Self.value(outcome.output) == Self.value(expected), "\(name)")
            #expect(
                try PlainJSON(outcome.output).printed(depth: 0) + "\n" == outcome.text, "\(name)")
        } else {
            #expect(outcome.output == expected, "\(name)")
        }
    }

    /// JSON as a value, for which the order of members does not count.
    private static func value(_ bytes: [UInt8]) throws -> NSObject? {
        try JSONSerialization.jsonObject(with: Data(bytes)) as? NSObject
    }
}

extension PlainJSON {
    /// As Python's `json.dumps(value, indent=4, ensure_ascii=False)` prints it.
    fileprivate func printed(depth: Int) -> String {
        let inner = String(repeating: " ", count: (depth + 1) * 4)
        let outer = String(repeating: " ", count: depth * 4)
        switch self {
        case .list(let elements) where !elements.isEmpty:
            let lines = elements.map { inner + $0.printed(depth: depth + 1) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(outer)]"
        case .object(let members) where !members.isEmpty:
            let lines = members.map { member in
                "\(inner)\(PlainJSON.quoted(member.key)): \(member.value.printed(depth: depth + 1))"
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(outer)}"
        case .string(let text): return PlainJSON.quoted(text)
        case .number(let text): return text
        case .boolean(let value): return "\(value)"
        case .null: return "null"
        case .list: return "[]"
        case .object: return "{}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let escapes: [Unicode.Scalar: String] = [
            "\"": #"\""#, "\\": #"\\"#, "\n": #"\n"#, "\r": #"\r"#, "\t": #"\t"#, "\u{8}": #"\b"#,
            "\u{c}": #"\f"#,
        ]
        let parts = text.unicodeScalars.map { scalar -> String in
            if let escape = escapes[scalar] { return escape }
            guard scalar.value < 0x20 else { return String(scalar) }
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "\"\(parts.joined())\""
    }
}
