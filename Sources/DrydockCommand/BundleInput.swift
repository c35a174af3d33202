internal import Drydock
internal import JSONEvents

/// Opens the bundles that a command line names.
enum BundleInput {
    /// Reads a bundle; on a terminal its progress shows. What of it cannot be read is a line on
    /// standard error each.
    static func bundle(_ path: String) async throws(CommandFailure) -> SupportBundle {
        guard path != "-" else {
            throw CommandFailure(
                UsageError("-: a bundle is read twice where something differs: save it"))
        }
        var progress = ProgressLine()
        let bundle: SupportBundle
        do throws(ConfigDumpError) {
            bundle = try await SupportBundle.reading(path) { progress.show("\($0) entries") }
        } catch {
            progress.clear()
            throw CommandFailure(error)
        }
        progress.clear()
        var errors = DescriptorOutput(2)
        for entry in bundle.unreadable {
            errors.write(
                "drydock: \(PrintableText.line(entry.entry)): \(PrintableText.line(entry.error.message))\n"
            )
        }
        errors.flush()
        return bundle
    }

    /// The status to end with, after a line on standard error where the bundle broke off.
    static func finish(_ bundle: SupportBundle, isWell: Bool) -> ExitStatus {
        guard let interruption = bundle.interruption else { return isWell ? .same : .different }
        var errors = DescriptorOutput(2)
        errors.write(
            "drydock: \(bundle.source): \(PrintableText.line(interruption.message)); "
                + "what came before it was read\n")
        errors.flush()
        return .trouble
    }

    /// The seconds that a push may take.
    static func grace(_ arguments: ParsedArguments) throws(UsageError) -> Double? {
        guard let text = arguments.value("grace") else { return nil }
        guard let seconds = Double(text), seconds >= 0, seconds.isFinite else {
            throw UsageError("--grace \(text): a number of seconds is wanted")
        }
        return seconds
    }
}
