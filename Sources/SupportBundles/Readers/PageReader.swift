internal import EnvoyConfig

/// Reads a page of Envoy's admin port, `/server_info` or `/certs`, as its bytes arrive.
final class PageReader: CaptureSink {
    private let kind: CapturedKind
    private let projection: Projection
    private let takeEntry: (CanonicalValue) -> Void
    private(set) var serverVersion: String?

    /// Makes a reader that hands over the entries of a kind.
    init(_ kind: CapturedKind, _ projection: Projection, _ take: @escaping (CanonicalValue) -> Void)
    {
        self.kind = kind
        self.projection = projection
        takeEntry = take
    }

    func reading(of list: CaptureList, _ state: ResourceState) -> BodyReading {
        list.kind == kind ? .tree(projection) : .skip
    }

    func takesEntries(of list: CaptureList) -> Bool { list.kind == kind }

    func begin(_ kind: CapturedKind) {}
    func note(serverVersion: String) { self.serverVersion = serverVersion }
    func note(sectionUpdated: String, _ kind: CapturedKind?) {}

    func take(_ entry: CapturedEntry) {
        for body in entry.bodies { if let value = body.tree { takeEntry(value) } }
    }

    /// Reads a page.
    ///
    /// - Throws: `ConfigDumpError`, located, where it cannot be read.
    func read(_ feed: BundleSource.Feed, source: String) throws(ConfigDumpError) {
        var stream = try CaptureStream(self, expected: .adminCapture, source: source)
        var failure: ConfigDumpError?
        let interruption = feed { bytes in
            guard failure == nil else { return }
            do throws(ConfigDumpError) { try stream.append(bytes) } catch { failure = error }
        }
        if let error = interruption ?? failure { throw error }
        _ = try stream.finish()
    }
}
