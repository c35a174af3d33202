internal import DrydockDiff
internal import Reporting
internal import SupportBundles

/// Whether the Istiods hold the same: their configuration, the services that they know, and the
/// endpoints of those that both know.
struct IstiodAgreement {
    /// Two Istiods that do not.
    private struct Disagreement {
        var first: String
        var second: String
        var text: String
        /// Which of them is behind, where something tells.
        var behind: String?
    }

    private var disagreements: [Disagreement] = []
    private let behind: Set<String>

    init(_ istiods: [IstiodCapture]) {
        let named = istiods.filter { !$0.pod.isEmpty }
        for (index, first) in named.enumerated() {
            for second in named[(index + 1)...] {
                let pair = IstiodPair(first, second)
                let texts = pair.differences
                guard !texts.isEmpty else { continue }
                let behind = pair.behind
                let (new, old) = behind == first.pod ? (second, first) : (first, second)
                disagreements.append(
                    Disagreement(
                        first: first.pod, second: second.pod,
                        text: IstiodPair(new, old).text(isDecided: behind != nil), behind: behind))
            }
        }
        behind = Set(disagreements.compactMap(\.behind))
    }

    /// Whether an Istiod is behind another.
    func isBehind(_ istiod: String) -> Bool { behind.contains(istiod) }

    /// What concerns the mesh: each Istiod that is behind, against the first that is not, and each
    /// pair of which nothing tells which is right.
    var notes: [Note] {
        var notes: [Note] = []
        for istiod in behind.sorted() { notes += text(of: istiod).map(note) }
        for pair in disagreements where pair.behind == nil {
            guard !behind.contains(pair.first), !behind.contains(pair.second) else { continue }
            notes.append(note(pair.text))
        }
        return notes
    }

    /// What concerns the proxies that are connected to an Istiod.
    func notes(forProxiesOf istiod: String) -> [Note] {
        guard isBehind(istiod) else { return [] }
        return text(of: istiod).map { text in
            var note = note("connected to an Istiod that is behind: \(text)")
            note.headline = text
            return note
        }
    }

    private func text(of istiod: String) -> [String] {
        let pairs = disagreements.filter { $0.behind == istiod }
        let best = pairs.first { pair in
            !behind.contains(pair.first == istiod ? pair.second : pair.first)
        }
        return [(best ?? pairs.first)?.text].compactMap { $0 }
    }

    private func note(_ text: String) -> Note {
        Note(.istiodsDisagree, source: .drydock, text: text)
    }
}
