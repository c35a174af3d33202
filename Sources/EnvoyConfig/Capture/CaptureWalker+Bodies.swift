internal import StrictJSON

/// The resources themselves: where one begins and ends, and what is noted of it on the way.
extension CaptureWalker {
    // MARK: - Beginning

    /// Whether the value of the current key is a resource.
    var isBodyPlace: Bool {
        switch levels.last {
        case .section:
            outlineKey == .bootstrap
                || section.type.flatMap(CaptureList.item).map { $0.bodyKey == outlineKey } ?? false
        case .entry, .state: entry.list.bodyKey == outlineKey
        case .failure: outlineKey == .failedConfiguration
        default: false
        }
    }

    /// Begins a resource that is its own entry.
    mutating func beginItself(_ list: CaptureList) -> Bool {
        self.list = list
        entry.reset(list)
        return beginBody(list.state)
    }

    mutating func beginBody(_ state: ResourceState) -> Bool {
        let isSecond = isSecondBody(state)
        startBody(state, at: max(0, offset - 1))
        if isSecond {
            let name = outlineKey.name
            return repeatBody("the field \(name) comes twice in one message")
        }
        switch mode {
        case .fingerprint:
            depth = 1
            return forward(fingerprinter.beginObject())
        case .both:
            depth = 1
            return forward(fingerprinter.beginObject() && tree.beginObject())
        case .tree:
            return tree.beginObject() || refuseTree()
        default:
            depth = 1
            return true
        }
    }

    /// Whether the entry, or its state, has such a resource already.
    private func isSecondBody(_ state: ResourceState) -> Bool {
        switch levels.last {
        case .state, .failure: self.state.hasBody
        case .entry: entry.bodies.contains { $0.state == state }
        default: false
        }
    }

    /// The second of two resources under one key. Which of them counts is not known.
    private mutating func repeatBody(_ reason: String) -> Bool {
        switch mode {
        case .fingerprint, .both:
            depth = 1
            note(defect: reason)
            mode = .broken
            return true
        case .tree:
            return refuse("an entry cannot be read: \(reason)")
        default:
            depth = 1
            return true
        }
    }

    private mutating func startBody(_ state: ResourceState, at start: Int) {
        body = CapturedBody(state)
        body.range = start..<start
        watched = .nothing
        isInEDSConfig = false
        isInNode = false
        isEDS = false
        depth = 0
        if levels.last == .state || levels.last == .failure { self.state.hasBody = true }
        let list = entry.list
        isInBody = true
        let (purpose, untyped) = reading(of: list)
        switch sink.reading(of: list, state) {
        case .skip:
            mode = .skipped
        case .fingerprint:
            mode = .fingerprint
            fingerprinter.start(purpose, untyped: untyped)
        case .tree(let projection):
            mode = .tree
            tree.start(purpose.asDumped, untyped: untyped, projection)
        case .fingerprintAndTree(let projection):
            mode = .both
            fingerprinter.start(purpose, untyped: untyped)
            tree.start(purpose.asDumped, untyped: untyped, projection)
        }
    }

    /// How the resources of a list are canonicalized: looked up by name, which is done once.
    private mutating func reading(
        of list: CaptureList
    ) -> (CanonicalPurpose, UnsafePointer<MessageLayout>?) {
        if readKey == list.key, readKind == list.kind { return (readPurpose, readUntyped) }
        (readKey, readKind) = (list.key, list.kind)
        if let kind = list.resourceKind {
            readPurpose = kind.purpose(schema: schema)
            readUntyped = kind.untypedLayout(schema: schema)
        } else {
            readPurpose = schema.message(named: list.typeName).map { .message($0) } ?? .resource
            readUntyped = nil
        }
        return (readPurpose, readUntyped)
    }

    // MARK: - Something else than an object

    /// A resource that is not an object is kept and compared as it stands. Its range begins after its
    /// key, since only the end of a token is known. There is no row of it.
    mutating func misfitBody(
        _ read: (inout Canonicalizer<FingerprintOutput>) -> Bool
    ) -> Bool {
        guard startMisfit() else { return refusal == nil }
        guard forward(read(&fingerprinter)) else { return false }
        if mode == .fingerprint { endBody() }
        return true
    }

    mutating func beginMisfitList() -> Bool {
        guard startMisfit() else { return refusal == nil && skip() }
        depth = 1
        return forward(fingerprinter.beginArray())
    }

    /// Begins a resource that is not an object; false if it is not fingerprinted.
    private mutating func startMisfit() -> Bool {
        if levels.last == .section {
            if outlineKey == .bootstrap, let single = CaptureList.under(.bootstrap) {
                section.kind = .bootstrap
                sink.begin(.bootstrap)
                entry.reset(single)
            } else if !becomeItem() {
                return false
            }
        }
        let state: ResourceState =
            switch levels.last {
            case .failure: .rejected
            case .state: self.state.state
            default: entry.list.state
            }
        switch sink.reading(of: entry.list, state) {
        case .fingerprint, .fingerprintAndTree:
            startBody(state, at: bodyKeyEnd)
            // There are no fields in what is not an object.
            mode = .fingerprint
            return true
        case .tree where entry.list.isSingle:
            _ = refuse("`\(writtenKey)` is not an object")
            return false
        case .tree, .skip:
            return false
        }
    }

    // MARK: - Ending

