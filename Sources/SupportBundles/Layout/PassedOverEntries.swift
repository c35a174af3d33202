/// The entries that were not read: their number, and the first of them by path.
struct PassedOverEntries {
    private(set) var count = 0
    private(set) var entries: [SupportBundle.PassedOverEntry] = []

    /// How many are named. More of them name themselves no better.
    private static let limit = 256

    mutating func add(_ entry: String, _ reason: String) {
        count += 1
        guard entries.count < PassedOverEntries.limit else { return }
        entries.append(SupportBundle.PassedOverEntry(entry: entry, reason: reason))
    }
}
