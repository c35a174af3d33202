/// The identifier that Istio gives the node of a proxy: `TYPE~IP~POD.NAMESPACE~DOMAIN`, such as
/// `sidecar~10.244.0.12~details-v1-6d86fd9949-xfz8s.default~default.svc.cluster.local`.
package struct NodeID: Sendable, Hashable {
    /// `sidecar`, `router` (a gateway), `waypoint` or `ztunnel`.
    package let type: String
    /// The proxy's address; empty if the identifier leaves it out.
    package let address: String
    /// `POD.NAMESPACE`.
    package let proxy: String

    /// Takes an identifier apart; nil if it is not Istio's: it names no proxy in its third part.
    package init?(_ text: String) {
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        guard parts.count >= 3, !parts[2].isEmpty else { return nil }
        type = String(parts[0])
        address = String(parts[1])
        proxy = String(parts[2])
    }
}
