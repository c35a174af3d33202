public import EnvoyConfig

extension ResourceReader {
    /// Reads a resource as a message, its lists in the dump's order.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: linear in the body's length.
    package func message<Message: EnvoyMessage>(
        of resource: Resource, as type: Message.Type = Message.self
    ) throws(ConfigDumpError) -> Message {
        Message(try dumpedValue(of: resource))
    }
}

/// Resources by name: the active one, else the static one, else the one that is warming. Of several
/// of one name the first. Nil if the dump has none, which is not an error.
extension ConfigDump {
    /// A cluster.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: O(*n*) in the number of resources, and the length of the one.
    public func cluster(named name: String) throws(ConfigDumpError) -> Envoy.Cluster? {
        try message(named: name)
    }

    /// A listener.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: O(*n*) in the number of resources, and the length of the one.
    public func listener(named name: String) throws(ConfigDumpError) -> Envoy.Listener? {
        try message(named: name)
    }

    /// A route configuration of the dump's section; those that stand in a listener are also listed
    /// there by Envoy, as static ones.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: O(*n*) in the number of resources, and the length of the one.
    public func routeConfiguration(
        named name: String
    ) throws(ConfigDumpError) -> Envoy.RouteConfiguration? {
        try message(named: name)
    }

    /// The endpoints of a cluster by `Cluster.loadAssignmentName`. Only a dump that was captured
    /// with `include_eds` has some.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: O(*n*) in the number of resources, and the length of the one.
    public func loadAssignment(named name: String) throws(ConfigDumpError) -> Envoy.LoadAssignment?
    {
        try message(named: name)
    }

    /// A secret, without its private key.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: O(*n*) in the number of resources, and the length of the one.
    public func secret(named name: String) throws(ConfigDumpError) -> Envoy.Secret? {
        try message(named: name)
    }

    /// An extension's configuration that ECDS delivered.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    /// - Complexity: O(*n*) in the number of resources, and the length of the one.
    public func extensionConfiguration(named name: String) throws(ConfigDumpError) -> Envoy
        .Extension?
    {
        try message(named: name)
    }

    /// What Envoy was started with; nil if the dump does not say. Istiod's says nothing.
    ///
    /// - Throws: `ConfigDumpError` if the dump cannot be read any more.
    public func bootstrap() throws(ConfigDumpError) -> Envoy.Bootstrap? {
        guard let resource = resources.first(where: { $0.kind == .bootstrap }) else { return nil }
        return try makeReader().message(of: resource)
    }

    private func message<Message: EnvoyResource>(
        named name: String
    ) throws(ConfigDumpError) -> Message? {
        for state in [ResourceState.active, .fixed, .warming] {
            let found = resources.first {
                $0.kind == Message.kind && $0.state == state && $0.name == name
            }
            if let found { return try makeReader().message(of: found) }
        }
        return nil
    }
}
