import CorpusSupport
import Foundation
import Testing

/// Help, manual page and completions come from the table that is parsed by.
@Suite struct OptionTableTests {
    /// The commands of the overview.
    private static func commands() throws -> [String] {
        let lines = try Command.run(["--help"]).lines
        let start = try #require(lines.firstIndex(of: "Commands:"))
        return lines[(start + 1)...].prefix { $0.hasPrefix("  ") }.compactMap {
            $0.split(separator: " ").first.map(String.init)
        }
    }

    /// The long options of a command's help, with the name of what follows.
    private static func options(_ command: String) throws -> [(name: String, argument: String?)] {
        try Command.run([command, "--help"]).lines.compactMap { line in
            guard line.hasPrefix("      --") || line.hasPrefix("  -"),
                let start = line.range(of: "--")?.lowerBound
            else { return nil }
            let words = line[start...].dropFirst(2).split(separator: "  ")[0].split(separator: " ")
            return (String(words[0]), words.count > 1 ? String(words[1]) : nil)
        }
    }

    @Test("Every command says what it is called with, its options and its exit status")
    func pages() throws {
        let commands = try Self.commands()
        #expect(commands.count >= 15)
        for command in commands {
            let outcome = try Command.run([command, "--help"])
            #expect(outcome.status == 0, "\(command)")
            #expect(outcome.text.hasPrefix("Usage: drydock \(command)"))
            #expect(outcome.text.contains("\nExit status: 0"))
            #expect(try Self.options(command).contains { $0.name == "help" })
            for line in outcome.lines {
                #expect(line.count <= 100, "\(command): \(line)")
                #expect(line.last != " ", "\(command): \(line)")
            }
        }
    }

    @Test("An option of the help is known to the parser, and takes what the help says")
    func parsing() throws {
        for command in try Self.commands() {
            for option in try Self.options(command) where option.argument != nil {
                let outcome = try Command.run([command, "--\(option.name)"])
                #expect(outcome.status == 2)
                #expect(outcome.errorText == "drydock: --\(option.name): missing argument\n")
            }
        }
    }

    @Test(
        "The manual page has every command and every option, and no line that roff takes for its own"
    )
    func manual() throws {
        let outcome = try Command.run(["manual"])
        #expect(outcome.status == 0)
        let text = outcome.text.replacing("\\-", with: "-")
        for command in try Self.commands() {
            let section = try #require(text.firstRange(of: "\n.SS \(command)"), "\(command)")
            let rest = text[section.upperBound...]
            let page = rest[..<(rest.firstRange(of: "\n.SS ")?.lowerBound ?? rest.endIndex)]
            for option in try Self.options(command) {
                #expect(page.contains("\\fB--\(option.name)\\fR"), "\(command) \(option.name)")
            }
        }
        let macros = ["TH", "SH", "SS", "PP", "TP", "RS", "RE", "nf", "fi", "br"]
        for line in outcome.lines where line.hasPrefix(".") || line.hasPrefix("'") {
            let macro = line.dropFirst().prefix { $0 != " " }
            #expect(macros.contains(String(macro)), "\(line)")
        }
    }

    @Test("The completions of every shell have every command and every option")
    func completions() throws {
        let scripts = try ["bash", "zsh", "fish"].map {
            ($0, try Command.run(["completions", $0]).text)
        }
        for command in try Self.commands() {
            for (shell, script) in scripts {
                #expect(script.contains(command), "\(shell)")
                for option in try Self.options(command) {
                    let spelling = shell == "fish" ? "-l \(option.name)" : "--\(option.name)"
                    #expect(script.contains(spelling), "\(shell) \(command) \(option.name)")
                }
            }
        }
        #expect(try Command.run(["completions", "csh"]).status == 2)
    }

    @Test(
        "bash completes commands, options, their words and files",
        arguments: [
            (["drydock", "di"], ["diff"]),
            (["drydock", "diff", "--out"], ["--output"]),
            (
                ["drydock", "diff", "--output", ""],
                ["unified", "summary", "stat", "names", "markdown", "html", "json"]
            ),
            (["drydock", "diff", "--output", "=", "j"], ["json"]),
            (["drydock", "bundle", "-o", "nd"], ["ndjson"]),
            (["drydock", "c", "--direction", "inbound-"], ["inbound-vip"]),
            (["drydock", "canon", "dump.json", "list"], ["listeners"]),
            (["drydock", "trace", "--clusters", "/etc/host"], ["/etc/hosts"]),
            (["drydock", "status", "--service", "x"], []),
        ])
    func bash(_ words: [String], _ expected: [String]) throws {
        let script = """
            eval "$1"; shift
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _drydock
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments =
            ["-c", script, "bash", try Command.run(["completions", "bash"]).text] + words
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let found = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let lines = String(decoding: found, as: UTF8.self).split(separator: "\n").map(String.init)
        if expected == ["/etc/hosts"] {
            #expect(lines.contains("/etc/hosts"))
        } else {
            #expect(lines == expected)
        }
    }
}
