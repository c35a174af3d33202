internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting

/// Follows one request through one dump, a stage after the other:
///
///     connection ─▶ listener ─▶ filter chain ─▶ network filters ─┬─▶ TCP proxy ────────────────┐
///                                                                └─▶ virtual host ─▶ route ─▶ HTTP filters
///                                                                                              │
///                                                              endpoints ◀─ clusters ◀─────────┘
///
/// Each stage notes what it took and what it passed over, and either goes on or ends the trace.
struct RequestWalk {
    let dump: TracedDump
    /// What is asked; what it leaves open is filled in on the way.
    var request: TracedRequest
    /// The endpoints by `/clusters`; nil for those of the dump.
    let hosts: LiveHosts?
    var trace = RequestTrace()
    var connection: Connection

    init(_ request: TracedRequest, in dump: TracedDump, hosts: LiveHosts?) {
        self.hosts = hosts
        self.dump = dump
        self.request = request
        trace.notes = dump.notes
        connection = Connection(
            destination: request.destination, source: request.source, directSource: request.source,
            principal: request.principal)
    }

    var bootstrap: Bootstrap? { dump.bootstrap }
    var runtime: Runtime { dump.runtime }

    /// Goes the whole way.
    mutating func run() throws(ConfigDumpError) -> RequestTrace {
        let listeners = dump.listeners
        let direction = direction(listeners)
        guard let resource = try takeListener(direction, listeners) else { return trace }
        trace.listener = resource.name
        let listener = try dump.message(of: resource, as: Listener.self)
        guard let (chain, layer) = takeFilterChain(of: listener, direction) else { return trace }
        try pass(chain, layer)
        return trace
    }

    mutating func step(
        _ stage: RequestTrace.Step.Stage, _ subject: String, taken isTaken: Bool, _ reason: String
    ) {
        trace.steps.append(
            RequestTrace.Step(stage: stage, subject: subject, isTaken: isTaken, reason: reason))
    }

    mutating func note(
        _ kind: Note.Kind, _ text: String, source: Note.Source = .drydock,
        about subject: Note.Subject? = nil
    ) {
        let note = Note(kind, source: source, text: text, resource: subject)
        if !trace.notes.contains(note) { trace.notes.append(note) }
    }

    /// Ends the trace.
    mutating func end(_ outcome: RequestTrace.Outcome, status: Int? = nil, _ reason: String) {
        trace.outcome = outcome
        trace.status = status
        note(.reason, reason)
    }
}
