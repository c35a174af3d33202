internal import Drydock

/// What a reader of a view should know: a section that is not there, filters that nothing matches,
/// entries that were passed over.
struct ViewNotes {
    private let summary: ProxySummary
    private let options: ViewOptions
    private let time: Int

    init(_ summary: ProxySummary, _ options: ViewOptions, _ time: Int) {
        self.summary = summary
        self.options = options
        self.time = time
    }

    func notes(_ view: ProxyView) -> [String] {
        let views =
            view.name == ProxyView.allViews.name
            ? ProxyView.all.filter { $0.title != nil } : [view]
        return views.compactMap(missing) + summary.notes.map(\.text)
    }

    private func missing(_ view: ProxyView) -> String? {
        let kinds = view.kinds(options.output)
        if summary.kinds.isDisjoint(with: kinds) {
            let name = ResourceKind(rawValue: view.name)?.sectionName ?? view.name
            return "there is no \(name)\(view.advice)"
        }
        let rows = view.rows(summary, options, time)
        guard rows.count == 0 else { return nil }
        if rows.total > 0 { return "no \(view.name) match the filter" }
        return summary.unshownKinds.isDisjoint(with: kinds)
            ? "it has no \(view.name): the section is empty"
            : "the \(view.name) that it has are not in use or cannot be shown"
    }
}