    @inline(never)
    mutating func endBody() {
        body.range = body.range.lowerBound..<offset
        switch mode {
        case .fingerprint, .both:
            if let result = fingerprinter.result {
                body.content = .fingerprint(result.fingerprint, lines: result.lines)
            }
            if mode == .both { body.fields = tree.result }
            body.remarks = fingerprinter.remarks
            body.loadAssignment =
                isEDS && entry.list.kind == .clusters ? body.loadAssignment ?? body.name : nil
        case .tree:
            if let value = tree.result { note(value) }
            body.remarks = tree.remarks
        default:
            break
        }
        if body.typeName.isEmpty, let kind = entry.list.resourceKind {
            body.typeName = kind.facts.type
        }
        addBody()
    }

    private mutating func note(_ value: CanonicalValue) {
        body.content = .tree(value)
        body.name = (value["name"] ?? value["clusterName"])?.stringValue ?? ""
        if let type = value["@type"]?.stringValue {
            body.typeName = typeNames.name(ofURL: type)
        }
    }

    private mutating func addBody() {
        isInBody = false
        mode = .outline
        entry.bodies.append(body)
        if case .itself = entry.list.shape {
            entry.range = body.range
            sink.take(entry)
            entry.reset(entry.list)
        }
    }

    /// Something that was passed over has ended: a resource, or a member that is not read.
    mutating func endSkipped() {
        mode = .outline
        guard isInBody else { return }
        body.range = body.range.lowerBound..<offset
        addBody()
    }

    // MARK: - Resources that cannot be read

    /// A resource that cannot be read on is an error only where it is compared, which is not known
    /// yet.
    @inline(never)
    mutating func breakBody() -> Bool {
        note(defect: fingerprinter.refusal?.description ?? "not readable")
        mode = .broken
        if depth == 0 { endBody() }
        return true
    }

    /// Something else than a list stands under the key of one: an error where its resources are asked
    /// for.
    mutating func breakList() -> Bool {
        let reason = "`\(writtenKey)` is not a list"
        guard levels.last == .section, let list = CaptureList.under(outlineKey),
            let kind = list.resourceKind
        else { return refuse(reason) }
        section.kind = list.kind
        sink.begin(list.kind)
        switch sink.reading(of: list, list.state) {
        case .tree:
            return refuse(reason)
        case .fingerprint, .fingerprintAndTree:
            var draft = DefectDraft(
                kind: kind, state: list.state, start: offset,
                reason: JSONRefusal(reason, offset: max(0, offset - 1)))
            draft.isWholeList = true
            _ = shape.add(draft)
        case .skip:
            break
        }
        return true
    }

    private mutating func note(defect reason: String) {
        let draft = DefectDraft(
            kind: entry.list.resourceKind ?? .bootstrap, state: body.state,
            start: body.range.lowerBound,
            reason: JSONRefusal(reason, offset: max(0, offset - 1)))
        body.content = .broken(shape.add(draft))
    }

    // MARK: - What is noted in addition to the fingerprint

    /// Looks out for what an index keeps of a resource: its name and type, and of a cluster whether
    /// its endpoints come over EDS, and under which name.
    @inline(never)
    mutating func watch(_ text: UnsafePointer<UInt8>, _ count: Int) {
        let key = UnsafeBufferPointer(start: text, count: count)
        watched = .nothing
        if depth == 2 {
            if isInNode, key.matches("id") { watched = .nodeID }
            guard isInEDSConfig else { return }
            if key.matches("service_name") || key.matches("serviceName") { watched = .serviceName }
            return
        }
        isInEDSConfig = false
        isInNode = false
        switch count {
        case 4 where key.matches("name"): watched = .name
        case 4 where key.matches("type"): watched = .discoveryType
        case 4 where key.matches("node"): isInNode = entry.list.kind == .bootstrap
        case 5 where key.matches("@type"): watched = .typeURL
        case 11 where key.matches("clusterName"), 12 where key.matches("cluster_name"):
            if entry.list.kind == .endpoints { watched = .name }
        case 16 where key.matches("edsClusterConfig"), 18 where key.matches("eds_cluster_config"):
            isInEDSConfig = true
        default: break
        }
    }

    @inline(never)
    mutating func take(_ text: UnsafePointer<UInt8>, _ count: Int) {
        let text = UnsafeBufferPointer(start: text, count: count)
        switch watched {
        // Of a name that comes twice the first is kept.
        case .name where mode == .broken && !body.name.isEmpty: break
        case .name: body.name = String(decoding: text, as: UTF8.self)
        case .typeURL:
            body.typeName = lastType.string(text) { url in
                url[((url.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)...]
            }
        case .discoveryType: isEDS = text.matches("EDS")
        case .serviceName: body.loadAssignment = String(decoding: text, as: UTF8.self)
        case .nodeID: body.nodeID = body.nodeID ?? String(decoding: text, as: UTF8.self)
        case .nothing: break
        }
        watched = .nothing
    }
}

extension ResourceKind {
    /// How its resources are canonicalized.
    func purpose(schema: EnvoySchema) -> CanonicalPurpose {
        switch self {
        case .routes: .routeConfiguration
        case .secrets: .secret
        case .endpoints: .loadAssignment
        case .bootstrap: schema.message(named: facts.type).map { .message($0) } ?? .resource
        default: .resource
        }
    }

    /// What a resource without `@type` is read as: in Envoy up to 1.12 the section alone tells it. The
    /// old message has today's fields too.
    func untypedLayout(schema: EnvoySchema) -> UnsafePointer<MessageLayout>? {
        schema.message(named: facts.oldType) ?? schema.message(named: facts.type)
    }
}

extension CanonicalPurpose {
    /// The same for a resource as the dump has it: in its order, with what Envoy added.
    var asDumped: CanonicalPurpose {
        switch self {
        case .routeConfiguration, .loadAssignment: .resource
        case .resource, .message, .secret: self
        }
    }
}
