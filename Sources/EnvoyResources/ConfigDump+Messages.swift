public import EnvoyConfig

/// The resources of a kind as messages: the active ones in the dump's order, then the static ones.
///
///     for cluster in try dump.clusters where cluster.connectTimeout ?? .seconds(5) > .seconds(10) {
///         print(cluster.name)
///     }
extension ConfigDump {
    /// The clusters.
    ///
    /// - Throws: `ConfigDumpError` if one of them cannot be read, or changed since it was indexed.
    /// - Complexity: linear in the length of all of them, memory included; `forEach(_:_:)` has one at
    ///   a time.
    public var clusters: [Envoy.Cluster] {
        get throws(ConfigDumpError) { try messages() }
    }

    /// The listeners.
    ///
    /// - Throws: `ConfigDumpError` if one of them cannot be read, or changed since it was indexed.
    /// - Complexity: linear in the length of all of them, memory included; `forEach(_:_:)` has one at
    ///   a time.
    public var listeners: [Envoy.Listener] {
        get throws(ConfigDumpError) { try messages() }
    }

    /// The route configurations of the dump's section; Envoy lists those that stand in a listener there
    /// too, as static ones.
    ///
    /// - Throws: `ConfigDumpError` if one of them cannot be read, or changed since it was indexed.
    /// - Complexity: linear in the length of all of them, memory included; `forEach(_:_:)` has one at
    ///   a time.
    public var routeConfigurations: [Envoy.RouteConfiguration] {
        get throws(ConfigDumpError) { try messages() }
    }

    /// The endpoints of each cluster; only a dump that was captured with `include_eds` has some.
    ///
    /// - Throws: `ConfigDumpError` if one of them cannot be read, or changed since it was indexed.
    /// - Complexity: linear in the length of all of them, memory included; `forEach(_:_:)` has one at
    ///   a time.
    public var loadAssignments: [Envoy.LoadAssignment] {
        get throws(ConfigDumpError) { try messages() }
    }

    /// The secrets, without their private keys.
    ///
    /// - Throws: `ConfigDumpError` if one of them cannot be read, or changed since it was indexed.
    /// - Complexity: linear in the length of all of them, memory included; `forEach(_:_:)` has one at
    ///   a time.
    public var secrets: [Envoy.Secret] {
        get throws(ConfigDumpError) { try messages() }
    }

    /// The extensions that ECDS delivered.
    ///
    /// - Throws: `ConfigDumpError` if one of them cannot be read, or changed since it was indexed.
    /// - Complexity: linear in the length of all of them, memory included; `forEach(_:_:)` has one at
    ///   a time.
    public var extensionConfigurations: [Envoy.Extension] {
        get throws(ConfigDumpError) { try messages() }
    }

    /// Hands over the messages of a kind, one at a time.
    ///
    ///     try dump.forEach(Envoy.Listener.self) { listener, resource in … }
    ///
    /// - Throws: `ConfigDumpError` if one of them cannot be read, or changed since it was indexed;
    ///   what `body` throws.
    /// - Complexity: linear in the length of all of them, in memory of one.
    public func forEach<Message: EnvoyResource>(
        _ type: Message.Type, _ body: (Message, Resource) throws -> Void
    ) throws {
        let reader = makeReader()
        for resource in resources(Message.kind, .active) + resources(Message.kind, .fixed) {
            try body(try reader.message(of: resource), resource)
        }
    }

    /// A resource as a message, its lists in the dump's order.
    ///
    ///     let cluster = try dump.message(of: resource, as: Envoy.Cluster.self)
    ///
    /// - Throws: `ConfigDumpError`: with the code `wrongKind` where the resource is not of the message's
    ///   kind, `foreignResource` where it is another dump's, `changed` where its file was written
    ///   meanwhile.
    /// - Complexity: linear in the body's length.
    public func message<Message: EnvoyResource>(
        of resource: Resource, as type: Message.Type = Message.self
    ) throws(ConfigDumpError) -> Message {
        guard resource.kind == Message.kind else {
            throw ConfigDumpError(
                .wrongKind,
                "\(resource.name) is a \(resource.kind.singular), not a \(Message.kind.singular)",
                source: source)
        }
        return try makeReader().message(of: resource)
    }

    private func messages<Message: EnvoyResource>() throws(ConfigDumpError) -> [Message] {
        let reader = makeReader()
        var messages: [Message] = []
        for resource in resources(Message.kind, .active) + resources(Message.kind, .fixed) {
            messages.append(try reader.message(of: resource))
        }
        return messages
    }
}
