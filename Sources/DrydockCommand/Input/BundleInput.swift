internal import Drydock
internal import StrictJSON

/// Opens the bundles that a command line names.
enum BundleInput {
    /// Reads a bundle; on a terminal its progress shows. What of it cannot be read is a line on
    /// standard error each.
    static func bundle(_ path: String) async throws(CommandFailure) -> SupportBundle {
        guard path != "-" else {
            throw CommandFailure(
                UsageError("-: a bundle is read twice where something differs: save it to a file"))
        }
        guard !SupportBundle.isSingleFile(path) else {
            throw DumpInput.notABundle(
                path, "expected an archive or a folder, as istioctl bug-report makes them")
        }
        var progress = ProgressLine()
        let bundle: SupportBundle
        do throws(ConfigDumpError) {
            bundle = try await SupportBundle.reading(path) { progress.show(text(of: $0)) }
        } catch {
            progress.clear()
            throw CommandFailure(error)
        }
        progress.clear()
        return bundle
    }

    /// `47 %, 812 entries`.
    private static func text(of progress: ReadingProgress) -> String {
        let part = progress.fractionCompleted.map { "\(Int($0 * 100)) %, " } ?? ""
        return "\(part)\(progress.entries) entries"
    }

    /// Says on standard error what of a bundle cannot be read, a line each.
    static func warnOfUnreadable(_ bundle: SupportBundle) {
        Terminal.warn(bundle.unreadable.map { "\($0.entry): \($0.error.message)" })
    }

    /// The failure where nothing in a bundle is of a proxy or an Istiod; nil where something is.
    static func nothingRecognized(_ bundle: SupportBundle) -> CommandFailure? {
        guard bundle.recognizesNothing else { return nil }
        if let interruption = bundle.interruption { return CommandFailure(interruption) }
        let isFolder = bundle.unreadable.isEmpty && bundle.passedOverCount == 0
        var found =
            isFolder ? "it is empty" : "\(bundle.passedOverCount) other files were passed over"
        let names = bundle.passedOver.prefix(5).map { entry in
            entry.reason.isEmpty ? entry.entry : "\(entry.entry) (\(entry.reason))"
        }
        if !names.isEmpty { found += ": \(names.joined(separator: ", "))" }
        if bundle.passedOverCount > 5 { found += " …" }
        if !bundle.unreadable.isEmpty {
            found +=
                "; not readable: "
                + bundle.unreadable.prefix(3).map { "\($0.entry): \($0.error.message)" }
                .joined(separator: "; ")
        }
        return CommandFailure(
            code: "not-a-dump",
            message:
                "nothing in this bundle is recognized: expected proxies/NAMESPACE/POD/config_dump "
                + "and istio/NAMESPACE/ISTIOD/debug/syncz, as istioctl bug-report writes them, or config "
                + "dumps and sync statuses of any name; \(found)", file: bundle.source)
    }

    /// The status to end with, after a line on standard error where the bundle broke off.
    static func finish(_ bundle: SupportBundle, isWell: Bool, hasChecked: Bool) -> ExitStatus {
        guard bundle.interruption != nil || hasChecked else {
            Terminal.warn([
                "\(bundle.source): of no proxy anything could be checked: there is no Istiod's "
                    + "sync status, no dump that an Istiod made, and no healthy replica"
            ])
            return .trouble
        }
        guard let interruption = bundle.interruption else { return isWell ? .same : .different }
        var errors = DescriptorOutput(2)
        errors.write(
            "drydock: \(bundle.source): \(PrintableText.line(interruption.message)); "
                + "what came before it was read\n")
        errors.flush()
        return .trouble
    }
}
