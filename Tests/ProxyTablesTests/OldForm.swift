import CorpusSupport

/// A captured dump in the form that an older Envoy has: the same configuration.
enum OldForm: String, CaseIterable, Sendable {
    /// Resources without `@type`: their section tells it.
    case untyped
    /// Listeners in a list for each state, as up to Envoy 1.12.
    case listsByState
    /// A map of sections, as in 2018.
    case mapOfSections
    /// The types of the v2 API.
    case v2Types
    /// All of it.
    case all

    func respelled(_ dump: PlainJSON) -> PlainJSON {
        var dump = dump
        if self == .v2Types || self == .all { dump = OldForm.withV2Types(dump) }
        if self == .untyped || self == .all { dump = OldForm.untyped(dump) }
        if self == .listsByState || self == .all { dump = OldForm.listsByState(dump) }
        if self == .mapOfSections || self == .all { dump = OldForm.mapOfSections(dump) }
        return dump
    }

    // MARK: - Without types

    private static let bodyKeys: Set<String> = [
        "cluster", "listener", "route_config", "routeConfig", "endpoint_config", "endpointConfig",
        "secret", "failed_configuration",
    ]

    /// Takes the `@type` off each resource, not off what is inside of it.
    private static func untyped(_ value: PlainJSON) -> PlainJSON {
        switch value {
        case .list(let elements):
            return .list(elements.map(untyped))
        case .object(let members):
            return .object(
                members.map { member in
                    guard bodyKeys.contains(member.key), member.value["@type"] != nil else {
                        return .init(member.key, untyped(member.value))
                    }
                    return .init(
                        member.key, .object(member.value.members.filter { $0.key != "@type" }))
                })
        default:
            return value
        }
    }

    // MARK: - Lists by state

    private static let states = [
        (["active_state", "activeState"], "dynamic_active_listeners"),
        (["warming_state", "warmingState"], "dynamic_warming_listeners"),
        (["draining_state", "drainingState"], "dynamic_draining_listeners"),
    ]

    private static func listsByState(_ dump: PlainJSON) -> PlainJSON {
        mapSections(of: dump) { section in
            .object(
                section.members.flatMap { member -> [PlainJSON.Member] in
                    guard ["dynamic_listeners", "dynamicListeners"].contains(member.key) else {
                        return [member]
                    }
                    return lists(of: member.value.elements, named: member.key)
                })
        }
    }

    private static func lists(
        of entries: [PlainJSON], named key: String
    ) -> [PlainJSON.Member] {
        // What was rejected had no place then: it stays.
        let isRejected = { (entry: PlainJSON) in
            entry["error_state"] != nil || entry["errorState"] != nil
        }
        var lists = states.map { keys, list in
            PlainJSON.Member(
                list,
                .list(
                    entries.filter { !isRejected($0) }.compactMap { entry in
                        keys.lazy.compactMap { entry[$0] }.first
                    }))
        }
        lists.append(.init(key, .list(entries.filter(isRejected))))
        return lists
    }

    // MARK: - Maps

    private static func mapOfSections(_ dump: PlainJSON) -> PlainJSON {
        let sections = (dump["configs"]?.elements ?? []).map { section -> PlainJSON.Member in
            let type = section["@type"]?.text?.split(separator: ".").last ?? ""
            return .init(type.replacing("ConfigDump", with: "").lowercased(), section)
        }
        return .object([.init("configs", .object(sections))])
    }

    private static func mapSections(
        of dump: PlainJSON, _ change: (PlainJSON) -> PlainJSON
    ) -> PlainJSON {
        .object([.init("configs", .list((dump["configs"]?.elements ?? []).map(change)))])
    }

    // MARK: - Types of v2

