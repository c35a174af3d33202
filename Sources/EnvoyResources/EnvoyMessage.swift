public import EnvoyConfig

/// A message of Envoy's API, read field by field from its canonical form.
///
/// The typed fields are those that a reader of a proxy's configuration asks for; every other one is
/// in `value`. Reading a field is a search among the members of one object: O(*m*) in their number,
/// nothing is decoded ahead.
///
/// Absence is kept: an optional field that is nil was not in the dump, and its documentation says
/// what Envoy then does. A field without presence (a proto3 scalar) gives its default.
public protocol EnvoyMessage: Sendable, Hashable {
    /// The message's canonical form: fields under their lowerCamelCase names.
    var value: CanonicalValue { get }

    /// Takes a message's canonical form. Nothing is checked: a field that does not fit reads as
    /// absent.
    init(_ value: CanonicalValue)
}

extension EnvoyMessage {
    /// The message's canonical text: JSON, indented by four, without a newline at its end.
    ///
    /// - Complexity: O(*n*) in the length of the text.
    public var json: String { value.text() }

    /// The message's type without the URL's prefix, such as `envoy.config.cluster.v3.Cluster`; nil
    /// for a message that is not in an Any.
    public var typeName: String? { value.typeName }
}
