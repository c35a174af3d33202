/// Takes the entries of one kind, such as those of a page of Envoy's admin port, as trees of some
/// fields.
package final class PageSink: CaptureSink {
    private let kind: CapturedKind
    private let projection: Projection
    private let takeEntry: (CanonicalValue) -> Void
    /// The version of a `/server_info`.
    package private(set) var serverVersion: String?
    /// The kinds that the capture has.
    package private(set) var kinds: Set<CapturedKind> = []

    /// Makes a sink that hands over the entries of a kind.
    package init(
        _ kind: CapturedKind, _ projection: Projection, _ take: @escaping (CanonicalValue) -> Void
    ) {
        self.kind = kind
        self.projection = projection
        takeEntry = take
    }

    package func reading(of list: CaptureList, _ state: ResourceState) -> BodyReading {
        list.kind == kind ? .tree(projection) : .skip
    }

    package func takesEntries(of list: CaptureList) -> Bool { list.kind == kind }
    package func begin(_ kind: CapturedKind) { kinds.insert(kind) }
    package func note(serverVersion: String) { self.serverVersion = serverVersion }
    package func note(sectionUpdated: String, _ kind: CapturedKind?) {}

    package func take(_ entry: CapturedEntry) {
        for body in entry.bodies { if let value = body.tree { takeEntry(value) } }
    }
}
