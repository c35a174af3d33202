internal import EnvoyConfig
internal import EnvoyResources

/// A cluster with its share of the requests, and the subset of it that they ask for.
struct ClusterShare {
    let name: String
    /// In proportion to the sum of all.
    let weight: Int
    /// The labels of the endpoints; of several of one key the last counts.
    private(set) var labels: [CanonicalValue.Member] = []

    /// `criteria` are `metadata_match` fields, from the least specific on.
    init(_ name: String, weight: Int = 100, criteria: [CanonicalValue?]) {
        self.name = name
        self.weight = weight
        for value in criteria { add(value?["filterMetadata"]?["envoy.lb"]?.members ?? []) }
    }

    /// Adds labels over those that are there, such as those of a request.
    mutating func add(_ more: [CanonicalValue.Member]) {
        let keys = Set(more.map(\.key))
        labels = labels.filter { !keys.contains($0.key) } + more
    }
}
