package import EnvoyConfig

/// What a proxy's log says that its dump does not.
package struct ProxyLog: Sendable, Hashable {
    /// The last rejection of each type: the text behind `config for TYPE rejected: `. It is history
    /// where the type does not differ any more.
    package internal(set) var rejections: [ResourceKind: String] = [:]
    /// The last line that says `Proto constraint validation failed`, from there on: the end of a
    /// rejection whose beginning may be in a part of the log that was not captured.
    package internal(set) var lastConstraintFailure: String?
    /// The last thing that the agent said of its connection to Istiod.
    package internal(set) var lastUpstream: String?
    /// The last time that the log names.
    package internal(set) var lastTime: CaptureTime?
}
