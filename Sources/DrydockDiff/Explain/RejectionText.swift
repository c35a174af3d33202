/// How a NACK's text is shown where nothing else is known of it.
public enum RejectionText {
    /// The text on one line, without the random prefixes that protobuf puts into its texts, and without
    /// keys.
    public static func line(_ text: String) -> String { Rejection.clean(text) }
}
