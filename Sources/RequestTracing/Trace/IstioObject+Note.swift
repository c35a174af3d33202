package import EnvoyResources
package import Reporting

extension IstioObject {
    /// The object as notes name it: `virtual-service` is a `VirtualService`.
    package var noteObject: Note.Object {
        let words = kind.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        return Note.Object(kind: words.joined(), namespace: namespace, name: name)
    }
}
