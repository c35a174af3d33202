internal import StrictJSON

/// What was seen in a capture, apart from its entries.
struct CaptureShape {
    /// Whether there is a `configs`, and whether anything is in it. A `?resource=` that found nothing
    /// is `{}`.
    var hasConfigs = false
    var hasItems = false
    /// Whether a section of a dump was met: the items of a `?resource=` answer do not count.
    var hasSections = false
    /// Whether a list or entry of `CaptureList` was met.
    var hasLists = false
    /// Whether one of a dump's lists stands in the document itself: one section by itself.
    var hasRootLists = false
    /// What the resources are that stand by themselves in a list, as `-o json` prints them.
    var listedKind: ResourceKind?
    /// Whether the document has the version of a `/server_info`.
    var hasVersion = false
    /// Whether the document has members that are not a dump's.
    var hasOtherKeys = false
    /// The keys of the objects that the dump is wrapped in, from the outermost.
    var wrapper: [String] = []
    /// The members that are not known, and therefore not read.
    var unread = UnreadMembers()
    /// The resources that cannot be read, in the capture's order.
    private(set) var defects: [DefectDraft] = []
    private var unlocatedDefects = 0

    /// Whether it is a dump: whole, or the answer to a `?resource=`.
    var isConfigDump: Bool { hasConfigs || hasSections || hasRootLists }

    /// Adds a defect; the number of it.
    mutating func add(_ defect: DefectDraft) -> Int {
        defects.append(defect)
        unlocatedDefects += 1
        return defects.count - 1
    }

    /// Gives places to the defects that were found since the last time.
    mutating func locateDefects(_ locate: (JSONRefusal) -> JSONError) {
        guard unlocatedDefects > 0 else { return }
        for index in defects.indices.suffix(unlocatedDefects) {
            defects[index].error = locate(defects[index].reason)
        }
        unlocatedDefects = 0
    }
}

/// The section that is open.
struct OpenSection {
    var isOpen = false
    /// Where it begins.
    var start = 0
    /// Its `@type`, and the key that it stands under in a map of sections.
    var type: String?
    var key: String?
    /// What its lists hold.
    var kind: CapturedKind?
    /// Whether it is an entry itself: an item of a `?resource=` answer.
    var isItem = false
    /// Strings that may turn out to be an entry's.
    var name: String?
    var versionInfo: String?
    var lastUpdated: String?

    /// The kind of resources that it holds, by its lists, its type or its key.
    var resourceKind: ResourceKind? {
        if let kind { return kind.resourceKind }
        if let type, let name = type.split(separator: ".").last {
            if let kind = ResourceKind(sectionName: String(name)) { return kind }
            return CaptureList.item(typeURL: type)?.resourceKind
        }
        return key.flatMap(ResourceKind.init(rawValue:))
    }

    /// Whether its type is a section's, known or not.
    var isTypedSection: Bool { type?.hasSuffix("ConfigDump") ?? false }
}

/// The state of an entry that is open: one of a listener's, or an `error_state`.
struct OpenState {
    var state = ResourceState.active
    var hasBody = false
    var versionInfo: String?
    var lastUpdated: String?
    var failure = UpdateFailure(details: "")
}

/// Makes one string of a text that comes again and again: versions, times, types.
struct RepeatedString {
    private var bytes: [UInt8] = []
    private var text = ""

    /// The string of the bytes, or of a part of them.
    mutating func string(
        _ bytes: UnsafeBufferPointer<UInt8>,
        part: (UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>.SubSequence = { $0[...] }
    ) -> String {
        if !self.bytes.withUnsafeBufferPointer({ $0.matches(bytes) }) {
            self.bytes = Array(bytes)
            text = String(decoding: part(bytes), as: UTF8.self)
        }
        return text
    }
}

/// The name of the last type URL: mostly the next one's too.
struct TypeNames {
    private var url = ""
    private var name = ""

    /// What follows the last `/` of a URL.
    mutating func name(ofURL text: String) -> String {
        if text == url { return name }
        url = text
        let place = text.utf8.lastIndex(of: UInt8(ascii: "/"))
        name = place.map { String(text[text.utf8.index(after: $0)...]) } ?? text
        return name
    }
}
