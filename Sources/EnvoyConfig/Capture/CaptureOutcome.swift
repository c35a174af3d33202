internal import StrictJSON

/// What a pass over a capture found, apart from its entries.
package struct CaptureOutcome {
    var shape = CaptureShape()
    /// The first 64 kB of the document, for an error.
    package var beginning: [UInt8]
    /// The whole of a capture in UTF-16 as it was read; nil for any other.
    var decoded: [UInt8]?
    /// Whether it was `/clusters` in text.
    var isText = false
    /// How many lines of a text are not as Envoy prints them, and the first of them.
    package var oddLineCount = 0
    package var firstOddLine: (number: Int, text: String)?
    /// What stands around the document and was passed over, a sentence each.
    package var warnings: [String] = []

    init(beginning: [UInt8], decoded: [UInt8]?) {
        self.beginning = beginning
        self.decoded = decoded
    }

    /// What it looks like.
    package var format: CaptureFormat { CaptureFormat(beginning: beginning) }
    /// Whether it has anything that a sink could take.
    package var isCapture: Bool {
        isText || shape.isConfigDump || shape.hasLists || shape.hasVersion
    }
    /// Whether it is a config dump, and whether that has a section or anything in `configs`.
    package var isConfigDump: Bool { shape.isConfigDump }
    package var hasSections: Bool { shape.hasSections }
    package var hasItems: Bool { shape.hasItems }
    /// The members that are not known.
    package var unreadMembers: [UnreadMember] { shape.unread.members }

    /// The error for a capture of another kind.
    package func notACapture(source: String) -> ConfigDumpError {
        error(
            expected: ClusterText.isClusterText(beginning) ? .configDump : .adminCapture,
            source: source)
    }

    package func error(
        expected: CaptureFormat.Expectation, source: String
    ) -> ConfigDumpError {
        NotADump.error(beginning, expected: expected, source: source)
    }

    /// The error for a capture that has nothing of the kinds that are asked for.
    package func lacking(
        _ wanted: Set<CapturedKind>, of kinds: Set<CapturedKind>, source: String
    ) -> ConfigDumpError {
        guard isConfigDump else {
            return error(expected: .configDump, source: source)
        }
        guard hasSections else {
            if !kinds.isEmpty {
                return ConfigDumpError(
                    .notADump,
                    "this config dump holds what one config_dump?resource=… asked for, and nothing "
                        + "else: capture the whole config_dump", source: source)
            }
            return ConfigDumpError(
                .notADump,
                hasItems
                    ? "this config dump has no section that is known"
                    : "this config dump has no section at all: nothing was captured",
                source: source)
        }
        let sections = wanted.compactMap { $0.resourceKind?.sectionName }.sorted()
        let pages = wanted.compactMap(\.page).sorted().joined(separator: " or ")
        return ConfigDumpError(
            .notADump,
            sections.isEmpty
                ? "this is a config dump: capture Envoy's \(pages) instead"
                : "this config dump has no \(sections.joined(separator: " or "))", source: source)
    }
}
