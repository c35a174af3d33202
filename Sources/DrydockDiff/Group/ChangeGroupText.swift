internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting
internal import StrictJSON

/// Writes groups of changes for people, a line each.
///
///     ~ 66 clusters (22 services: a.shop, b.shop, c.shop and 19 more; subsets v1, v2 and none):
///       circuitBreakers.thresholds[0].maxConnections 2400 → 1400
package struct ChangeGroupText {
    /// How many names of a list are told.
    private static let names = 3
    /// Up to so many ports are told one by one.
    private static let ports = 6
    /// How long a value may be, and the values of a line together.
    private static let valueLength = 60, valuesLength = 160

    private let labels: Comparison.Labels
    private let style: DiffStyle
    /// Whether a resource alone is told with its kind.
    private let namesKind: Bool

    /// Makes a writer for the sides of a comparison. `namesKind` is for lines that no heading tells the
    /// kind of.
    package init(
        _ labels: Comparison.Labels, style: DiffStyle = .plain, namesKind: Bool = false
    ) {
        self.labels = labels
        self.style = style
        self.namesKind = namesKind
    }

    /// A group as one line, with the mark of its status in front: `- `, `+ `, `~ `.
    package func line(_ group: ChangeGroup) -> String {
        let line = PrintableText.line("\(mark(group)) \(subject(group)): \(what(group))")
        let part: DiffStyle.Part =
            switch mark(group) {
            case "-": .removed
            case "+": .added
            default: .hunk
            }
        return style == .plain
            ? line : "\(style.start(part))\(line.prefix(1))\(style.end)\(line.dropFirst())"
    }

    /// Whose resources or elements they are: `~ 80, 8080, virtual host a.shop:80`.
    private func mark(_ group: ChangeGroup) -> String {
        guard group.elements.isEmpty else { return "~" }
        return switch group.status {
        case .changed: "~"
        case .onlyFrom: "-"
        case .onlyTo: "+"
        }
    }

    private func subject(_ group: ChangeGroup) -> String {
        ([resources(group)] + group.elements.map(elements)).joined(separator: ", ")
    }

    private func what(_ group: ChangeGroup) -> String {
        switch group.status {
        case .onlyFrom: "only \(labels.from)"
        case .onlyTo: "only \(labels.to)"
        case .changed: "\(WordList.text(group.fields)) \(values(group.values))"
        }
    }

    /// What changed inside the resources, without their names.
    package func change(_ group: ChangeGroup) -> String {
        guard !group.elements.isEmpty else { return what(group) }
        return "\(group.elements.map(elements).joined(separator: ", ")): \(what(group))"
    }

    // MARK: - Names

    private func resources(_ group: ChangeGroup) -> String {
        let names = group.resources
        guard names.count > 1 else {
            return (namesKind ? "\(group.kind.singular) " : "") + (names.first ?? "")
        }
        let details =
            group.kind == .clusters || group.kind == .endpoints ? services(names) : nil
        let count = "\(names.count) \(group.kind.singular)s"
        return "\(count) (\(details ?? NameList.text(names, limit: ChangeGroupText.names)))"
    }

    /// What the names of Istio's clusters have in common; nil where most are not of services.
    private func services(_ names: [String]) -> String? {
        let parts = names.compactMap { ClusterNameParts($0) }.filter { !$0.serviceName.isEmpty }
        guard parts.count * 2 > names.count else { return nil }
        let others = names.filter { ClusterNameParts($0)?.serviceName.isEmpty ?? true }
        let services = unique(parts.map { ChangeGroupText.short($0.serviceName) })
        let list = NameList.text(services, limit: ChangeGroupText.names)
        var details = [
            services.count == 1 ? "service \(list)" : "\(services.count) services: \(list)"
        ]
        let subsets = unique(parts.map { $0.subset.isEmpty ? "none" : $0.subset })
        if subsets != ["none"] {
            let named = subsets.filter { $0 != "none" }.sorted()
            let none = named.count < subsets.count ? ["none"] : []
            details.append(
                "\(subsets.count == 1 ? "subset" : "subsets") \(WordList.text(named + none))")
        }
        let ports = unique(parts.map(\.port))
        if ports.count > ChangeGroupText.ports {
            details.append("\(ports.count) ports")
        } else if ports.count > 1 {
            details.append("ports \(WordList.text(ports.sorted().map(String.init)))")
        }
        if !others.isEmpty {
            details.append("also \(NameList.text(others, limit: ChangeGroupText.names))")
        }
        return details.joined(separator: "; ")
    }

    private func elements(_ elements: ChangeGroup.Elements) -> String {
        let names = elements.names.map(ChangeGroupText.short)
        guard names.count > 1 else { return "\(elements.singular) \(names.first ?? "")" }
        let list = NameList.text(names, limit: ChangeGroupText.names)
        return "\(names.count) \(elements.singular)s (\(list))"
    }

    /// A host without the domain that all services have.
    private static func short(_ name: String) -> String {
        name.replacing(".svc.cluster.local", with: "")
    }

    private func unique<Item: Hashable>(_ items: [Item]) -> [Item] {
        var seen: Set<Item> = []
        return items.filter { seen.insert($0).inserted }
    }

    // MARK: - Values

    /// The values, as many as a line holds.
    private func values(_ values: [ChangeGroup.Values]) -> String {
        var shown: [String] = []
        var length = 0
        for pair in values {
            let text = "\(ChangeGroupText.text(pair.from)) → \(ChangeGroupText.text(pair.to))"
            length += text.count
            if !shown.isEmpty, length > ChangeGroupText.valuesLength { break }
            shown.append(text)
        }
        let list = shown.joined(separator: ", ")
        guard values.count > 1 else { return list }
        let more = values.count - shown.count
        return "\(list)" + (more > 0 ? " and \(more) other values" : "")
    }

    /// A value on one line and cut; a text that reads as nothing else has no quotes.
    private static func text(_ value: CanonicalValue?) -> String {
        guard let value else { return "(absent)" }
        if case .string(let text) = value, !text.isEmpty, text.utf8.count <= valueLength,
            !text.contains(where: { $0.isWhitespace || $0 == "\"" || $0 == "," })
        {
            return text
        }
        var bytes: [UInt8] = []
        CanonicalText.appendCompact(value, to: &bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        return text.count > valueLength ? "\(text.prefix(valueLength))…" : text
    }
}

/// Words in a sentence: `v1, v2 and none`.
private enum WordList {
    static func text(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return "\(words.dropLast().joined(separator: ", ")) and \(last)"
    }
}
