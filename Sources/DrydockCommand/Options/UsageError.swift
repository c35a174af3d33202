/// A command line that cannot be meant.
struct UsageError: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }

    /// A word that is none of those that an option takes.
    static func unknownWord(_ option: String, _ text: String, _ words: [String]) -> UsageError {
        let list = words.dropLast().joined(separator: ", ")
        return UsageError("--\(option) \(text): expected \(list) or \(words.last ?? "")")
    }
}
