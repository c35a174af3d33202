internal import Reporting

/// One of two.
enum PairSide {
    case first, second
}

/// What two dictionaries do not share.
struct SetDelta<Key: Hashable & Comparable> {
    private(set) var onlyFirst: [Key] = []
    private(set) var onlySecond: [Key] = []
    private(set) var changed: [Key] = []

    var isEmpty: Bool { onlyFirst.isEmpty && onlySecond.isEmpty && changed.isEmpty }

    init() {}

    init<Value: Equatable>(_ first: [Key: Value], _ second: [Key: Value]) {
        for key in Set(first.keys).union(second.keys).sorted() {
            switch (first[key], second[key]) {
            case (_?, nil): onlyFirst.append(key)
            case (nil, _?): onlySecond.append(key)
            case (let one, let other) where one != other: changed.append(key)
            default: break
            }
        }
    }

    /// Which side is a strict subset of the other.
    var subset: PairSide? {
        guard changed.isEmpty, onlyFirst.isEmpty != onlySecond.isEmpty else { return nil }
        return onlyFirst.isEmpty ? .first : .second
    }

    /// What the second side lacks, has in addition and has in another version, the first few of each.
    func texts(_ name: (Key) -> String) -> [String] {
        [
            ("lacks", onlyFirst), ("has in addition", onlySecond),
            ("has a different version of", changed),
        ]
        .filter { !$0.1.isEmpty }
        .map { verb, keys in "\(verb) \(NameList.text(keys.map(name), limit: 5))" }
    }
}
