package import EnvoyConfig

/// What a proxy's log says that its dump does not.
package struct ProxyLog: Sendable, Hashable {
    /// The last rejection of each type. It is history where the type does not differ any more.
    package internal(set) var rejections: [ResourceKind: LoggedRejection] = [:]
    /// The last line that says `Proto constraint validation failed`, from there on: the end of a
    /// rejection whose beginning may be in a part of the log that was not captured.
    package internal(set) var lastConstraintFailure: String?
    /// The last thing that the agent said of its connection to Istiod, and when.
    package internal(set) var lastUpstream: String?
    package internal(set) var lastUpstreamTime: CaptureTime?
    /// The last time that the log names.
    package internal(set) var lastTime: CaptureTime?
}

/// A rejection by a log: the proxy's own, `config for TYPE rejected: …`, or Istiod's,
/// `ADS:TYPE: ACK ERROR PROXY …`.
package struct LoggedRejection: Sendable, Hashable {
    /// What Envoy said.
    package var text: String
    /// When; nil if the line has no time that is read.
    package var time: CaptureTime?

    /// Makes a rejection.
    package init(_ text: String, at time: CaptureTime?) {
        self.text = text
        self.time = time
    }
}
