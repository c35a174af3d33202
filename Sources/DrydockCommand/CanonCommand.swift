internal import Drydock

/// `drydock canon FILE KIND`
enum CanonCommand {
    private static let options = [
        CommandOption("max-depth"), CommandOption("help", "h", takesArgument: false),
    ]

    static func run(
        _ words: [String], to output: inout DescriptorOutput
    ) throws(CommandFailure) -> ExitStatus {
        let arguments: ParsedArguments
        let limits: JSONLimits
        do throws(UsageError) {
            arguments = try OptionParser.parse(words, options: options)
            if arguments.has("help") {
                output.write("\(HelpText.canon)\n")
                return .same
            }
            guard arguments.operands.count == 2 else {
                throw UsageError("canon takes a file and a kind: see drydock canon --help")
            }
            limits = try DumpInput.limits(arguments)
        } catch {
            throw CommandFailure(error)
        }
        let path = arguments.operands[0]
        let kind = try DiffOptions.kind(arguments.operands[1])
        let dump = try DumpInput.dump(path, limits: limits)
        guard dump.sections.contains(kind) else {
            let found = dump.sections.isEmpty ? "is empty: it has no section, and so" : "has"
            throw CommandFailure(
                code: "not-a-dump", message: "the dump \(found) no \(kind.sectionName)", file: path)
        }
        do throws(ConfigDumpError) {
            try CanonicalDocumentText().write(CanonicalDocument(dump, kind), to: &output)
            Terminal.warn(unread(dump, kind))
        } catch {
            throw CommandFailure(error)
        }
        return .same
    }

    /// What of the dump could not be read, and is therefore not in the text.
    private static func unread(_ dump: ConfigDump, _ kind: ResourceKind) -> [String] {
        dump.defects.map { defect in
            // The line around the place would not be one line.
            "not read: \(defect.error.description.prefix { $0 != "\n" })"
        }
            + dump.unreadMembers.filter { $0.kind == kind }.map {
                "\(dump.source): not read: \($0.name) in \(kind.sectionName)"
            }
    }
}
