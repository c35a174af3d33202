/// The members of an object in a report, in the order in which they are printed.
public struct ReportObject: Sendable, Hashable {
    /// A key and what stands under it.
    public struct Member: Sendable, Hashable {
        /// The key, unescaped.
        public var key: String
        /// The value.
        public var value: ReportValue
    }

    /// The members.
    public private(set) var members: [Member]

    /// Makes an object of members in the order in which they are given.
    public init(_ members: some Sequence<(String, ReportValue)>) {
        self.members = members.map { Member(key: $0.0, value: $0.1) }
    }

    /// Adds a member; nil adds none.
    public mutating func append(_ key: String, _ value: ReportValue?) {
        if let value { members.append(Member(key: key, value: value)) }
    }
}

extension ReportObject: ExpressibleByDictionaryLiteral {
    /// An object with the members in the order in which they are given.
    public init(dictionaryLiteral members: (String, ReportValue)...) {
        self.init(members)
    }
}
