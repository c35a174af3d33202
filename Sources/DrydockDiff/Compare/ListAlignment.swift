package import EnvoyConfig

/// Which elements of two lists belong together.
///
///     [ A  B  C  D ]         equal ends are taken off, then those that occur once on both sides
///       │  ╲     │           anchor the rest (a longest ascending run of them, so that nothing
///     [ A  X  B' D ]         crosses), and what is left between two anchors is paired by
///                            similarity, in order: B with B'
///
/// Elements are the same by what names them, where something does, else by content.
package struct ListAlignment {
    package enum Step: Equatable {
        case pair(from: Int, to: Int)
        case remove(from: Int)
        case insert(to: Int)
    }

    package private(set) var steps: [Step] = []
    private let old: [CanonicalValue]
    private let new: [CanonicalValue]
    private var oldTokens: [Int] = []
    private var newTokens: [Int] = []

    /// Gaps beyond this many pairs of elements are paired by position.
    private static let tableLimit = 40_000
    /// Elements of a gap that have less than this in common are not the same element.
    private static let leastSimilarity = 0.4

    package init(_ old: [CanonicalValue], _ new: [CanonicalValue]) {
        self.old = old
        self.new = new
        makeTokens()
        align(old.indices, new.indices)
    }

    // MARK: - Tokens

    /// Elements with the same token are taken for the same: those of one name that occurs once on
    /// both sides, else those of one content.
    private mutating func makeTokens() {
        let oldNames = old.map(ElementName.init)
        let newNames = new.map(ElementName.init)
        let shared = ListAlignment.unique(oldNames).intersection(ListAlignment.unique(newNames))
        var names: [ElementName: Int] = [:]
        var contents: [CanonicalValue: Int] = [:]
        func token(_ value: CanonicalValue, _ name: ElementName?) -> Int {
            let next = names.count + contents.count
            if let name, shared.contains(name) {
                return names[name]
                    ?? {
                        names[name] = next; return next
                    }()
            }
            return contents[value]
                ?? {
                    contents[value] = next; return next
                }()
        }
        oldTokens = zip(old, oldNames).map(token)
        newTokens = zip(new, newNames).map(token)
    }

    private static func unique(_ names: [ElementName?]) -> Set<ElementName> {
        var counts: [ElementName: Int] = [:]
        for case let name? in names { counts[name, default: 0] += 1 }
        return Set(counts.filter { $0.value == 1 }.keys)
    }

    // MARK: - Ends and anchors

    private mutating func align(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
        var (oldRange, newRange) = (oldRange, newRange)
        while let from = oldRange.first, let to = newRange.first, oldTokens[from] == newTokens[to] {
            steps.append(.pair(from: from, to: to))
            oldRange.removeFirst()
            newRange.removeFirst()
        }
        var ends: [Step] = []
        while let from = oldRange.last, let to = newRange.last, oldTokens[from] == newTokens[to] {
            ends.append(.pair(from: from, to: to))
            oldRange.removeLast()
            newRange.removeLast()
        }
        alignMiddle(oldRange, newRange)
        steps.append(contentsOf: ends.reversed())
    }

    private mutating func alignMiddle(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
        guard !oldRange.isEmpty, !newRange.isEmpty else {
            steps.append(contentsOf: oldRange.map { .remove(from: $0) })
            steps.append(contentsOf: newRange.map { .insert(to: $0) })
            return
        }
        var anchors = uniqueAnchors(oldRange, newRange)
        if anchors.isEmpty, oldRange.count * newRange.count <= ListAlignment.tableLimit {
            anchors = commonSubsequence(oldRange, newRange)
        }
        guard !anchors.isEmpty else { return pairSimilar(oldRange, newRange) }
        var (oldStart, newStart) = (oldRange.lowerBound, newRange.lowerBound)
        for anchor in anchors {
            alignGap(oldStart..<anchor.from, newStart..<anchor.to)
            steps.append(.pair(from: anchor.from, to: anchor.to))
            (oldStart, newStart) = (anchor.from + 1, anchor.to + 1)
        }
        alignGap(oldStart..<oldRange.upperBound, newStart..<newRange.upperBound)
    }

    /// A gap between anchors may have anchors of its own: what is unique in it.
    private mutating func alignGap(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
        if oldRange.isEmpty && newRange.isEmpty { return }
        align(oldRange, newRange)
    }

    /// The longest ascending run of tokens that occur once on both sides.
    private func uniqueAnchors(
        _ oldRange: Range<Int>, _ newRange: Range<Int>
    ) -> [(from: Int, to: Int)] {
        var places: [Int: (old: Int, oldCount: Int, new: Int, newCount: Int)] = [:]
        for index in oldRange {
            places[oldTokens[index], default: (0, 0, 0, 0)].old = index
            places[oldTokens[index], default: (0, 0, 0, 0)].oldCount += 1
        }
        for index in newRange {
            places[newTokens[index], default: (0, 0, 0, 0)].new = index
            places[newTokens[index], default: (0, 0, 0, 0)].newCount += 1
        }
        let pairs = oldRange.compactMap { index -> (from: Int, to: Int)? in
            guard let place = places[oldTokens[index]], place.oldCount == 1, place.newCount == 1
            else { return nil }
            return (index, place.new)
        }
        return ListAlignment.ascending(pairs)
    }

    /// A longest run of pairs that ascends on the `to` side too, by patience sorting.
    private static func ascending(_ pairs: [(from: Int, to: Int)]) -> [(from: Int, to: Int)] {
        var piles: [Int] = []
        var previous = Array(repeating: -1, count: pairs.count)
        for (index, pair) in pairs.enumerated() {
            var range = 0..<piles.count
            while !range.isEmpty {
                let middle = range.lowerBound + range.count / 2
                range =
                    pairs[piles[middle]].to < pair.to
                    ? middle + 1..<range.upperBound : range.lowerBound..<middle
            }
            let pile = range.lowerBound
            if pile > 0 { previous[index] = piles[pile - 1] }
            if pile == piles.count { piles.append(index) } else { piles[pile] = index }
        }
        var result: [(from: Int, to: Int)] = []
        var index = piles.last ?? -1
        while index >= 0 {
            result.append(pairs[index])
            index = previous[index]
        }
        return result.reversed()
    }

    /// A longest common subsequence, by the table.
    private func commonSubsequence(
        _ oldRange: Range<Int>, _ newRange: Range<Int>
    ) -> [(from: Int, to: Int)] {
        bestPairs(oldRange, newRange) { oldTokens[$0] == newTokens[$1] ? 1 : 0 }
    }

    // MARK: - Similarity

    /// Pairs what is left, in order. One element against one are the same element if they have
    /// anything in common.
    private mutating func pairSimilar(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
        var pairs: [(from: Int, to: Int)] = []
        if oldRange.count == newRange.count, isScalar(oldRange, newRange) {
            pairs = Array(zip(oldRange, newRange)).map { (from: $0.0, to: $0.1) }
        } else if oldRange.count == 1, newRange.count == 1 {
            let (from, to) = (oldRange.lowerBound, newRange.lowerBound)
            if similarity(old[from], new[to]) > 0 { pairs = [(from, to)] }
        } else if oldRange.count * newRange.count <= ListAlignment.tableLimit {
            pairs = bestPairs(oldRange, newRange) { from, to in
                let similarity = similarity(old[from], new[to])
                return similarity < ListAlignment.leastSimilarity ? 0 : similarity
            }
        } else {
            pairs = zip(oldRange, newRange).filter {
                similarity(old[$0.0], new[$0.1]) >= ListAlignment.leastSimilarity
            }.map { (from: $0.0, to: $0.1) }
        }
        var (oldStart, newStart) = (oldRange.lowerBound, newRange.lowerBound)
        for pair in pairs + [(from: oldRange.upperBound, to: newRange.upperBound)] {
            steps.append(contentsOf: (oldStart..<pair.from).map { .remove(from: $0) })
            steps.append(contentsOf: (newStart..<pair.to).map { .insert(to: $0) })
            if pair.from < oldRange.upperBound, pair.to < newRange.upperBound {
                steps.append(.pair(from: pair.from, to: pair.to))
            }
            (oldStart, newStart) = (pair.from + 1, pair.to + 1)
        }
    }

    private func isScalar(_ oldRange: Range<Int>, _ newRange: Range<Int>) -> Bool {
        old[oldRange].allSatisfy(\.isScalar) && new[newRange].allSatisfy(\.isScalar)
    }

    /// How much two elements have in common, from 0 to 1.
    private func similarity(_ first: CanonicalValue, _ second: CanonicalValue) -> Double {
        switch (first, second) {
        case (.object(let old), .object(let new)):
            guard !old.isEmpty, !new.isEmpty else { return 0.5 }
            var score = 0.0
            var next = 0
            for member in old {
                guard let place = new[next...].firstIndex(where: { $0.key == member.key }) else {
                    continue
                }
                score += new[place].value == member.value ? 1 : 0.5
                next = place + 1
            }
            return score / Double(max(old.count, new.count))
        case (.list, .list): return 0.5
        case (.string, .string), (.literal, .literal): return first == second ? 1 : 0.1
        default: return 0
        }
    }

    /// The pairs of the highest weight, none crossing another.
    private func bestPairs(
        _ oldRange: Range<Int>, _ newRange: Range<Int>, weight: (Int, Int) -> Double
    ) -> [(from: Int, to: Int)] {
        let width = newRange.count + 1
        var best = Array(repeating: 0.0, count: (oldRange.count + 1) * width)
        var weights = best
        for row in stride(from: oldRange.count - 1, through: 0, by: -1) {
            for column in stride(from: newRange.count - 1, through: 0, by: -1) {
                let place = row * width + column
                let pair = weight(oldRange.lowerBound + row, newRange.lowerBound + column)
                weights[place] = pair
                best[place] = max(best[place + 1], best[place + width])
                if pair > 0 { best[place] = max(best[place], pair + best[place + width + 1]) }
            }
        }
        var pairs: [(from: Int, to: Int)] = []
        var (row, column) = (0, 0)
        while row < oldRange.count, column < newRange.count {
            let place = row * width + column
            if weights[place] > 0, best[place] == weights[place] + best[place + width + 1] {
                pairs.append((oldRange.lowerBound + row, newRange.lowerBound + column))
                (row, column) = (row + 1, column + 1)
            } else if best[place] == best[place + width] {
                row += 1
            } else {
                column += 1
            }
        }
        return pairs
    }
}

extension CanonicalValue {
    /// Whether it is neither an object nor a list.
    var isScalar: Bool {
        switch self {
        case .literal, .string: true
        case .list, .object: false
        }
    }
}