    /// The messages that the descriptors of v3 name as their predecessors.
    private static let v2Names: [String: String] = [
        "envoy.config.cluster.v3.Cluster": "envoy.api.v2.Cluster",
        "envoy.config.listener.v3.Listener": "envoy.api.v2.Listener",
        "envoy.config.route.v3.RouteConfiguration": "envoy.api.v2.RouteConfiguration",
        "envoy.config.endpoint.v3.ClusterLoadAssignment": "envoy.api.v2.ClusterLoadAssignment",
        "envoy.extensions.transport_sockets.tls.v3.Secret": "envoy.api.v2.auth.Secret",
        "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext":
            "envoy.api.v2.auth.UpstreamTlsContext",
        "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext":
            "envoy.api.v2.auth.DownstreamTlsContext",
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager":
            "envoy.config.filter.network.http_connection_manager.v2.HttpConnectionManager",
        "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy":
            "envoy.config.filter.network.tcp_proxy.v2.TcpProxy",
        "envoy.extensions.filters.http.router.v3.Router":
            "envoy.config.filter.http.router.v2.Router",
        "envoy.extensions.filters.http.fault.v3.HTTPFault":
            "envoy.config.filter.http.fault.v2.HTTPFault",
        "envoy.extensions.filters.http.rbac.v3.RBAC": "envoy.config.filter.http.rbac.v2.RBAC",
        "envoy.extensions.filters.http.lua.v3.Lua": "envoy.config.filter.http.lua.v2.Lua",
        "envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication":
            "envoy.config.filter.http.jwt_authn.v2alpha.JwtAuthentication",
        "envoy.extensions.access_loggers.file.v3.FileAccessLog":
            "envoy.config.accesslog.v2.FileAccessLog",
        "envoy.admin.v3.ClustersConfigDump": "envoy.admin.v2alpha.ClustersConfigDump",
        "envoy.admin.v3.ListenersConfigDump": "envoy.admin.v2alpha.ListenersConfigDump",
        "envoy.admin.v3.RoutesConfigDump": "envoy.admin.v2alpha.RoutesConfigDump",
        "envoy.admin.v3.SecretsConfigDump": "envoy.admin.v2alpha.SecretsConfigDump",
        "envoy.admin.v3.BootstrapConfigDump": "envoy.admin.v2alpha.BootstrapConfigDump",
    ]

    private static func withV2Types(_ value: PlainJSON) -> PlainJSON {
        switch value {
        case .list(let elements):
            return .list(elements.map(withV2Types))
        case .object(let members):
            return .object(
                members.map { member in
                    if member.key == "@type", let url = member.value.text,
                        let name = url.split(separator: "/").last,
                        let old = v2Names[String(name)]
                    {
                        return .init("@type", .string("type.googleapis.com/\(old)"))
                    }
                    return .init(member.key, withV2Types(member.value))
                })
        default:
            return value
        }
    }
}

/// Extensions under the names of before Envoy 1.14, with a Struct as their configuration.
enum OldExtensions {
    private static let names: [String: String] = [
        "envoy.filters.network.http_connection_manager": "envoy.http_connection_manager",
        "envoy.filters.network.tcp_proxy": "envoy.tcp_proxy",
        "envoy.filters.http.router": "envoy.router", "envoy.filters.http.cors": "envoy.cors",
        "envoy.filters.http.fault": "envoy.fault", "envoy.filters.http.lua": "envoy.lua",
        "envoy.filters.http.ratelimit": "envoy.rate_limit",
        "envoy.filters.http.ext_authz": "envoy.ext_authz",
        "envoy.filters.listener.tls_inspector": "envoy.listener.tls_inspector",
        "envoy.filters.listener.original_dst": "envoy.listener.original_dst",
        "envoy.filters.listener.http_inspector": "envoy.listener.http_inspector",
        "envoy.access_loggers.file": "envoy.file_access_log",
        "envoy.transport_sockets.raw_buffer": "raw_buffer",
    ]

    /// Names that stay, of which the configuration becomes a Struct all the same.
    private static let kept: Set<String> = [
        "envoy.filters.http.rbac", "envoy.transport_sockets.tls",
    ]

    static func respelled(_ value: PlainJSON, configFirst: Bool) -> PlainJSON {
        switch value {
        case .list(let elements):
            return .list(elements.map { respelled($0, configFirst: configFirst) })
        case .object(let members):
            let name = value["name"]?.text ?? ""
            let config = value["typed_config"] ?? value["typedConfig"]
            // What a TypedStruct holds is not what the name tells.
            guard let config, let type = config["@type"]?.text, !type.hasSuffix(".TypedStruct"),
                names[name] != nil || kept.contains(name)
            else {
                return .object(
                    members.map { .init($0.key, respelled($0.value, configFirst: configFirst)) })
            }
            let changed = members.map { member -> PlainJSON.Member in
                switch member.key {
                case "name": .init("name", .string(names[name] ?? name))
                case "typed_config", "typedConfig": .init("config", untyped(config, configFirst))
                default: .init(member.key, respelled(member.value, configFirst: configFirst))
                }
            }
            return .object(configFirst ? changed.reversed() : changed)
        default:
            return value
        }
    }

    private static func untyped(_ config: PlainJSON, _ configFirst: Bool) -> PlainJSON {
        .object(
            config.members.filter { $0.key != "@type" }.map {
                .init($0.key, respelled($0.value, configFirst: configFirst))
            })
    }
}
