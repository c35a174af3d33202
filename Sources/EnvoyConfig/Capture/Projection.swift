/// Which fields of a message a view reads: a tree of field names.
///
///     filter_chains { name, filter_chain_match *, filters { name, typed_config { cluster, rds } } }
///
/// What a tree does not name is passed over while the dump is read, at the cost of its tokens alone.
/// Lists and the values of maps stand at the place of their field. A field is found under both of
/// its names; the `@type` of an Any is always read.
package struct Projection: Sendable {
    /// Names a field and what is read below it.
    package struct Field: Sendable {
        package var name: String
        package var below: Shape

        package enum Shape: Sendable {
            case everything
            case fields([Field])
        }

        /// A field with everything below it.
        package static func whole(_ name: String) -> Field { Field(name: name, below: .everything) }

        /// A field of which some fields are read.
        package static func part(_ name: String, _ fields: [Field]) -> Field {
            Field(name: name, below: .fields(fields))
        }
    }

    /// A field of a node: where its name stands in `keys`, and the node of its value. Flat, since a
    /// name is looked up for every key of a dump: no array of arrays is retained on the way.
    private struct Edge: Sendable {
        var start: Int
        var count: Int
        var node: Int
    }

    /// The node below which everything is read.
    static let everything = 0
    /// The node of the message itself.
    private(set) var root = everything
    private var keys: [UInt8] = []
    private var edges: [Edge] = []
    /// The edges of each node; `everything` has none.
    private var nodes = [0..<0]

    /// Reads nothing but the message's type.
    package static let nothing = Projection([])

    /// Reads everything.
    package static let whole = Projection()

    private init() {}

    package init(_ fields: [Field]) {
        root = add(fields)
    }

    private mutating func add(_ fields: [Field]) -> Int {
        var found: [(key: [UInt8], node: Int)] = [(Array("@type".utf8), Projection.everything)]
        for field in fields {
            let node: Int =
                switch field.below {
                case .everything: Projection.everything
                case .fields(let below): add(below)
                }
            let key = Array(field.name.utf8)
            let camel = FieldName.lowerCamelCase(key)
            found.append((key, node))
            if camel != key { found.append((camel, node)) }
            // Where Envoy up to 1.17 has the configuration of an extension.
            if field.name == "typed_config" { found.append((Array("config".utf8), node)) }
        }
        let start = edges.count
        for (key, node) in found {
            edges.append(Edge(start: keys.count, count: key.count, node: node))
            keys.append(contentsOf: key)
        }
        nodes.append(start..<edges.count)
        return nodes.count - 1
    }

    /// The node of a field; nil if it is passed over.
    ///
    /// - Complexity: one comparison for each field of the node whose name has as many bytes.
    @inline(__always)
    func child(of node: Int, _ key: UnsafePointer<UInt8>, _ count: Int) -> Int? {
        if node == Projection.everything { return Projection.everything }
        let range = nodes[node]
        return edges.withUnsafeBufferPointer { edges in
            for place in range where edges[place].count == count {
                let edge = edges[place]
                let isSame = keys.withUnsafeBufferPointer { keys in
                    for index in 0..<count where keys[edge.start + index] != key[index] {
                        return false
                    }
                    return true
                }
                if isSame { return edge.node }
            }
            return nil
        }
    }
}
