public import EnvoyConfig

/// One value that differs. A difference is a result, not an error.
public struct ValueChange: Sendable, Hashable {
    /// Where it stands.
    public var path: ValuePath
    /// The value on the `from` side; nil if that side has none.
    public var from: CanonicalValue?
    /// The value on the `to` side; nil if that side has none.
    public var to: CanonicalValue?
    /// What names the elements of lists on the way, one a component; nil for a key, and for an
    /// element without a name.
    package internal(set) var elementNames: [String?] = []

    /// Makes a change.
    public init(path: ValuePath, from: CanonicalValue?, to: CanonicalValue?) {
        self.path = path
        self.from = from
        self.to = to
    }
}
