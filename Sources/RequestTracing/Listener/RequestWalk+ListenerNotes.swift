internal import EnvoyConfig
internal import Reporting

/// What is said of the listeners that do not take the connection.
extension RequestWalk {
    /// The listeners of the same port that do not take it.
    mutating func noteCandidates(_ listeners: ListenerLookup, except name: String?) {
        for candidate in listeners.candidates
        where candidate.resource.name != name
            && candidate.outline.places.contains(where: { $0.port == connection.destination.port })
        {
            let isUDP = candidate.outline.places.allSatisfy(\.isUDP)
            step(
                .listener, candidate.resource.name, taken: false,
                isUDP ? "serves UDP" : "serves \(candidate.placeText)")
        }
    }

    /// What is said of updates that are not in use: those of the listener itself, and others that
    /// would take the connection if they were.
    mutating func noteOthers(_ listeners: ListenerLookup, _ taken: Resource?) {
        let destination = connection.destination
        let isExact = listeners.candidates.contains { candidate in
            candidate.resource == taken
                && (destination.address.map { candidate.serves($0, port: destination.port) }
                    ?? false)
        }
        for other in listeners.others {
            let name = other.resource.name
            if let taken, taken.name == name {
                note(update: other.resource, "the answer holds for the old one")
            } else if !isExact, other.wouldTake(destination) {
                note(update: other.resource, "it would take the connection")
            } else if taken == nil, !name.isEmpty, other.outline.places.isEmpty {
                note(
                    update: other.resource,
                    "and the dump does not tell its address: it may be the one")
            }
        }
        // An update that was refused without its configuration being shown.
        if let taken, let failure = taken.failure {
            noteRejection(of: taken.name, failure, "the answer holds for the old one")
        }
    }

    /// Says why the listener that connections arrive at is not in use, unless that has been said.
    mutating func noteEntry(_ entry: Resource) {
        let subject = Note.Subject(kind: .listeners, name: entry.name)
        guard !trace.notes.contains(where: { $0.resource == subject }) else { return }
        note(update: entry, "nothing else takes its connections")
    }

    private mutating func note(update resource: Resource, _ consequence: String) {
        if resource.state == .rejected {
            noteRejection(of: resource.name, resource.failure, consequence)
        } else {
            note(
                .warming, "an update of listener \(resource.name) waits in warming, \(consequence)",
                source: .envoy, about: Note.Subject(kind: .listeners, name: resource.name))
        }
    }

    private mutating func noteRejection(
        of name: String, _ failure: UpdateFailure?, _ consequence: String
    ) {
        let reason = failure.map { RejectionText.line($0.details) } ?? "no reason given"
        note(
            .rejected,
            "an update of listener \(name) was rejected by Envoy, \(consequence): \(reason)",
            source: .envoy, about: Note.Subject(kind: .listeners, name: name))
    }
}
