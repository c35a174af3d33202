public import EnvoyConfig
public import Reporting
internal import StrictJSON

/// Writes a comparison as text: for each kind a status line, its notes, and a unified diff that GNU
/// `patch` applies.
///
///     Clusters Don't Match
///       rejected by Envoy: …
///     --- Istiod Clusters
///     +++ Envoy Clusters
///     @@ -878,14 +878,25 @@ outbound|9080||details.default.svc.cluster.local
///     …
public struct ComparisonUnifiedDiff: ReportWriter {
    /// How many unchanged lines are printed around a change; a negative number counts as 0.
    public var context: Int {
        didSet { context = ComparisonUnifiedDiff.clamped(context) }
    }
    /// Whether and how it is coloured.
    public var style: DiffStyle
    /// Whether changed lines stand once with their words marked, as `git diff --word-diff` does: for
    /// reading, not for `patch`.
    public var marksWords = false
    /// The zone of the time in the routes' status line.
    public var zone: ClockZone

    /// Makes a writer. Seven lines of context are istioctl's.
    public init(context: Int = 7, style: DiffStyle = .plain, zone: ClockZone = .utc) {
        self.context = ComparisonUnifiedDiff.clamped(context)
        self.style = style
        self.zone = zone
    }

    /// No text has more lines, and the sum of two does not overflow.
    private static func clamped(_ context: Int) -> Int { min(max(0, context), Int.max / 4) }

    /// Writes a comparison.
    ///
    /// - Throws: `ConfigDumpError` if a dump cannot be read again.
    /// - Complexity: linear in the differences and their context.
    public func write(
        _ comparison: Comparison, to output: inout some ByteOutput
    ) throws(ConfigDumpError) {
        for note in comparison.notes { output.write("\(note.line)\n") }
        for section in comparison.sections {
            output.write("\(style.start(.status))\(status(section, comparison))\(style.end)\n")
            for note in section.notes {
                output.write("  \(note.line)\n")
            }
            if !section.isMatch, section.missingIn.isEmpty {
                try writeHunks(section, of: comparison, to: &output)
            }
        }
        for note in comparison.uncompared { output.write("  \(note.line)\n") }
    }

    // MARK: - Status

    private func status(_ section: SectionComparison, _ comparison: Comparison) -> String {
        let title = section.kind.title
        if section.missingIn.count == 2 { return "\(title) Not Compared" }
        let text = "\(title) \(section.isMatch ? "Match" : "Don't Match")"
        guard section.kind == .routes,
            let time = lastLoaded(comparison[comparison.envoySide])
        else { return text }
        return "\(text) (RDS last loaded at \(zone.rfc1123(time)))"
    }

    /// The greatest `last_updated` of the dynamic routes.
    private func lastLoaded(_ dump: ConfigDump) -> Int? {
        dump.resources(.routes, .active).compactMap(\.lastUpdated).compactMap(ClockTime.seconds)
            .max()
    }

    // MARK: - Hunks

    /// Writes the hunks of one kind.
    func writeHunks(
        _ section: SectionComparison, of comparison: Comparison, to output: inout some ByteOutput
    ) throws(ConfigDumpError) {
        let shape = DocumentShape(section.kind)
        let runs = EditRuns(section, shape: shape).runs
        guard !runs.isEmpty else { return }
        var from = DocumentLines(
            section.pairs.compactMap(\.from), of: comparison.from, shape: shape)
        var to = DocumentLines(section.pairs.compactMap(\.to), of: comparison.to, shape: shape)
        let title = section.kind.title
        for (mark, label) in [("---", comparison.labels.from), ("+++", comparison.labels.to)] {
            let header = "\(mark) \(PrintableText.line(label)) \(title)"
            output.write("\(style.start(.header))\(header)\(style.end)\n")
        }
        var first = 0
        while first < runs.count {
            var last = first
            while last + 1 < runs.count,
                runs[last + 1].from.lowerBound - runs[last].from.upperBound <= 2 * context,
                runs[last + 1].to.lowerBound - runs[last].to.upperBound
                    == runs[last + 1].from.lowerBound - runs[last].from.upperBound
            {
                last += 1
            }
            try writeHunk(runs[first...last], &from, &to, &output)
            first = last + 1
        }
    }

    private func writeHunk(
        _ runs: ArraySlice<EditRun>, _ from: inout DocumentLines, _ to: inout DocumentLines,
        _ output: inout some ByteOutput
    ) throws(ConfigDumpError) {
        guard let first = runs.first, let last = runs.last else { return }
        let before = min(context, first.from.lowerBound, first.to.lowerBound)
        let after = min(
            context, from.count - last.from.upperBound, to.count - last.to.upperBound)
        let fromRange = first.from.lowerBound - before..<last.from.upperBound + after
        let toRange = first.to.lowerBound - before..<last.to.upperBound + after
        output.write("\(style.start(.hunk))@@ -\(Self.span(fromRange)) +\(Self.span(toRange)) @@")
        if let name = runs.lazy.compactMap(\.name).first, !name.isEmpty {
            output.write(" \(PrintableText.line(name))")
        }
        output.write("\(style.end)\n")
        var next = fromRange.lowerBound
        for run in runs {
            for number in next..<run.from.lowerBound {
                write(" ", try from.line(number), nil, &output)
            }
            if marksWords {
                try writeWords(run, &from, &to, &output)
                next = run.from.upperBound
                continue
            }
            for number in run.from { write("-", try from.line(number), .removed, &output) }
            for number in run.to { write("+", try to.line(number), .added, &output) }
            next = run.from.upperBound
        }
        for number in next..<fromRange.upperBound {
            write(" ", try from.line(number), nil, &output)
        }
    }

    /// The lines of a run with their words marked. Lines pair in order.
    private func writeWords(
        _ run: EditRun, _ from: inout DocumentLines, _ to: inout DocumentLines,
        _ output: inout some ByteOutput
    ) throws(ConfigDumpError) {
        let words = WordDifference(style)
        let both = min(run.from.count, run.to.count)
        for offset in 0..<both {
            let line = words.line(
                try from.line(run.from.lowerBound + offset), try to.line(run.to.lowerBound + offset)
            )
            write(" ", line[...], nil, &output)
        }
        for number in run.from.dropFirst(both) {
            write(" ", words.line(removed: try from.line(number))[...], nil, &output)
        }
        for number in run.to.dropFirst(both) {
            write(" ", words.line(added: try to.line(number))[...], nil, &output)
        }
    }

    /// A range as GNU diff writes it: from 1, a length of one left out, an empty range by the line
    /// before it.
    private static func span(_ range: Range<Int>) -> String {
        switch range.count {
        case 0: "\(range.lowerBound),0"
        case 1: "\(range.lowerBound + 1)"
        default: "\(range.lowerBound + 1),\(range.count)"
        }
    }

    private func write(
        _ mark: Character, _ line: ArraySlice<UInt8>, _ part: DiffStyle.Part?,
        _ output: inout some ByteOutput
    ) {
        output.write("\(part.map(style.start) ?? "")\(mark)")
        output.write(line)
        output.write(part == nil ? "\n" : "\(style.end)\n")
    }
}

extension Comparison {
    /// The comparison as text, see `ComparisonUnifiedDiff`.
    ///
    /// - Throws: `ConfigDumpError` if a dump cannot be read again.
    public func unifiedDiff(
        context: Int = 7, zone: ClockZone = .utc
    ) throws(ConfigDumpError) -> String {
        try ComparisonUnifiedDiff(context: context, zone: zone).text(of: self)
    }
}
