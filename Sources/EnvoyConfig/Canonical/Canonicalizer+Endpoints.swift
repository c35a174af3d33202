/// What Envoy adds to a load assignment on its own, and what is therefore left out of its canonical
/// form: health status, overprovisioning factor, and what is empty without them. What Envoy loses
/// is lost on both sides.
extension Canonicalizer {
    /// The name that Envoy prints for an endpoint's health: it keeps DRAINING and TIMEOUT as
    /// UNHEALTHY.
    func printedHealth(
        _ name: UnsafeBufferPointer<UInt8>, _ field: UnsafePointer<FieldLayout>
    ) -> UnsafeBufferPointer<UInt8> {
        guard isLoadAssignment, name.matches("DRAINING") || name.matches("TIMEOUT"),
            field.isNamed("health_status")
        else { return name }
        let unhealthy: StaticString = "UNHEALTHY"
        return UnsafeBufferPointer(
            start: unhealthy.utf8Start, count: unhealthy.utf8CodeUnitCount)
    }

    /// Whether a scalar of a load assignment says nothing: `health_status` HEALTHY, an
    /// `overprovisioning_factor` of 140, which is Envoy's default, a locality's weight of 0, which
    /// is not a valid one.
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
        if message.isNamed("envoy.config.endpoint.v3.LocalityLbEndpoints") {
            return text.elementsEqual("0".utf8) && field.isNamed("load_balancing_weight")
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
    func isNamed(_ name: StaticString) -> Bool {
        pointee.name.matches(name)
    }
}

extension UnsafePointer<FieldLayout> {
    func isNamed(_ name: StaticString) -> Bool {
        pointee.name.matches(name)
    }
}
