internal import StrictJSON

/// The parts of a cluster's name that Istio made: `outbound|9080|v1|reviews.default.svc.cluster.local`.
public struct ClusterNameParts: Sendable, Hashable {
    /// `inbound`, `outbound`, `inbound-vip`.
    public var direction: String
    /// The service's port, 0 if the name has no number.
    public var port: Int
    /// The subset of the destination rule; empty without one.
    public var subset: String
    /// The service's host name; empty for an inbound cluster.
    public var serviceName: String

    /// Takes a name apart; nil if it has fewer than four parts.
    public init?(_ name: String) {
        let parts = name.parts(separatedBy: "|")
        guard parts.count > 3 else { return nil }
        direction = String(parts[0])
        port = Int(parts[1]).map { min(max($0, 0), 65_535) } ?? 0
        subset = String(parts[2])
        // A name with more parts has no recognizable service.
        serviceName = parts.count == 4 ? String(parts[3]) : ""
    }
}
