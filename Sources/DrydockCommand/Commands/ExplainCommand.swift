internal import Drydock

/// `drydock explain KIND…`
enum ExplainCommand {
    private enum Output: String, CaseIterable {
        case text, markdown
    }

    static let command = Command(
        CommandPage(
            names: ["explain"], usages: ["[OPTIONS] [KIND…]"],
            summary: "say what a kind of note means, and how to mend it",
            about: """
                Says of each kind of note what it means, how it comes about, how to confirm it and how to mend
                it; of all kinds where none is named. The kinds are those of the reports and of the JSON.
                """,
            exitStatus: "0, or 2 for a kind that there is not.",
            examples: ["drydock explain rejected", "drydock explain warming stale"],
            operandCount: 0...Int.max, operands: "kinds of notes",
            completions: [.words(NoteExplanation.all.map(\.kind.rawValue))]),
        Output.text,
        options: [
            .choice("output", "o", "FORMAT", "text (the default) or markdown", \.self)
        ]
    ) { format, names, output throws(CommandFailure) in
        var explanations: [NoteExplanation] = []
        for name in names {
            guard let explanation = NoteExplanation.of(name) else {
                let known = NoteExplanation.all.map(\.kind.rawValue).joined(separator: ", ")
                throw CommandFailure(UsageError("\(name): expected one of \(known)"))
            }
            explanations.append(explanation)
        }
        let writer = NoteExplanationText(isMarkdown: format == .markdown)
        for explanation in names.isEmpty ? NoteExplanation.all : explanations {
            writer.write(explanation, to: &output)
        }
        return .same
    }
}
