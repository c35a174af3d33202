public import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// The whole resources that the rows of a table are made of. `ProxyDocumentJSON` and `ProxyDocumentYAML` write it.
///
/// Each resource is read from the capture again when its turn comes, and printed in canonical form
/// without its own `@type`; lists stay in the dump's order. Private keys are redacted.
public struct ProxyDocument {
    /// What a document holds.
    public enum Content {
        /// A list of the resources behind rows: of clusters, listeners or route configurations.
        case resources([any ResourceRow])
        /// A list of load assignments: those of the endpoints that are given, with these endpoints.
        case endpoints([EndpointSummary], EndpointFilter)
        /// A list of the entries of `/clusters` that have one of these hosts, in the capture's order.
        case hosts([HostSummary])
        /// The secrets' section, an object of its lists.
        case secrets
        /// The ECDS section, an object of its list.
        case extensions([ExtensionSummary])
        /// The bootstrap's section.
        case bootstrap
        /// An object with a member a part.
        case object([(key: String, content: Content)])
    }

    private let content: Content
    private let capture: AdminCapture
    private let summary: ProxySummary
    private let reader: CapturedEntryReader

    /// Makes a document of a capture and what was read of it. A capture that is a stream is kept in
    /// memory from now on: see `AdminCapture.kept()`.
    ///
    /// - Throws: `ConfigDumpError` if the capture cannot be read.
    public init(
        _ content: Content, of capture: AdminCapture, _ summary: ProxySummary
    ) throws(ConfigDumpError) {
        self.content = content
        self.capture = try capture.kept()
        self.summary = summary
        reader = CapturedEntryReader(self.capture)
    }

    /// Where the capture comes from.
    var source: String { capture.source }

    /// Writes the document into a stream and what the stream has ready to an output.
    func write(
        _ stream: consuming some ValueStream, to output: inout some ByteOutput
    ) throws(ConfigDumpError) {
        try write(content, &stream, &output)
        try stream.finish()
        output.write(stream.takeText()[...])
    }

    private func write(
        _ content: Content, _ stream: inout some ValueStream, _ output: inout some ByteOutput
    ) throws(ConfigDumpError) {
        switch content {
        case .resources(let rows):
            try write(rows.map(\.place), &stream, &output)
        case .hosts(let rows):
            let shown = Set(rows.map(\.place))
            try write(summary.clusterStatuses.filter(shown.contains), &stream, &output)
        case .endpoints(let rows, let filter):
            try write(ProxyDocument.unique(rows.map(\.place)), &stream, &output) {
                LoadAssignmentPruning.value($0, keeping: filter)
            }
        case .secrets:
            try stream.append(try section(summary.secretPlaces))
        case .extensions(let rows):
            try stream.append(try section(rows.map(\.place)))
        case .bootstrap:
            try stream.append(try bootstrap())
        case .object(let parts):
            try stream.beginObject()
            for part in parts {
                try stream.key(part.key)
                try write(part.content, &stream, &output)
            }
            try stream.endObject()
        }
    }

    private func write(
        _ places: [CapturedPlace], _ stream: inout some ValueStream,
        _ output: inout some ByteOutput, _ change: (CanonicalValue) -> CanonicalValue = { $0 }
    ) throws(ConfigDumpError) {
        try stream.beginList()
        for place in places {
            try stream.append(change(try reader.resource(at: place)))
            output.write(stream.takeText()[...])
        }
        try stream.endList()
    }

    /// Each place once, at its first row.
    private static func unique(_ places: [CapturedPlace]) -> [CapturedPlace] {
        var seen: Set<CapturedPlace> = []
        return places.filter { seen.insert($0).inserted }
    }

    // MARK: - Whole sections

    private static let lists: [(key: String, kind: CapturedKind, state: ResourceState)] = [
        ("staticSecrets", .secrets, .fixed), ("dynamicActiveSecrets", .secrets, .active),
        ("dynamicWarmingSecrets", .secrets, .warming), ("ecdsFilters", .ecds, .active),
        ("certificates", .certificates, .active),
    ]

    /// Entries under the keys of their lists.
    private func section(_ places: [CapturedPlace]) throws(ConfigDumpError) -> CanonicalValue {
        var members: [CanonicalValue.Member] = []
        for list in ProxyDocument.lists {
            var entries: [CanonicalValue] = []
            for place in places where place.kind == list.kind && place.state == list.state {
                entries.append(try reader.entry(at: place))
            }
            guard !entries.isEmpty else { continue }
            members.append(CanonicalValue.Member(key: list.key, value: .list(entries)))
        }
        return .object(members)
    }

    private func bootstrap() throws(ConfigDumpError) -> CanonicalValue {
        guard let place = summary.bootstrap else { return .object([]) }
        var members = [
            CanonicalValue.Member(key: "bootstrap", value: try reader.entry(at: place))
        ]
        if let time = summary.bootstrapUpdated {
            members.append(CanonicalValue.Member(key: "lastUpdated", value: .string(time)))
        }
        return .object(members)
    }
}

/// A load assignment with the endpoints that match a filter, without localities that are empty
/// then.
private enum LoadAssignmentPruning {
    static func value(_ value: CanonicalValue, keeping filter: EndpointFilter) -> CanonicalValue {
        guard filter != EndpointFilter() else { return value }
        let assignment = LoadAssignment(value)
        return value.replacing("endpoints") { localities in
            .list(
                localities.elements.compactMap { locality in
                    let kept = LocalityEndpoints(locality).endpoints.filter {
                        filter.matches($0, cluster: assignment.clusterName)
                    }
                    guard !kept.isEmpty else { return nil }
                    return locality.replacing("lbEndpoints") { _ in .list(kept.map(\.value)) }
                })
        }
    }
}

extension CanonicalValue {
    /// An object with another value under one of its keys.
    fileprivate func replacing(
        _ key: String, _ change: (CanonicalValue) -> CanonicalValue
    ) -> CanonicalValue {
        guard case .object(let members) = self else { return self }
        return .object(
            members.map { $0.key == key ? Member(key: key, value: change($0.value)) : $0 })
    }
}
