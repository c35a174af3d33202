internal import Drydock

/// `drydock canon FILE KIND`
enum CanonCommand {
    static let command = Command(
        CommandPage(
            names: ["canon"], usages: ["[--max-depth N] FILE KIND"],
            summary: "print the canonical text of one section: what diff compares",
            about: """
                Prints the canonical text of one section: what diff compares. KIND is clusters,
                listeners, routes, endpoints, ecds, secrets or scopedRoutes.
                """,
            exitStatus: "0, or 2 for trouble, a section that the dump does not have included.",
            examples: ["drydock canon config_dump.json clusters | less"],
            operandCount: 2...2, operands: "a file and a kind",
            completions: [.files, .words(DiffOptions.kinds.map(\.rawValue))]),
        JSONLimits(), options: [.maxDepth(\.self)]
    ) { limits, operands, output throws(CommandFailure) in
        try run(operands[0], operands[1], limits, &output)
    }

    private static func run(
        _ path: String, _ name: String, _ limits: JSONLimits, _ output: inout DescriptorOutput
    ) throws(CommandFailure) -> ExitStatus {
        let kind: ResourceKind
        do throws(UsageError) {
            kind = try DiffOptions.kind(name)
        } catch {
            throw CommandFailure(error)
        }
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
