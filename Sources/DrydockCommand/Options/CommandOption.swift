internal import Drydock

/// An option of a command, declared once: parsing, help, the manual page and the shells' completions
/// come from it.
struct CommandOption<Settings: Sendable>: Sendable {
    /// A member of the settings.
    typealias Member<Value> = any WritableKeyPath<Settings, Value> & Sendable

    /// What people and shells are told.
    var description: OptionDescription
    /// Changes the settings. The text is what the option was given; empty if it takes nothing.
    var take: @Sendable (_ settings: inout Settings, _ text: String) throws(UsageError) -> Void
}

/// What people and shells are told of an option.
struct OptionDescription: Sendable {
    /// What follows an option.
    struct Argument: Sendable {
        /// As the help has it: `FILE`.
        var name: String
        var completion = Completion.none
    }

    var long: String
    var short: Character?
    /// Nil if nothing follows.
    var argument: Argument?
    /// One sentence without a capital and a full stop.
    var text: String

    /// `-o, --output FORMAT`
    var synopsis: String {
        let short = short.map { "-\($0), " } ?? ""
        return "\(short)--\(long)\(argument.map { " \($0.name)" } ?? "")"
    }

    static let help = OptionDescription(
        long: "help", short: "h", text: "print this and end")
}

/// What a shell offers in a place.
enum Completion: Sendable {
    case none
    case files
    case words([String])
}

extension CommandOption {
    /// An option that is there or not.
    static func flag(
        _ long: String, _ short: Character? = nil, _ text: String, _ member: Member<Bool>
    ) -> CommandOption {
        CommandOption(description: OptionDescription(long: long, short: short, text: text)) {
            settings, _ in settings[keyPath: member] = true
        }
    }

    /// An option that is short for a setting of another.
    static func setting<Value: Sendable>(
        _ long: String, _ text: String, _ member: Member<Value>, _ value: Value
    ) -> CommandOption {
        CommandOption(description: OptionDescription(long: long, text: text)) { settings, _ in
            settings[keyPath: member] = value
        }
    }

    /// An option with a text; the last one wins.
    static func text(
        _ long: String, _ short: Character? = nil, _ argument: String, _ text: String,
        _ member: Member<String?>, completes completion: Completion = .none
    ) -> CommandOption {
        option(long, short, argument, text, completes: completion) { settings, value in
            settings[keyPath: member] = value
        }
    }

    /// An option that may be given several times.
    static func texts(
        _ long: String, _ argument: String, _ text: String, _ member: Member<[String]>,
        completes completion: Completion = .none
    ) -> CommandOption {
        option(long, nil, argument, text, completes: completion) { settings, value in
            settings[keyPath: member].append(value)
        }
    }

    /// An option that takes one of a few words.
    static func choice<Choice: RawRepresentable<String> & CaseIterable & SendableMetatype>(
        _ long: String, _ short: Character? = nil, _ argument: String, _ text: String,
        _ member: Member<Choice>
    ) -> CommandOption {
        let words = Choice.allCases.map(\.rawValue)
        return option(long, short, argument, text, completes: .words(words)) {
            (settings, value) throws(UsageError) in
            guard let choice = Choice(rawValue: value) else {
                throw .unknownWord(long, value, words)
            }
            settings[keyPath: member] = choice
        }
    }

    /// An option that takes one of a few words, whose capitals do not matter.
    static func word(
        _ long: String, _ argument: String, _ words: [String], _ text: String,
        _ member: Member<String?>
    ) -> CommandOption {
        option(long, nil, argument, text, completes: .words(words)) {
            (settings, value) throws(UsageError) in
            guard let word = words.first(where: { $0.lowercased() == value.lowercased() }) else {
                throw .unknownWord(long, value, words)
            }
            settings[keyPath: member] = word
        }
    }

    /// An option whose text is read as something else; nil from `read` is an error.
    static func value<Value: Sendable>(
        _ long: String, _ short: Character? = nil, _ argument: String, _ text: String,
        _ member: Member<Value>, expected: String, completes completion: Completion = .none,
        read: @escaping @Sendable (String) -> Value?
    ) -> CommandOption {
        option(long, short, argument, text, completes: completion) {
            (settings, value) throws(UsageError) in
            guard let read = read(value) else {
                throw UsageError("--\(long) \(value): expected \(expected)")
            }
            settings[keyPath: member] = read
        }
    }

    /// An option with an argument.
    static func option(
        _ long: String, _ short: Character? = nil, _ argument: String, _ text: String,
        completes completion: Completion = .none,
        take: @escaping @Sendable (inout Settings, String) throws(UsageError) -> Void
    ) -> CommandOption {
        CommandOption(
            description: OptionDescription(
                long: long, short: short,
                argument: OptionDescription.Argument(name: argument, completion: completion),
                text: text),
            take: take)
    }

    /// How deep a capture may nest.
    static func maxDepth(_ member: Member<JSONLimits>) -> CommandOption {
        let most = JSONLimits.maximumDepth
        return .value(
            "max-depth", nil, "N", "how deep a capture may nest: 512, at most \(most)",
            member, expected: "a number from 1 to \(most)"
        ) { text in
            Int(text).flatMap { 1...most ~= $0 ? JSONLimits(depth: $0) : nil }
        }
    }
}
