/// Finds what a word on a command line means among the words that there are.
enum WordChoice {
    /// What was found.
    enum Outcome: Equatable {
        /// The word itself, or the only one that begins with it.
        case found(String)
        /// Several begin with it.
        case ambiguous([String])
        /// None does; the nearest one, where one is near.
        case unknown(nearest: String?)
    }

    /// Looks a word up. Each entry of the table is one thing with all its names: a prefix that leads to
    /// one thing alone is unique.
    static func find(_ word: String, in table: [[String]]) -> Outcome {
        if table.contains(where: { $0.contains(word) }) { return .found(word) }
        let candidates = table.compactMap { names in names.first { $0.hasPrefix(word) } }
        if candidates.count == 1, !word.isEmpty { return .found(candidates[0]) }
        if candidates.count > 1, !word.isEmpty { return .ambiguous(candidates) }
        let near = table.flatMap(\.self).map { (name: $0, distance: distance(word, $0)) }
            .filter { $0.distance <= max(1, min(3, word.count / 3)) }
            .min { $0.distance < $1.distance }
        return .unknown(nearest: near?.name)
    }

    /// How many letters have to be typed, deleted, replaced or swapped with their neighbour to make
    /// one word of the other.
    static func distance(_ first: String, _ second: String) -> Int {
        let (first, second) = (Array(first), Array(second))
        var rows = [Array(0...second.count)]
        for (line, letter) in first.enumerated() {
            var row = [line + 1]
            for (column, other) in second.enumerated() {
                var cost = min(
                    row[column] + 1, rows[line][column + 1] + 1,
                    rows[line][column] + (letter == other ? 0 : 1))
                if line > 0, column > 0, letter == second[column - 1], first[line - 1] == other {
                    cost = min(cost, rows[line - 1][column - 1] + 1)
                }
                row.append(cost)
            }
            rows.append(row)
        }
        return rows[first.count][second.count]
    }
}
