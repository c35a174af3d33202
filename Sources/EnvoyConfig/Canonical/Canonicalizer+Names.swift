internal import StrictJSON

/// Configurations of extensions whose type their name tells: the `config` of a filter, the
/// `per_filter_config` of a route, as Envoy up to 1.17 has them. They are read as what they are today:
///
///     {"name": "envoy.tcp_proxy", "config": {"cluster": "a"}}
///     {"name": "envoy.tcp_proxy", "typedConfig": {"@type": "…v3.TcpProxy", "cluster": "a"}}
extension Canonicalizer {
    /// Takes the key of a field that the message lacks today; false if it is not such a key.
    mutating func enterNamed(_ text: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard let message = top.pointee.message, !top.pointee.modes.contains(.inStruct) else {
            return false
        }
        let key = UnsafeBufferPointer(start: text, count: count)
        let field: UnsafePointer<FieldLayout>?
        if key.matches("config") {
            field = message.pointee.role == nil ? nil : message.field(named: "typed_config")
        } else if key.matches("per_filter_config") || key.matches("perFilterConfig") {
            field = message.field(named: "typed_per_filter_config")
        } else {
            return false
        }
        guard let field, !hasSeen(field) else { return false }
        top.pointee.field = field
        top.pointee.modes.insert(.typedByName)
        return true
    }

    private func hasSeen(_ field: UnsafePointer<FieldLayout>) -> Bool {
        let ordinal = UInt64(field.pointee.ordinal)
        let bit = 1 &<< (ordinal & 63)
        return (ordinal < 64 ? top.pointee.seen.0 : top.pointee.seen.1) & bit != 0
    }

    /// Notes the name of the extension that is open, which may tell the type of its configuration.
    mutating func noteExtensionName(_ text: UnsafePointer<UInt8>, _ count: Int) {
        while extensionNames.count <= depth { extensionNames.append([]) }
        // Of a hundred names one is asked for: the bytes stay bytes, in a buffer that is kept.
        extensionNames[depth].removeAll(keepingCapacity: true)
        extensionNames[depth].append(
            contentsOf: UnsafeBufferPointer(start: text, count: count))
    }

    /// Opens a configuration whose type its name tells: now, or once the name has come.
    mutating func openNamedConfig(modes: FrameModes) -> Bool {
        top.pointee.modes.remove(.typedByName)
        if top.pointee.kind == .map {
            top.pointee.modes.insert(.typedByName)
            let filter = String(decoding: currentKey, as: UTF8.self)
            return openTyped(ExtensionNames.routeTypeName(ofFilter: filter), modes)
        }
        guard let name = extensionName else { return startTape(.beginObject) }
        return openTyped(typeName(ofExtension: name), modes)
    }

    /// The name of the extension that is open; nil until it has been read.
    private var extensionName: String? {
        guard let field = top.pointee.message.flatMap({ $0.field(named: "name") }), hasSeen(field)
        else { return nil }
        return String(decoding: extensionNames[depth], as: UTF8.self)
    }

    private func typeName(ofExtension name: String) -> String? {
        var role = top.pointee.message?.pointee.role
        // The same message secures connections to a proxy and from it.
        if role == .upstreamSocket,
            openFrames.contains(where: {
                $0.message?.isNamed("envoy.config.listener.v3.FilterChain") ?? false
            })
        {
            role = .downstreamSocket
        }
        return ExtensionNames.typeName(ofExtension: name, role)
    }

    private mutating func openTyped(_ name: String?, _ modes: FrameModes) -> Bool {
        guard let name, let layout = schema.message(named: name), layout.pointee.form == .plain
        else { return openUntyped(modes) }
        var frame = Frame(
            .message, modes: modes, message: schema.oldMessage(of: layout), parts: output.noParts)
        frame.hashBase = Int32(truncatingIfNeeded: keys.hashCount)
        frame.keyStart = Int32(truncatingIfNeeded: keys.count)
        push(frame)
        return attachType(named: layout)
    }

    /// A configuration of a type that its name does not tell: kept as it stands, as `config`.
    private mutating func openUntyped(_ modes: FrameModes) -> Bool {
        if top.pointee.kind == .message { _ = enterConfig() }
        return openForeign(modes: modes.foreign)
    }

    /// Takes `config` as a key that the message does not have.
    private mutating func enterConfig() -> Bool {
        top.pointee.field = nil
        top.pointee.keyStart = Int32(truncatingIfNeeded: keys.count)
        let key: StaticString = "config"
        keys.append(key.utf8Start, key.utf8CodeUnitCount)
        return true
    }

    /// Reads a configuration that came before its name, and closes the extension.
    mutating func replayNamed(_ held: EventTape) -> Bool {
        top.pointee.field = top.pointee.message.flatMap { $0.field(named: "typed_config") }
        top.pointee.modes.insert(.typedByName)
        guard extensionName == nil else { return replay(held) && endObject() }
        // It has no name at all.
        top.pointee.modes.remove(.typedByName)
        return enterConfig() && replay(held) && endObject()
    }
}
