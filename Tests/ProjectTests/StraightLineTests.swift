import CorpusSupport
import Foundation
import Testing

/// Data flows one way: a module sees only what stands before it.
@Suite struct StraightLineTests {
    /// The targets as `Package.swift` declares them: there is no second list.
    struct Manifest: Decodable {
        struct Target: Decodable {
            var name: String
            var type: String
            var path: String?
            var dependencies: [[String: [String?]]]

            /// The targets that it may import.
            var imports: Set<String> {
                Set(dependencies.flatMap { $0.values.compactMap { $0.first ?? nil } })
            }

            var isLibraryCode: Bool {
                path == nil && ["regular", "executable", "system"].contains(type)
            }
        }

        var targets: [Target]

        /// The targets below `Sources`, by name.
        static let sources = Result {
            let folder = try TemporaryFolder()
            let outcome = try Command.run(
                URL(fileURLWithPath: "/usr/bin/env"),
                [
                    "swift", "package", "--package-path", Corpus.repository.path,
                    "--scratch-path", folder.url.path, "dump-package",
                ], environment: ProcessInfo.processInfo.environment)
            let manifest = try JSONDecoder().decode(Manifest.self, from: Data(outcome.output))
            return Dictionary(
                uniqueKeysWithValues: manifest.targets.filter(\.isLibraryCode)
                    .map { ($0.name, $0) })
        }
    }

    /// Modules of the system and the toolchain.
    static let system: Set<String> = [
        "Glibc", "Musl", "Darwin", "Synchronization", "Testing",
    ]

    struct SourceFile {
        var module: String
        var url: URL
        var lines: [String]

        var name: String { "\(module)/\(url.lastPathComponent)" }

        /// The modules that the file imports.
        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let index = words.firstIndex(of: "import"), index < 3,
                    words[..<index].allSatisfy({
                        $0.hasPrefix("@") || Self.access.contains(String($0))
                    })
                else { return nil }
                return words.last.map(String.init)
            }
        }

        private static let access: Set<String> = [
            "public", "package", "internal", "private", "fileprivate",
        ]
    }

    static func sources() throws -> [SourceFile] {
        let folder = Corpus.repository.appendingPathComponent("Sources")
        var files: [SourceFile] = []
        for module in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let place = folder.appendingPathComponent(module)
            let names = FileManager.default.enumerator(atPath: place.path)?.allObjects as? [String]
            for name in names ?? [] where name.hasSuffix(".swift") {
                let url = place.appendingPathComponent(name)
                let text = try String(contentsOf: url, encoding: .utf8)
                files.append(
                    SourceFile(
                        module: module, url: url,
                        lines: text.split(separator: "\n", omittingEmptySubsequences: false)
                            .map(String.init)))
            }
        }
        return files
    }

    @Test("A module imports only what its target names")
    func imports() throws {
        let targets = try Manifest.sources.get()
        let files = try Self.sources()
        #expect(files.count > 50)
        // SwiftPM refuses a backward import, but lets a module skip a layer through another's
        // dependencies.
        for file in files {
            let target = try #require(targets[file.module], "\(file.module) is no target")
            for module in file.imports where !Self.system.contains(module) {
                #expect(target.imports.contains(module), "\(file.name) imports \(module)")
            }
        }
    }

    @Test("A C library is imported in one file, and not handed on")
    func libraries() throws {
        let targets = try Manifest.sources.get()
        let files = try Self.sources()
        let libraries = targets.keys.filter { $0.hasPrefix("C") && $0.contains("Drydock") }
        #expect(libraries.count >= 7)
        for library in libraries {
            let users = files.filter { $0.imports.contains(library) }
            #expect(users.count == 1, "\(library) is imported in \(users.map(\.name))")
            for user in users {
                #expect(user.lines.contains("internal import \(library)"), "\(user.name)")
            }
        }
    }

    @Test("A module is a room: few of them, and none without content")
    func rooms() throws {
        let lines = try Dictionary(grouping: Self.sources(), by: \.module)
            .mapValues { $0.reduce(0) { $0 + $1.lines.count } }
        #expect(lines.count <= 17)
        // The umbrella, what wraps one C library, and what hands over to a module that holds more.
        let small: Set = ["Drydock", "Regex", "Certificates", "DrydockTesting", "drydock"]
        for (module, count) in lines where !small.contains(module) {
            #expect(count >= 250, "\(module)")
        }
    }

    @Test("A source file holds one idea: at most 500 lines, the generated table apart")
    func lengths() throws {
        for file in try Self.sources() where file.url.lastPathComponent != "SchemaTable.swift" {
            #expect(file.lines.count <= 501, "\(file.name)")
        }
    }

    @Test("The library prints nothing, ends nothing and reads no environment")
    func quiet() throws {
        let words = [
            "print(", "exit(", "getenv(", "ProcessInfo", "CommandLine", "fatalError(", "try!",
        ]
        for file in try Self.sources() where !["drydock", "DrydockCommand"].contains(file.module) {
            for line in file.lines where !line.trimmingCharacters(in: .whitespaces).hasPrefix("//")
            {
                for word in words {
                    guard let range = line.range(of: word) else { continue }
                    let before = line[..<range.lowerBound].last
                    let isPart =
                        before.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." } ?? false
                    #expect(isPart, "\(file.name): \(line)")
                }
            }
        }
    }

    @Test("Every public declaration is documented")
    func documentation() throws {
        for file in try Self.sources() {
            for (index, line) in file.lines.enumerated() {
                let words = line.split(separator: " ")
                guard words.first == "public", words.count > 1, words[1] != "import" else {
                    continue
                }
                let above =
                    file.lines[..<index].reversed()
                    .first { !$0.trimmingCharacters(in: .whitespaces).hasPrefix("@") } ?? ""
                #expect(
                    above.trimmingCharacters(in: .whitespaces).hasPrefix("///"),
                    "\(file.name):\(index + 1): \(line)")
            }
        }
    }
}
