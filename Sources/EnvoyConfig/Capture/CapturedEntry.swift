/// Where an entry stands in its capture: a row of a table leads back to its resource by it.
public struct CapturedPlace: Sendable, Hashable {
    /// What it is.
    package var kind: CapturedKind
    /// Where the resource stands in its Envoy's life.
    package var state: ResourceState
    /// The key of the list that the entry stands in.
    let listKey: OutlineKey
    /// The entry's bytes in the capture.
    package var range: Range<Int>
    /// The bytes of its resource; empty if it has none.
    package var body: Range<Int>

    package init(_ entry: CapturedEntry, _ body: CapturedBody? = nil) {
        kind = entry.list.kind
        state = body?.state ?? entry.list.state
        range = entry.range
        self.body = body?.range ?? 0..<0
        listKey = entry.list.key
    }

    /// The place of a cluster in `/clusters` in text.
    init(clusterText range: Range<Int>) {
        kind = .clusterStatus
        state = .active
        self.range = range
        body = range
        listKey = .clusterStatuses
    }
}

/// An entry of a capture with its resources, as far as a sink asked for them.
package struct CapturedEntry {
    /// The list that it stands in.
    package var list: CaptureList
    /// Its bytes in the capture.
    package var range = 0..<0
    /// The entry's own name, version and time; a state of a listener has its own.
    package var name: String?
    package var versionInfo: String?
    package var lastUpdated: String?
    /// Its resources: one, or one for each state of a listener and for what was rejected.
    package var bodies: [CapturedBody] = []
    /// The states that are there without their resource.
    package var emptyStates: [ResourceState] = []
    /// Whether it is something else than an object.
    package var isStray = false

    package init(_ list: CaptureList) {
        self.list = list
    }

    /// Makes ready for the next entry of a list.
    mutating func reset(_ list: CaptureList) {
        self.list = list
        range = 0..<0
        name = nil
        versionInfo = nil
        lastUpdated = nil
        if !bodies.isEmpty { bodies.removeAll(keepingCapacity: true) }
        if !emptyStates.isEmpty { emptyStates.removeAll() }
        isStray = false
    }
}

/// A resource of an entry.
package struct CapturedBody {
    /// What was read of it.
    package enum Content {
        /// Nothing: a sink does not ask for it, or it is not there (a rejection can have none).
        case unread
        /// Its fingerprint, and how many lines its canonical text has.
        case fingerprint(Fingerprint, lines: Int)
        /// Its fields, as far as a projection names them, in canonical spelling.
        case tree(CanonicalValue)
        /// It cannot be read; the number of its defect.
        case broken(Int)
    }

    /// Where it stands in its Envoy's life.
    package var state: ResourceState
    /// Its own name; empty if it has none, or if nothing was read.
    package var name = ""
    /// Its type without the prefix, such as `envoy.config.cluster.v3.Cluster`: its own, or its
    /// section's where it names none.
    package var typeName = ""
    /// Its bytes in the capture; of one that is not an object from the end of its key on.
    package var range = 0..<0
    /// What was read.
    package var content = Content.unread
    /// The fields of a resource that was fingerprinted too.
    package var fields: CanonicalValue?
    /// What was odd about it.
    package var remarks: [CanonicalRemark] = []
    /// The version and time of its state; nil if the entry's count.
    package var versionInfo: String?
    package var lastUpdated: String?
    /// Why it was rejected, of what an `error_state` holds.
    package var failure: UpdateFailure?
    /// The load assignment of an EDS cluster.
    package var loadAssignment: String?
    /// The id of a bootstrap's node.
    package var nodeID: String?

    package init(_ state: ResourceState) {
        self.state = state
    }

    /// Its fields, where they were read.
    package var tree: CanonicalValue? {
        guard case .tree(let value) = content else { return nil }
        return value
    }
}

/// How the resources of a list are read.
package enum BodyReading {
    /// Not at all: their tokens are passed over.
    case skip
    /// As a fingerprint of their canonical form.
    case fingerprint
    /// As a tree of the fields that a projection names.
    case tree(Projection)
    /// As both.
    case fingerprintAndTree(Projection)
}

/// Takes what a walk over a capture meets. It is asked for each list and each entry, not for tokens.
package protocol CaptureSink: AnyObject {
    /// How the resources of a list are read that are in a state.
    func reading(of list: CaptureList, _ state: ResourceState) -> BodyReading
    /// Whether the entries of a list are handed out: their names and times, though their resources
    /// may not be read. A list that is not taken is passed over whole.
    func takesEntries(of list: CaptureList) -> Bool
    /// The capture has a list or a section of this kind; it may be empty.
    func begin(_ kind: CapturedKind)
    /// Takes the next entry, complete.
    func take(_ entry: CapturedEntry)
    /// The version of a `/server_info`.
    func note(serverVersion: String)
    /// The time of a section without entries: the bootstrap's.
    func note(sectionUpdated: String, _ kind: CapturedKind?)
}
