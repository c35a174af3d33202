internal import DrydockDiff
internal import EnvoyConfig
internal import Reporting
internal import SupportBundles

/// A dump that is not readable, with what Istiod's dump tells of the reason.
struct UnreadableRule: DiagnosisRule {
    let name = "unreadable"

    func notes(
        _ proxy: ProxyEvidence, _ findings: DiagnosisFindings
    ) throws(ConfigDumpError) -> [Note] {
        try proxy.unreadable()
    }
}

extension ProxyEvidence {
    fileprivate func unreadable() throws(ConfigDumpError) -> [Note] {
        guard let error = capture?.dumpError else { return [] }
        var notes = [Note(.unreadable, source: .envoy, text: error.message)]
        if let istiodDump { notes += try UnprintableDump.notes(for: error, istiod: istiodDump) }
        return notes
    }
}
