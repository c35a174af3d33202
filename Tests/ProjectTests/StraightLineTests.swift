import CorpusSupport
import Foundation
import Testing

/// Data flows one way: a module sees only what stands before it.
@Suite struct StraightLineTests {
    /// What each module may import beside the system. SwiftPM refuses a backward import, but lets a
    /// module skip a layer through another's dependencies.
    static let allowed: [String: Set<String>] = [
        "JSONEvents": ["CYajl"],
        "EnvoySchema": [],
        "CanonicalForm": ["JSONEvents", "EnvoySchema"],
        "ConfigDumpIndex": ["JSONEvents", "EnvoySchema", "CanonicalForm"],
        "EnvoyResources": ["CanonicalForm", "ConfigDumpIndex"],
        "StructuralDiff": ["JSONEvents", "CanonicalForm", "ConfigDumpIndex"],
        "UnifiedText": ["JSONEvents", "CanonicalForm", "ConfigDumpIndex", "StructuralDiff"],
        "SyncStatus": ["JSONEvents", "ConfigDumpIndex"],
        "Explanations": [
            "JSONEvents", "CanonicalForm", "ConfigDumpIndex", "SyncStatus", "StructuralDiff",
        ],
        "DrydockDiff": [
            "JSONEvents", "EnvoySchema", "CanonicalForm", "ConfigDumpIndex", "StructuralDiff",
            "UnifiedText", "SyncStatus", "Explanations",
        ],
        "CompressedInput": ["CArchive", "CZlib"],
        "YAMLText": ["CYaml", "CanonicalForm"],
        "X509Text": ["CCrypto"],
        "ProxyViews": [
            "JSONEvents", "EnvoySchema", "CanonicalForm", "ConfigDumpIndex", "EnvoyResources",
            "StructuralDiff", "UnifiedText", "Explanations", "YAMLText", "X509Text",
        ],
        "SupportBundles": [
            "JSONEvents", "CanonicalForm", "ConfigDumpIndex", "SyncStatus", "CompressedInput",
        ],
        "MeshStatus": [
            "JSONEvents", "CanonicalForm", "ConfigDumpIndex", "StructuralDiff", "UnifiedText",
            "SyncStatus",
            "Explanations", "SupportBundles",
        ],
        "RequestTracing": [
            "CRE2", "JSONEvents", "CanonicalForm", "ConfigDumpIndex", "EnvoyResources",
            "StructuralDiff", "UnifiedText", "Explanations", "ProxyViews",
        ],
        "Drydock": [
            "DrydockDiff", "ConfigDumpIndex", "JSONEvents", "SyncStatus", "CompressedInput",
            "EnvoyResources", "YAMLText", "X509Text", "ProxyViews", "RequestTracing",
            "SupportBundles", "MeshStatus",
        ],
        "DrydockTesting": ["DrydockDiff", "Testing"],
        "DrydockCommand": ["Drydock", "JSONEvents", "UnifiedText", "CPopt"],
        "drydock": ["DrydockCommand"],
    ]

    /// Modules of the system and the toolchain.
    static let system: Set<String> = ["Glibc", "Darwin", "Synchronization"]

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

    @Test("A module imports only what stands before it")
    func imports() throws {
        let files = try Self.sources()
        #expect(files.count > 50)
        for file in files {
            let allowed = try #require(
                Self.allowed[file.module], "\(file.module) is not in the list of modules")
            for module in file.imports where !Self.system.contains(module) {
                #expect(allowed.contains(module), "\(file.name) imports \(module)")
            }
        }
    }

    @Test("A C library is imported in one file, and not handed on")
    func libraries() throws {
        let files = try Self.sources()
        let imported = Set(Self.allowed.values.joined()).subtracting(Self.allowed.keys)
        for library in imported.subtracting(["Testing"]) {
            let users = files.filter { $0.imports.contains(library) }
            #expect(users.count == 1, "\(library) is imported in \(users.map(\.name))")
            for user in users {
                #expect(user.lines.contains("internal import \(library)"), "\(user.name)")
            }
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
