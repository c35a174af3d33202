/// The scripts by which a shell completes command lines: made from the table of commands.
enum ShellCompletions: String, CaseIterable {
    case bash, zsh, fish

    var script: String {
        switch self {
        case .bash: ShellCompletions.bashScript
        case .zsh: ShellCompletions.zshScript
        case .fish: ShellCompletions.fishScript
        }
    }

    // MARK: - bash

    private static var bashScript: String {
        """
        # Completions of drydock for bash.
        _drydock() {
            local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
            # readline splits at =, which stands alone then.
            [ "$word" = = ] && word=
            [ "$before" = = ] && before=${COMP_WORDS[COMP_CWORD - 2]}
            local words= files=
            if [ "$COMP_CWORD" -eq 1 ]; then
                words='\(list(CommandTable.all.map(\.page.name) + ["--help", "--version"]))'
            else
                case "${COMP_WORDS[1]} $before" in
        \(CommandTable.all.map(bashArguments).joined())\
                *)
                    case "${COMP_WORDS[1]}" in
        \(CommandTable.all.map(bashOperands).joined())\
                    esac
                    ;;
                esac
            fi
            COMPREPLY=($(compgen -W "$words" -- "$word"))
            [ -n "$files" ] && COMPREPLY+=($(compgen -f -- "$word"))
        }
        complete -o filenames -F _drydock drydock

        """
    }

    /// What follows an option.
    private static func bashArguments(_ command: Command) -> String {
        command.options.compactMap { option in
            guard let argument = option.argument else { return nil }
            let patterns = command.page.names.flatMap { name in
                option.spellings.map { "'\(name) \($0)'" }
            }
            return """
                        \(patterns.joined(separator: " | ")))
                            \(bashChoice([argument.completion], []))
                            ;;

                """
        }.joined()
    }

    private static func bashOperands(_ command: Command) -> String {
        """
                    \(command.page.names.joined(separator: " | ")))
                        \(bashChoice(command.page.completions, command.options.flatMap(\.spellings)))
                        ;;

        """
    }

    private static func bashChoice(_ completions: [Completion], _ options: [String]) -> String {
        let words = options + completions.flatMap(\.words)
        let setsFiles = completions.contains(where: \.isFiles) ? "; files=1" : ""
        return "words='\(list(words))'\(setsFiles)"
    }

    // MARK: - zsh

    private static var zshScript: String {
        let commands = CommandTable.all.map {
            "    '\($0.page.name):\(quoted($0.page.summary, escaping: ":"))'\n"
        }
        return """
            #compdef drydock
            # Completions of drydock for zsh.
            _drydock() {
                local -a commands=(
            \(commands.joined())\
                )
                if (( CURRENT == 2 )); then
                    _describe command commands
                    _arguments '(- *)--help' '(- *)--version'
                    return
                fi
                local command=$words[2]
                shift words
                (( CURRENT -= 1 ))
                case $command in
            \(CommandTable.all.map(zshCase).joined())\
                esac
            }
            _drydock "$@"

            """
    }

    private static func zshCase(_ command: Command) -> String {
        let options = command.options.map { option in
            let text = quoted(option.text, escaping: "[]:")
            let argument = option.argument.map {
                ":\($0.name.lowercased().replacing(":", with: " ")):\(zshAction($0.completion))"
            }
            let spellings = option.spellings.joined(separator: ",")
            let names = option.short == nil ? "'*\(spellings)" : "'*'{\(spellings)}'"
            return "        \(names)[\(text)]\(argument ?? "")' \\\n"
        }
        let operands = command.page.completions.map(zshAction).joined(separator: " ")
        return """
                \(command.page.names.joined(separator: "|")))
                    _arguments \\
            \(options.joined())\
                    '*:argument:\(operands)'
                    ;;

            """
    }

    private static func zshAction(_ completion: Completion) -> String {
        switch completion {
        case .none: " "
        case .files: "_files"
        case .words(let words): "(\(list(words)))"
        }
    }

    // MARK: - fish

    private static var fishScript: String {
        let names = CommandTable.all.flatMap(\.page.names)
        let commands = CommandTable.all.map {
            "complete -c drydock -n '\(none)' -f -a \($0.page.name) -d '\(quoted($0.page.summary))'\n"
        }
        return """
            # Completions of drydock for fish.
            set -l names \(list(names))
            \(commands.joined())\
            complete -c drydock -n '\(none)' -f -l version -d 'print the version'
            \(CommandTable.all.map(fishLines).joined())
            """
    }

    private static let none = "not __fish_seen_subcommand_from $names"

    private static func fishLines(_ command: Command) -> String {
        let seen = "-n '__fish_seen_subcommand_from \(list(command.page.names))'"
        let options = command.options.map { option in
            let short = option.short.map { " -s \($0)" } ?? ""
            let argument =
                switch option.argument?.completion {
                case .files: " -r -F"
                case .words(let words): " -x -a '\(list(words))'"
                case .some(.none): " -x"
                case nil: ""
                }
            return "complete -c drydock \(seen) -l \(option.long)\(short)\(argument)"
                + " -d '\(quoted(option.text))'\n"
        }
        let operands = command.page.completions.flatMap(\.words)
        let words =
            operands.isEmpty ? "" : "complete -c drydock \(seen) -a '\(list(operands))'\n"
        return options.joined() + words
    }

    // MARK: - Words

    private static func list(_ words: [String]) -> String { words.joined(separator: " ") }

    /// A text between single quotes, with a backslash before some characters.
    private static func quoted(_ text: String, escaping marks: String = "") -> String {
        var quoted = ""
        for character in text {
            if marks.contains(character) { quoted += "\\" }
            quoted += character == "'" ? "’" : String(character)
        }
        return quoted
    }
}

extension OptionDescription {
    /// `-o`, `--output`
    fileprivate var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + ["--\(long)"] }
}

extension Completion {
    fileprivate var isFiles: Bool { if case .files = self { true } else { false } }

    fileprivate var words: [String] { if case .words(let words) = self { words } else { [] } }
}
