public import DrydockDiff
public import EnvoyConfig
public import SupportBundles

extension SupportBundle {
    /// Compares every proxy of which the bundle holds both dumps with what Istiod would send it, with
    /// the reasons, one after the other.
    ///
    ///     for try await proxy in bundle.comparisons() {
    ///         if let drift = proxy.drift { print(proxy.name, drift.clusters.changed.map(\.name)) }
    ///     }
    ///
    /// - Parameter options: What is compared.
    /// - Returns: The proxies, by name; nothing is read before the loop asks.
    /// - Complexity: one pass over the bundle where the dumps that differ fit in some 64 MB, else one for
    ///   each 64 MB; memory for these bytes. Nothing is read again of proxies in sync.
    public func comparisons(
        options: Comparison.Options = Comparison.Options()
    ) -> BundleComparisons {
        BundleComparisons(self, options)
    }
}

/// The comparisons of a bundle's proxies, as they are made. The loop ends with an error where the
/// bundle cannot be read any more, or the task was cancelled.
public struct BundleComparisons: AsyncSequence {
    /// What came of one proxy. A difference is a result, not an error.
    public enum Outcome: Sendable {
        /// Envoy holds what Istiod would send it.
        case inSync
        /// Something differs.
        case drift(Comparison)
        /// One of the dumps cannot be read.
        case failed(ConfigDumpError)
    }

    /// One proxy.
    public struct Element: Sendable {
        /// `POD.NAMESPACE`.
        public let name: String
        /// What came of it.
        public let outcome: Outcome

        /// The comparison, from Istiod's dump to Envoy's, where something differs.
        public var drift: Comparison? {
            if case .drift(let comparison) = outcome { comparison } else { nil }
        }
    }

    private let bundle: SupportBundle
    private let options: Comparison.Options

    init(_ bundle: SupportBundle, _ options: Comparison.Options) {
        self.bundle = bundle
        self.options = options
    }

    /// Begins with the first proxy, by name.
    public func makeAsyncIterator() -> Iterator {
        Iterator(bundle, options)
    }

    /// Makes one comparison after the other.
    public struct Iterator: AsyncIteratorProtocol {
        /// A proxy and its two dumps, indexed.
        private struct Pair {
            var evidence: ProxyEvidence
            var from: ConfigDump
            var to: ConfigDump

            /// How many bytes the dumps have, about.
            var length: Int {
                [from, to].reduce(0) { $0 + ($1.resources.last?.range.upperBound ?? 0) }
            }
        }

        /// How many bytes of dumps are in memory at once, of one pair at least.
        private static let batchLength = 64 << 20

        private let bundle: SupportBundle
        private let options: Comparison.Options
        private let statuses: [SyncStatus]
        private var rest: ArraySlice<Pair>
        private var ready: ArraySlice<Element> = []

        init(_ bundle: SupportBundle, _ options: Comparison.Options) {
            self.bundle = bundle
            self.options = options
            statuses = bundle.istiods.compactMap(\.syncStatus)
            let all = ProxyEvidence.all(in: bundle, grace: BundleDiagnosis.Options().grace)
            rest =
                all.compactMap { evidence in
                    guard let from = evidence.istiodDump, let to = evidence.envoy else {
                        return nil
                    }
                    return Pair(evidence: evidence, from: from, to: to)
                }[...]
        }

        /// The next proxy; nil after the last.
        ///
        /// - Throws: `ConfigDumpError` if the bundle cannot be read any more, and with the code
        ///   `cancelled` where the task was cancelled.
        public mutating func next() async throws(ConfigDumpError) -> Element? {
            if ready.isEmpty { ready = try await nextBatch()[...] }
            return ready.popFirst()
        }

        private mutating func nextBatch() async throws(ConfigDumpError) -> [Element] {
            if Task.isCancelled { throw .cancelled(bundle.source) }
            var length = 0
            var taken: [(pair: Pair, isInSync: Bool)] = []
            while let pair = rest.first, length < Iterator.batchLength {
                let isInSync = isInSync(pair)
                if !isInSync { length += pair.length }
                taken.append((pair, isInSync))
                rest = rest.dropFirst()
            }
            let differing = taken.filter { !$0.isInSync }
            var dumps = try await bundle.whole(differing.flatMap { [$0.pair.from, $0.pair.to] })[
                ...]
            return taken.map { pair, isInSync in
                Element(
                    name: pair.evidence.name,
                    outcome: isInSync
                        ? .inSync : outcome(pair, dumps.removeFirst(), dumps.removeFirst()))
            }
        }

        /// Whether the indexes tell that two dumps are the same, for which no byte of them is needed.
        private func isInSync(_ pair: Pair) -> Bool {
            // The index of a bundle leaves endpoints out.
            !options.kinds.contains(.endpoints)
                && (try? Comparison(from: pair.from, to: pair.to, options: options))?.isMatch
                    ?? false
        }

        private func outcome(_ pair: Pair, _ from: ConfigDump, _ to: ConfigDump) -> Outcome {
            do throws(ConfigDumpError) {
                let comparison = try Comparison(from: from, to: to, options: options)
                if comparison.isMatch { return .inSync }
                return .drift(try comparison.explained(by: pair.evidence.reasons(statuses)))
            } catch {
                return .failed(error)
            }
        }
    }
}
