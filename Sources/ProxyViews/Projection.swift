internal import CanonicalForm

/// Which fields of a message a view reads: a tree of field names.
///
///     filter_chains { name, filter_chain_match *, filters { name, typed_config { cluster, rds } } }
///
/// What a tree does not name is passed over while the dump is read, at the cost of its tokens alone.
/// Lists and the values of maps stand at the place of their field. A field is found under both of
/// its names; the `@type` of an Any is always read.
struct Projection: Sendable {
    /// Names a field and what is read below it.
    struct Field: Sendable {
        var name: String
        var below: Shape

        enum Shape: Sendable {
            case everything
            case fields([Field])
        }

        /// A field with everything below it.
        static func whole(_ name: String) -> Field { Field(name: name, below: .everything) }

        /// A field of which some fields are read.
        static func part(_ name: String, _ fields: [Field]) -> Field {
            Field(name: name, below: .fields(fields))
        }
    }

    private struct Node: Sendable {
        var edges: [(key: [UInt8], node: Int)] = []
    }

    /// The place below which everything is read.
    static let everything = 0
    /// The place of the message itself.
    private(set) var root = everything
    /// The node of `everything` has no edges.
    private var nodes = [Node()]

    /// Reads everything.
    static let whole = Projection()

    private init() {}

    init(_ fields: [Field]) {
        root = add(fields)
    }

    private mutating func add(_ fields: [Field]) -> Int {
        let place = nodes.count
        nodes.append(Node())
        nodes[place].edges.append((Array("@type".utf8), Projection.everything))
        for field in fields {
            let node: Int =
                switch field.below {
                case .everything: Projection.everything
                case .fields(let below): add(below)
                }
            let key = Array(field.name.utf8)
            nodes[place].edges.append((key, node))
            let camel = FieldName.lowerCamelCase(key)
            if camel != key { nodes[place].edges.append((camel, node)) }
        }
        return place
    }

    /// The place of a field; nil where it is passed over.
    @inline(__always)
    func child(of place: Int, _ key: UnsafePointer<UInt8>, _ count: Int) -> Int? {
        if place == Projection.everything { return Projection.everything }
        for edge in nodes[place].edges where edge.key.count == count {
            if UnsafeBufferPointer(start: key, count: count).elementsEqual(edge.key) {
                return edge.node
            }
        }
        return nil
    }
}
