internal import EnvoyConfig
internal import EnvoyResources
internal import Reporting
internal import Synchronization

/// A dump as requests are followed through it: what is found out once, and the trees of the resources
/// that requests have touched, for all further requests.
final class TracedDump: Sendable {
    private struct Kept {
        var trees: [Int: CanonicalValue] = [:]
        var hosts: [Int: Set<String>] = [:]
        var captureTime: Int??
    }

    private struct Name: Hashable {
        var kind: ResourceKind
        var name: String
    }

    private let dump: ConfigDump
    let bootstrap: Bootstrap?
    let runtime: Runtime
    let listeners: ListenerLookup
    /// What cannot be told of any request.
    let notes: [Note]
    /// The secrets that Envoy waits for.
    let missingSecrets: Set<String>
    private let resources: [Name: Resource]
    private let warming: Set<Name>
    private let kept = Mutex(Kept())

    /// Reads the outlines of the listeners, the bootstrap and the names.
    ///
    /// - Complexity: one pass over the listeners' bytes, memory for the names.
    init(_ dump: ConfigDump) throws(ConfigDumpError) {
        self.dump = dump
        let defect = dump.defects.first { $0.kind == .bootstrap }
        bootstrap = try defect == nil ? dump.bootstrap() : nil
        notes =
            defect.map {
                [Note(.notCompared, source: .drydock, text: "not read: \($0.error.message)")]
            } ?? []
        runtime = Runtime(bootstrap)
        listeners = try ListenerLookup(dump, reader: dump.makeReader())
        var resources: [Name: Resource] = [:]
        var warming: Set<Name> = []
        var waiting: Set<String> = []
        for resource in dump.resources {
            let name = Name(kind: resource.kind, name: resource.name)
            switch resource.state {
            case .active:
                if resources[name]?.state != .active { resources[name] = resource }
            case .fixed:
                if resources[name] == nil { resources[name] = resource }
            case .warming:
                warming.insert(name)
                if resource.kind == .secrets, resource.versionInfo == "uninitialized" {
                    waiting.insert(resource.name)
                }
            case .rejected, .draining:
                continue
            }
        }
        self.resources = resources
        self.warming = warming
        missingSecrets = waiting.filter {
            resources[Name(kind: .secrets, name: $0)]?.state != .active
        }
    }

    /// The active resource of a name, else the static one.
    func resource(_ kind: ResourceKind, named name: String) -> Resource? {
        resources[Name(kind: kind, name: name)]
    }

    /// Whether the dump has a section of a kind.
    func hasSection(_ kind: ResourceKind) -> Bool { dump.sections.contains(kind) }

    /// The scopes of routes that SRDS delivered.
    func scopes() throws(ConfigDumpError) -> [CanonicalValue] {
        var found: [CanonicalValue] = []
        for resource in dump.resources(.scopedRoutes, .active) {
            found.append(try dump.makeReader().canonicalValue(of: resource))
        }
        return found
    }

    /// Whether an update of a name waits for what it needs.
    func isWarming(_ kind: ResourceKind, named name: String) -> Bool {
        warming.contains(Name(kind: kind, name: name))
    }

    /// A resource as the dump has it; its tree is kept.
    func message<Message: EnvoyMessage>(
        of resource: Resource, as type: Message.Type = Message.self
    ) throws(ConfigDumpError) -> Message {
        let place = resource.range.lowerBound
        if let known = kept.withLock({ $0.trees[place] }) { return Message(known) }
        let value = try dump.makeReader().dumpedValue(of: resource)
        if !resource.range.isEmpty { kept.withLock { $0.trees[place] = value } }
        return Message(value)
    }

    /// The hosts of the outbound clusters that a listener names, in Istio's naming of clusters.
    func outboundHosts(of listener: Resource) throws(ConfigDumpError) -> Set<String> {
        let place = listener.range.lowerBound
        if let known = kept.withLock({ $0.hosts[place] }) { return known }
        let bytes = try dump.makeReader().bytes(of: listener)
        var hosts: Set<String> = []
        let mark = Array("\"outbound|".utf8)
        var rest = bytes[...]
        while let start = rest.firstRange(of: mark) {
            rest = rest[start.upperBound...]
            let name = rest.prefix { $0 != UInt8(ascii: "\"") }
            // PORT|SUBSET|HOST
            let parts = name.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            if parts.count == 3 { hosts.insert(String(decoding: parts[2], as: UTF8.self)) }
        }
        kept.withLock { $0.hosts[place] = hosts }
        return hosts
    }

    /// When the dump was captured, the newest time in it, in seconds since 1970; nil if it has none.
    var captureTime: Int? {
        if let known = kept.withLock({ $0.captureTime }) { return known }
        let found = dump.resources.compactMap { $0.lastUpdated.flatMap { ClockTime.seconds($0) } }
            .max()
        kept.withLock { $0.captureTime = .some(found) }
        return found
    }
}
