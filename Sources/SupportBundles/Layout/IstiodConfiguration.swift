package import EnvoyConfig
internal import StrictJSON

/// The Istio configuration that an Istiod holds, by its `/debug/configz`: what each object is, and a
/// fingerprint of its `spec`.
package struct IstiodConfiguration: Sendable, Hashable {
    /// Which object.
    package struct Key: Sendable, Hashable, Comparable {
        /// `VirtualService` and the like.
        package var kind: String
        /// Its namespace; empty if it has none.
        package var namespace: String
        /// Its name.
        package var name: String

        /// Sorted by kind, namespace and name.
        package static func < (left: Key, right: Key) -> Bool {
            (left.kind, left.namespace, left.name) < (right.kind, right.namespace, right.name)
        }
    }

    /// What is compared of an object.
    package struct Object: Sendable, Hashable {
        /// Stands for the `spec`.
        package var spec: Fingerprint
        /// `metadata.generation` and `metadata.resourceVersion`, where Istiod has them from
        /// Kubernetes: the greater is the newer.
        package var generation: Int?, resourceVersion: Int?
    }

    /// The objects.
    package internal(set) var objects: [Key: Object] = [:]

    /// Adds an element of `/debug/configz`.
    mutating func add(_ value: JSONValue) {
        guard let kind = value["kind"]?.string, let metadata = value["metadata"],
            let name = metadata["name"]?.string
        else { return }
        var text: [UInt8] = []
        (value["spec"] ?? .null).appendSorted(to: &text)
        let key = Key(kind: kind, namespace: metadata["namespace"]?.string ?? "", name: name)
        objects[key] = Object(
            spec: Fingerprint(of: text), generation: metadata["generation"]?.integer,
            resourceVersion: metadata["resourceVersion"]?.integer)
    }
}
