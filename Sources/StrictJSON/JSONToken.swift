/// A token of a JSON document with its text: what `JSONTokens` hands out.
public struct JSONToken: Sendable, Hashable {
    /// What a token is.
    public enum Kind: Sendable, Hashable {
        /// `{`.
        case beginObject
        /// The key of a member, whose value comes next.
        case key
        /// `}`.
        case endObject
        /// `[`.
        case beginArray
        /// `]`.
        case endArray
        /// A string.
        case string
        /// A number, as it is written: none is too large, and no digit is lost.
        case number
        /// `true`.
        case `true`
        /// `false`.
        case `false`
        /// `null`.
        case null
    }

    /// What it is.
    public var kind: Kind
    /// The text of a key, a string or a number, unescaped; empty for everything else.
    public var text: String

    /// Makes a token.
    public init(_ kind: Kind, _ text: String = "") {
        self.kind = kind
        self.text = text
    }
}
