internal import EnvoySchema

/// What Envoy adds to a load assignment on its own, and what is therefore left out of its canonical
/// form: health status, overprovisioning factor, and what is empty without them.
extension Canonicalizer {
    /// Whether a scalar of a load assignment says nothing: `health_status` HEALTHY, an
    /// `overprovisioning_factor` of 140, which is Envoy's default.
    func isTrimmed(
        _ field: UnsafePointer<FieldLayout>, text: some Collection<UInt8>
    ) -> Bool {
        guard top.pointee.kind == .message, let message = top.pointee.message else { return false }
        if message.isNamed("envoy.config.endpoint.v3.LbEndpoint") {
            return text.elementsEqual("HEALTHY".utf8) && field.isNamed("health_status")
        }
        if message.isNamed("envoy.config.endpoint.v3.ClusterLoadAssignment.Policy") {
            return text.elementsEqual("140".utf8) && field.isNamed("overprovisioning_factor")
        }
        return false
    }

    /// Whether the list that was just closed says nothing: `drop_overloads`. Notes a locality that
    /// has endpoints.
    mutating func isTrimmedList() -> Bool {
        guard top.pointee.kind == .message, let message = top.pointee.message,
            let field = top.pointee.field
        else { return false }
        if field.isNamed("lb_endpoints") { top.pointee.modes.insert(.hasEndpoints) }
        return message.isNamed("envoy.config.endpoint.v3.ClusterLoadAssignment.Policy")
            && field.isNamed("drop_overloads")
    }

    /// Whether the object that is being closed says nothing: an empty `health_check_config`,
    /// `policy` or `locality`, or a locality without endpoints.
    func isTrimmedObject() -> Bool {
        let below = (top - 1).pointee
        guard let message = top.pointee.message else { return false }
        if message.isNamed("envoy.config.endpoint.v3.LocalityLbEndpoints") {
            return below.kind == .list && !top.pointee.modes.contains(.hasEndpoints)
        }
        guard top.pointee.count == 0, below.kind == .message, let owner = below.message,
            let field = below.field
        else { return false }
        return owner.isNamed("envoy.config.endpoint.v3.Endpoint")
            && field.isNamed("health_check_config")
            || owner.isNamed("envoy.config.endpoint.v3.ClusterLoadAssignment")
                && field.isNamed("policy")
            || owner.isNamed("envoy.config.endpoint.v3.LocalityLbEndpoints")
                && field.isNamed("locality")
    }
}

extension UnsafePointer<MessageLayout> {
    fileprivate func isNamed(_ name: StaticString) -> Bool {
        pointee.name.matches(name)
    }
}

extension UnsafePointer<FieldLayout> {
    fileprivate func isNamed(_ name: StaticString) -> Bool {
        pointee.name.matches(name)
    }
}
