/// Names in a sentence.
package enum NameList {
    /// The first names, and how many more there are: `details, ratings and 3 more`.
    package static func text(_ names: [String], limit: Int) -> String {
        let shown = names.prefix(limit).joined(separator: ", ")
        return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
    }
}
