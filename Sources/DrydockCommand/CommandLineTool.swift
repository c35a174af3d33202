internal import Drydock
internal import StrictJSON

/// The `drydock` command: reads the arguments, calls the library, writes.
public enum CommandLineTool {
    /// Runs the command with the arguments behind its name; returns the exit status.
    public static func run(_ arguments: [String]) async -> Int32 {
        Terminal.ignoreBrokenPipes()
        // Before anything is opened.
        _ = Terminal.closedStreams
        // What follows asks whether standard output is a terminal: before a pager stands between.
        _ = Terminal.isOutputTerminal
        let pager = Pager.start()
        defer { pager?.finish() }
        var output = DescriptorOutput(1)
        var status = ExitStatus.trouble
        do throws(CommandFailure) {
            status = try await run(arguments, to: &output)
        } catch {
            report(error, asJSON: wantsJSON(arguments))
        }
        output.flush()
        if output.failure != 0, !Terminal.isBrokenPipe(output.failure) {
            report(
                CommandFailure(
                    code: "io", message: "standard output: \(Terminal.reason(output.failure))"),
                asJSON: wantsJSON(arguments))
            return ExitStatus.trouble.rawValue
        }
        return status.rawValue
    }

    private static func run(
        _ arguments: [String], to output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        switch arguments.first {
        case "--version":
            output.write("\(HelpText.version)\n")
            return .same
        case "--help", "-h", "-?", "help":
            output.write(HelpText.overview)
            return .same
        default:
            let command: Command
            let rest: [String]
            do throws(UsageError) {
                (command, rest) = try CommandTable.find(arguments[...])
            } catch {
                throw CommandFailure(error)
            }
            return try await command.run(rest, to: &output)
        }
    }

    /// Whether the output was to be JSON: told from the words, since the error may be about them.
    private static func wantsJSON(_ arguments: [String]) -> Bool {
        arguments.contains { ["--output=json", "-ojson", "-o=json"].contains($0) }
            || zip(arguments, arguments.dropFirst()).contains {
                ["--output", "-o"].contains($0) && $1 == "json"
            }
    }

    /// Writes an error to standard error.
    private static func report(_ failure: CommandFailure, asJSON: Bool) {
        var output = DescriptorOutput(2)
        if asJSON {
            failure.value.writeLine(to: &output)
        } else {
            output.write("drydock: \(failure.text)\n")
            for note in failure.notes { output.write("  \(PrintableText.line(note.text))\n") }
        }
        output.flush()
    }
}

/// As `diff` and `git` have it.
enum ExitStatus: Int32 {
    case same = 0
    case different = 1
    case trouble = 2
}
