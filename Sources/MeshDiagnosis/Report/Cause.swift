public import DrydockDiff
public import EnvoyConfig
public import Reporting

/// A root cause, and the proxies that it affects.
public struct Cause: Sendable, Hashable {
    /// What kind of cause it is.
    public var kind: Note.Kind
    /// What is wrong, one line.
    public var text: String
    /// The object to change: see `Note.object`.
    public var object: Note.Object?
    /// The objects of which one is to be changed, or all together.
    public var candidates: [Note.Object]
    /// The resource that it is about, where it is about one.
    public var resource: Note.Subject?
    /// The kind of the resources that it is about.
    public var resourceKind: ResourceKind?
    /// The proxies, `POD.NAMESPACE`, sorted.
    public var proxies: [String]
    /// What differs from Istiod's dump in the first of the proxies: see `ProxyReport.differences`.
    public var differences: [ChangeGroup] = []
    /// What `istioctl analyze` says of the object, in the bundle: `Error IST0101: …`.
    public var analysis: [String] = []
    /// What to run next, a command each; empty if nothing more can be said.
    public var nextSteps: [String] = []
}

extension Cause {
    /// What is the same for all proxies with one cause.
    private struct Key: Hashable {
        var kind: Note.Kind
        var text: String
        var object: Note.Object?
        var candidates: [Note.Object]

        init(_ note: Note) {
            kind = note.kind
            text = note.headline ?? note.text
            object = note.object
            candidates = note.candidates
        }
    }

    /// The causes behind the notes of proxies and of the mesh: those of most proxies first.
    ///
    /// - Complexity: linear in the number of notes.
    static func all(of proxies: [ProxyReport], _ notes: [Note]) -> [Cause] {
        grouped(
            proxies.flatMap { proxy in proxy.causes.map { ($0, proxy.displayName) } }
                + notes.filter(\.kind.isTrouble).map { ($0, nil) })
    }

    /// What else was found of proxies: what most proxies have first.
    ///
    /// - Complexity: linear in the number of findings.
    static func findings(of proxies: [ProxyReport]) -> [Cause] {
        grouped(proxies.flatMap { proxy in proxy.findings.map { ($0, proxy.displayName) } })
    }

    /// One for all notes that say the same.
    static func grouped(_ notes: [(note: Note, proxy: String?)]) -> [Cause] {
        var order: [Key] = []
        var found: [Key: (note: Note, proxies: [String])] = [:]
        for (note, proxy) in notes {
            let key = Key(note)
            if found[key] == nil {
                order.append(key)
                found[key] = (note, [])
            }
            if let proxy { found[key]?.proxies.append(proxy) }
        }
        let causes = order.compactMap { key in
            found[key].map { note, proxies in
                Cause(
                    kind: key.kind, text: key.text, object: key.object, candidates: key.candidates,
                    resource: note.resource,
                    resourceKind: note.offense?.kind ?? note.resource?.kind,
                    proxies: proxies.sorted())
            }
        }
        return causes.enumerated().sorted {
            ($1.element.proxies.count, $0.offset) < ($0.element.proxies.count, $1.offset)
        }.map(\.element)
    }
}

extension ProxyReport {
    /// The notes that name its root causes: the first that means trouble, whatever else was refused, and an
    /// Istiod that is behind. The others are their effects, or explain them.
    package var causes: [Note] {
        guard let first = notes.firstIndex(where: { $0.kind.isTrouble }) else { return [] }
        return notes.indices.filter { index in
            index == first || [.rejected, .istiodsDisagree].contains(notes[index].kind)
        }.map { notes[$0] }
    }
}
