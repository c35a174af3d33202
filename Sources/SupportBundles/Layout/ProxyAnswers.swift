public import EnvoyConfig

/// What the admin port of one proxy answered, whole, as a bundle holds it.
public struct ProxyAnswers: Sendable {
    /// One answer.
    public struct Answer: Sendable {
        /// Its entry in the bundle.
        public var entry: String
        /// Its bytes, unpacked.
        public var bytes: [UInt8]
    }

    /// `/config_dump`; nil if the bundle has none.
    public private(set) var dump: Answer?
    /// `/clusters`, in Envoy's text form; nil if the bundle has none.
    public private(set) var clusters: Answer?
    /// `/certs`; nil if the bundle has none.
    public private(set) var certificates: Answer?
    /// `/server_info`; nil if the bundle has none.
    public private(set) var serverInfo: Answer?

    /// Reads the answers of a proxy from a bundle, an archive or a folder.
    ///
    /// - Parameters:
    ///   - name: `POD.NAMESPACE`, or the pod where no other namespace has one of its name, a node's
    ///     id, or `NAME@FILE` of one of several dumps.
    ///   - path: The bundle.
    /// - Throws: `ConfigDumpError` if the bundle cannot be read, or has no such proxy or several.
    /// - Complexity: one pass over the bundle; memory for the proxy's answers.
    public init(of name: String, in path: String) async throws(ConfigDumpError) {
        let origin: BundleSource =
            FolderListing.isFolder(path)
            ? .folder(path: path) : .archive(path: path, limits: .init())
        var answers = ProxyAnswers()
        var names: Set<String> = []
        var failure: ConfigDumpError?
        do throws(ConfigDumpError) {
            try await origin.forEachEntry { place, _, feed in
                guard let pod = place.pod, answers.slot(of: place) != nil,
                    pod.proxy == name || pod.name == name
                else { return true }
                names.insert(pod.proxy)
                var bytes: [UInt8] = []
                if let error = feed({ bytes.append(contentsOf: $0) }) {
                    failure = failure ?? error
                    return true
                }
                answers.take(Answer(entry: place.path, bytes: bytes), at: place)
                return true
            }
        } catch {
            // What came before the break is there; without anything of the proxy it is the reason.
            failure = failure ?? error
        }
        guard names.count < 2 else {
            throw ConfigDumpError(
                .ambiguous,
                "the bundle holds several proxies named \(name): "
                    + names.sorted().joined(separator: ", "), source: path)
        }
        if names.isEmpty, failure == nil {
            answers.dump = try await ProxyAnswers.looseDump(of: name, origin)
        }
        if answers.isEmpty, let failure { throw failure }
        self = answers
    }

    /// The dump of a proxy outside of the layout, which its content tells, or one of several by its
    /// file.
    private static func looseDump(
        of name: String, _ origin: BundleSource
    ) async throws(ConfigDumpError) -> Answer? {
        let proxy = try await BundleIndexer(origin).index { _ in }.proxy(named: name)
        if let error = proxy.dumpError { throw error }
        guard let entry = proxy.dumpEntry else { return nil }
        var answer: Answer?
        var failure: ConfigDumpError?
        try await origin.forEachEntry { place, _, feed in
            guard place.path == entry else { return true }
            var bytes: [UInt8] = []
            failure = feed { bytes.append(contentsOf: $0) }
            answer = Answer(entry: place.path, bytes: bytes)
            return false
        }
        if let failure { throw failure }
        return answer
    }

    private init() {}

    private var isEmpty: Bool {
        dump == nil && clusters == nil && certificates == nil && serverInfo == nil
    }

    private func slot(of place: BundlePath) -> WritableKeyPath<ProxyAnswers, Answer?>? {
        switch place.content {
        case .dump: \.dump
        case .clusters: \.clusters
        case .certificates: \.certificates
        case .serverInfo: \.serverInfo
        default: nil
        }
    }

    /// Takes the first answer of each kind: where there are two dumps the one with endpoints.
    private mutating func take(_ answer: Answer, at place: BundlePath) {
        guard let slot = slot(of: place) else { return }
        if self[keyPath: slot] == nil || answer.entry.hasSuffix("?include_eds") {
            self[keyPath: slot] = answer
        }
    }
}
