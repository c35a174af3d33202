internal import Reporting

/// A command: what people are told of it, its options, and what it does.
struct Command: Sendable {
    /// What a command does with its settings and its other arguments.
    typealias Body<Settings> =
        @Sendable (_ settings: Settings, _ operands: [String], _ output: inout DescriptorOutput)
        async throws(CommandFailure) -> ExitStatus

    let page: CommandPage
    let options: [OptionDescription]
    private let perform:
        @Sendable (ParsedArguments, inout DescriptorOutput) async throws(CommandFailure) ->
            ExitStatus

    /// Makes a command. `settings` are those of a command line without options.
    init<Settings: Sendable>(
        _ page: CommandPage, _ settings: Settings, options: [CommandOption<Settings>],
        body: @escaping Body<Settings>
    ) {
        self.page = page
        self.options = options.map(\.description) + [.help]
        perform = { arguments, output throws(CommandFailure) in
            var settings = settings
            do throws(UsageError) {
                for (index, text) in arguments.options {
                    try options[index].take(&settings, text)
                }
                guard page.operandCount.contains(arguments.operands.count) else {
                    throw UsageError(
                        "\(page.name) takes \(page.operands): see drydock \(page.name) --help")
                }
            } catch {
                throw CommandFailure(error)
            }
            return try await body(settings, arguments.operands, &output)
        }
    }

    /// Runs it with the words behind its name.
    func run(
        _ words: [String], to output: inout DescriptorOutput
    ) async throws(CommandFailure) -> ExitStatus {
        let arguments: ParsedArguments
        do throws(UsageError) {
            arguments = try OptionParser.parse(words, options: options)
        } catch {
            throw CommandFailure(error)
        }
        guard !arguments.options.contains(where: { $0.index == options.count - 1 }) else {
            output.write(HelpText.page(self))
            return .same
        }
        return try await perform(arguments, &output)
    }
}

/// What people are told of a command.
struct CommandPage: Sendable {
    /// Its name, and shorter ones.
    var names: [String]
    /// What stands behind the name, a line each way of calling it.
    var usages: [String]
    /// Half a line for the list of commands.
    var summary: String
    /// Paragraphs, an empty line between two.
    var about: String
    /// What its exit status means.
    var exitStatus: String
    /// Command lines without `drydock`; one may go on in a second line.
    var examples: [String]
    /// How many arguments it takes, options not counted.
    var operandCount: ClosedRange<Int>
    /// The same in words: `diff takes …`.
    var operands: String
    /// What a shell offers for them.
    var completions: [Completion] = [.files]

    var name: String { names[0] }

    /// `drydock diff [OPTIONS] ISTIOD ENVOY`, a line each way of calling it.
    var commandLines: [(command: String, rest: String)] {
        usages.map { ("drydock \(name)", $0.isEmpty ? "" : " \($0)") }
    }
}
