public import EnvoyConfig

/// One change, and all resources in which it is the same: what a person calls *the* change.
///
///     66 clusters   circuitBreakers.thresholds[0].maxConnections   2400 → 1400
///     80, 8080      virtual host svc-0694.shop:80, route default   timeout, maxGrpcTimeout   9s → 1s
public struct ChangeGroup: Sendable, Hashable {
    /// What became of the resources, or of the elements in them.
    public enum Status: String, Sendable, Hashable {
        /// A value of theirs differs.
        case changed
        /// The `from` side alone has them.
        case onlyFrom
        /// The `to` side alone has them.
        case onlyTo
    }

    /// Elements of a list that are told apart by their names.
    public struct Elements: Sendable, Hashable {
        /// What one of them is called, such as `virtual host`.
        public var singular: String
        /// Their names, in the order of the text.
        public var names: [String]
    }

    /// Two values of a field, and in how many places it has them.
    public struct Values: Sendable, Hashable {
        /// The value on the `from` side; nil if that side has none.
        public var from: CanonicalValue?
        /// The value on the `to` side; nil if that side has none.
        public var to: CanonicalValue?
        /// In how many places.
        public var count: Int
    }

    /// The kind of the resources.
    public var kind: ResourceKind
    /// What became of them.
    public var status: Status
    /// The names of the resources, sorted.
    public var resources: [String]
    /// The elements inside the resources, from the outside in; empty if the change is of the
    /// resource itself.
    public var elements: [Elements] = []
    /// The fields that change together, below the last element:
    /// `circuitBreakers.thresholds[0].maxConnections`. Empty where whole resources or elements came
    /// or went.
    public var fields: [String] = []
    /// The values of each field, those of most places first.
    public var values: [Values] = []
}
