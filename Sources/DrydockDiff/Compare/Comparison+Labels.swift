public import EnvoyConfig
internal import Reporting

extension Comparison {
    /// What two sides are called.
    public struct Labels: Sendable, Hashable {
        /// The `from` side.
        public var from: String
        /// The `to` side.
        public var to: String

        /// Makes labels.
        public init(from: String = "Istiod", to: String = "Envoy") {
            self.from = from
            self.to = to
        }

        /// Calls the sides what they are, whichever comes first: `Istiod` and `Envoy` where one is
        /// each; else, and where a dump does not tell, the proxies' names, or the files'.
        ///
        /// - Complexity: reads the bootstraps, where it is not one of each.
        public init(from: ConfigDump, to: ConfigDump) {
            let names = (Labels.name(from, beside: to), Labels.name(to, beside: from))
            let files = (Labels.file(from), Labels.file(to))
            if names.0 != names.1 {
                self.init(from: names.0, to: names.1)
            } else if files.0 != files.1 {
                self.init(from: files.0, to: files.1)
            } else {
                self.init(from: from.source, to: to.source)
            }
        }

        private static func name(_ dump: ConfigDump, beside other: ConfigDump) -> String {
            switch (dump.origin, other.origin) {
            case (.istiod, .envoy), (.istiod, .unknown): "Istiod"
            case (.envoy, .istiod): "Envoy"
            default: dump.proxyName ?? file(dump)
            }
        }

        /// The last part of the path.
        private static func file(_ dump: ConfigDump) -> String {
            dump.source.split(separator: "/").last.map(String.init) ?? dump.source
        }

        /// The label of a side.
        public subscript(side: ComparisonSide) -> String {
            side == .from ? from : to
        }
    }
}

extension Note.Source {
    /// The side that a dump shows, by its origin, or where that is unknown by the other dump's.
    init(_ dump: ConfigDump, beside other: ConfigDump) {
        switch (dump.origin, other.origin) {
        case (.istiod, _), (.unknown, .envoy): self = .istiod
        case (.envoy, _), (.unknown, .istiod): self = .envoy
        case (.unknown, .unknown): self = .drydock
        }
    }
}
