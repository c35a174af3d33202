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
struct RequestTracer {
    let dump: ConfigDump
    let reader: ResourceReader
    /// What is asked; what it leaves open is filled in on the way.
    var request: TracedRequest
    let bootstrap: Bootstrap?
    let runtime: Runtime
    /// The endpoints by `/clusters`; nil for those of the dump.
    let hosts: LiveHosts?
    var trace = RequestTrace()
    var connection: Connection

    init(_ request: TracedRequest, in dump: ConfigDump, hosts: LiveHosts?) throws(ConfigDumpError) {
        self.hosts = hosts
        self.dump = dump
        self.request = request
        reader = dump.makeReader()
        let defect = dump.defects.first { $0.kind == .bootstrap }
        bootstrap = try defect == nil ? dump.bootstrap() : nil
        if let defect {
            trace.notes.append(
                Note(.notCompared, source: .drydock, text: "not read: \(defect.error.message)"))
        }
        runtime = Runtime(bootstrap)
        connection = Connection(
            destination: request.destination, source: request.source, directSource: request.source,
            principal: request.principal)
    }

    /// Goes the whole way.
    mutating func run() throws(ConfigDumpError) -> RequestTrace {
        let listeners = try ListenerLookup(dump, reader: reader)
        let direction = direction(listeners)
        guard let resource = try takeListener(direction, listeners) else { return trace }
        trace.listener = resource.name
        let listener = try reader.message(of: resource, as: Listener.self)
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

    /// The active resource of a name, else the static one.
    func resource(_ kind: ResourceKind, named name: String) -> Resource? {
        let found = dump.resources.filter { $0.kind == kind && $0.name == name }
        return found.first { $0.state == .active } ?? found.first { $0.state == .fixed }
    }
}
