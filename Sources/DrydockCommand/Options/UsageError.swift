/// A command line that cannot be meant.
struct UsageError: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }

    /// A word that an option does not take.
    static func unknownWord(_ option: String, _ text: String, _ words: [String]) -> UsageError {
        let list = words.dropLast().joined(separator: ", ")
        return UsageError("--\(option) \(text): expected \(list) or \(words.last ?? "")")
    }
}
