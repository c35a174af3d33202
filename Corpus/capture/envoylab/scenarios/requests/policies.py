"""Role-based access control: allow, deny, shadow, by header, path, source, port and name."""

from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import TYPE_PREFIX, Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from . import backends
from .backends import GATEWAY, get

ROUTED, CHAINED, TCP_PORT, REMOTE, BEHIND_ONE = range(8130, 8135)
HOST = "policies.example.com"
FILTER = "envoy.filters.http.rbac"
RBAC = "envoy.extensions.filters.http.rbac.v3"
NETWORK_RBAC = "envoy.extensions.filters.network.rbac.v3.RBAC"
ANYONE = [{"any": True}]
ANYTHING = [{"any": True}]


def configure(snapshot: Snapshot, _: Certificates) -> None:
    routes = [_route(name, rules) for name, rules in _rules().items()]
    routes.append(_route("switched-off", None) | _per_route({}))
    routes.append(backends.catch_all())
    host = shapes.virtual_host("policies", [HOST], routes)
    filters = shapes.http_filters(shapes.extension(FILTER, f"{RBAC}.RBAC"))
    backends.add_gateway(snapshot, ROUTED, [host], filters=filters)

    deny = _policy(permissions=[{"urlPath": {"path": {"prefix": "/admin"}}}], action="DENY")
    get_only = _policy(permissions=[_header(":method", {"exact": "GET"})])
    chained = shapes.http_filters(
        shapes.extension(FILTER, f"{RBAC}.RBAC", rules=deny),
        shapes.extension(FILTER, f"{RBAC}.RBAC", rules=get_only),
    )
    _add_levels(snapshot, filters)
    chained_host = shapes.virtual_host("chained", [HOST], [backends.catch_all()])
    backends.add_gateway(snapshot, CHAINED, [chained_host], filters=chained)

    known = _policy(principals=[{"directRemoteIp": _range("127.0.5.0", 24)}])
    network = shapes.extension(
        "envoy.filters.network.rbac", NETWORK_RBAC, rules=known, statPrefix="tcp."
    )
    chain = shapes.filter_chain([network, shapes.tcp_proxy(backends.TCP)], "guarded")
    snapshot.add(Kind.LISTENER, shapes.listener(TCP_PORT, [chain]))


def _add_levels(snapshot: Snapshot, filters: list[Resource]) -> None:
    """Rules of a virtual host under those of a route; remote addresses by use_remote_address."""
    near = {"rules": _policy(principals=[{"remoteIp": _range("127.0.5.0", 24)}])}
    weighted = {"name": backends.V1, "weight": 1} | _per_route({"rbac": {"rules": {}}})
    split = shapes.route("cluster-level", {"path": "/cluster-level"}, "")
    del split["route"]["cluster"]
    split["route"]["weightedClusters"] = {"clusters": [weighted]}
    disabled = {"@type": TYPE_PREFIX + "envoy.config.route.v3.FilterConfig", "disabled": True}
    off = shapes.route("disabled", {"path": "/disabled"}, backends.V1)
    routes = [
        _route("own-rules", {"rules": _policy()}),
        split,
        off | {"typedPerFilterConfig": {FILTER: disabled}},
        backends.catch_all(),
    ]
    guarded = shapes.virtual_host("guarded", [HOST], routes) | _per_route({"rbac": near})
    for port, hops in ((REMOTE, 0), (BEHIND_ONE, 1)):
        remote: Resource = {"useRemoteAddress": True, "xffNumTrustedHops": hops}
        backends.add_gateway(snapshot, port, [guarded], filters=filters, **remote)


def _policy(
    permissions: list[Resource] = ANYTHING,
    principals: list[Resource] = ANYONE,
    action: str = "",
) -> Resource:
    """Rules of one policy, in Istio's naming; without `action` they allow."""
    name = "ns[default]-policy[only]-rule[0]"
    policies = {name: {"permissions": permissions, "principals": principals}}
    return ({"action": action} if action else {}) | {"policies": policies}


def _header(name: str, match: dict[str, Any], **fields: Any) -> Resource:
    return {"header": {"name": name, "stringMatch": match} | fields}


def _range(address: str, length: int) -> Resource:
    return {"addressPrefix": address, "prefixLen": length}


def _rules() -> dict[str, Resource]:
    """The RBAC of each route by the route's name."""
    token = _header("x-token", {"exact": "abc"})
    path = {"urlPath": {"path": {"exact": "/allow-path"}}}
    path_regex = {"urlPath": {"path": {"safeRegex": {"regex": "/path-regex/[0-9]+"}}}}
    unlike_token = _header("x-token", {"exact": "abc"}, invertMatch=True)
    near = _range("127.0.5.0", 24)
    name = {"requestedServerName": {"exact": "a.example.com"}}
    person = {"authenticated": {"principalName": {"prefix": "spiffe://"}}}
    template = shapes.extension(
        "envoy.path.match.uri_template.uri_template_matcher",
        "envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig",
        pathTemplate="/template/*/x",
    )
    return {
        "allow-header": {"rules": _policy(permissions=[token])},
        "deny-header": {"rules": _policy(permissions=[token], action="DENY")},
        "allow-principal-header": {"rules": _policy(principals=[token])},
        "deny-other-header": {"rules": _policy(permissions=[unlike_token], action="DENY")},
        "allow-path": {"rules": _policy(permissions=[path])},
        "path-regex": {"rules": _policy(permissions=[path_regex])},
        "template": {"rules": _policy(permissions=[{"uriTemplate": template}])},
        "direct-source": {"rules": _policy(principals=[{"directRemoteIp": near}])},
        "remote-source": {"rules": _policy(principals=[{"remoteIp": near}])},
        "allow-port": {"rules": _policy(permissions=[{"destinationPort": ROUTED}])},
        "port-range": {
            "rules": _policy(permissions=[{"destinationPortRange": {"start": 8000, "end": ROUTED}}])
        },
        "allow-address": {"rules": _policy(permissions=[{"destinationIp": _range(GATEWAY, 32)}])},
        "server-name": {"rules": _policy(permissions=[name])},
        "identity": {"rules": _policy(principals=[person])},
        "not-identity": {"rules": _policy(principals=[{"notId": person}])},
        "and": {"rules": _policy(permissions=[{"andRules": {"rules": [token, path_regex]}}])},
        "or": {"rules": _policy(permissions=[{"orRules": {"rules": [token, {"any": True}]}}])},
        "not": {"rules": _policy(permissions=[{"notRule": token}])},
        "allow-nothing": {"rules": {}},
        "deny-nothing": {"rules": {"action": "DENY"}},
        "log": {"rules": _policy(action="LOG")},
        "shadow-deny": {"shadowRules": _policy(action="DENY")},
        "shadow-allow-nothing": {"shadowRules": {}},
        "deny-and-shadow-allow": {
            "rules": _policy(action="DENY"),
            "shadowRules": _policy(),
        },
    }


def _route(name: str, rules: Resource | None) -> Resource:
    route = shapes.route(name, {"pathSeparatedPrefix": f"/{name}"}, backends.V1)
    return route if rules is None else route | _per_route({"rbac": rules})


def _per_route(configuration: Resource) -> Resource:
    message = {"@type": f"{TYPE_PREFIX}{RBAC}.RBACPerRoute"} | configuration
    return {"typedPerFilterConfig": {FILTER: message}}


def _get(path: str, note: str = "", port: int = ROUTED, **fields: Any) -> Request:
    return get(port, HOST, path, note, **fields)


def _forwarded(path: str, note: str, port: int, source: str, *addresses: str) -> Request:
    """A request with x-forwarded-for."""
    header = ("x-forwarded-for", ", ".join(addresses))
    return _get(path, note, port, source=source, headers=(header,))


TOKEN = (("x-token", "abc"),)
REQUESTS: list[Request] = [
    _get("/allow-header", headers=TOKEN),
    _get("/allow-header", "without the header"),
    _get("/allow-header", "one of two values", headers=(*TOKEN, ("x-token", "x"))),
    _get("/deny-header", headers=TOKEN),
    _get("/deny-header", "without the header"),
    _get("/deny-header", "one of two values", headers=(*TOKEN, ("x-token", "x"))),
    _get("/allow-principal-header", "a header as principal", headers=TOKEN),
    _get("/deny-other-header", headers=TOKEN),
    _get("/deny-other-header", "an inverted match needs the header too"),
    _get("/deny-other-header", headers=(("x-token", "x"),)),
    _get("/allow-path"),
    _get("/allow-path?a=b", "the query is no part of url_path"),
    _get("/allow-path/x", "an exact path"),
    _get("/path-regex/12"),
    _get("/path-regex/12/x", "a regex matches the whole path"),
    _get("/template/a/x?b=c"),
    _get("/template/a/b/x"),
    _get("/direct-source", source="127.0.5.1"),
    _get("/direct-source", source="127.0.6.1"),
    _get(
        "/direct-source",
        "x-forwarded-for does not change the direct address",
        source="127.0.6.1",
        headers=(("x-forwarded-for", "127.0.5.1"),),
    ),
    _get("/remote-source", source="127.0.5.1"),
    _get("/remote-source", source="127.0.6.1"),
    _get(
        "/remote-source",
        "x-forwarded-for changes the remote address",
        source="127.0.6.1",
        headers=(("x-forwarded-for", "127.0.5.1"),),
    ),
    _get("/allow-port"),
    _get("/port-range", "a port range ends before its end"),
    _get("/allow-address"),
    _get("/server-name", "no TLS, no server name"),
    _get("/identity", "no TLS, no identity"),
    _get("/not-identity"),
    _get("/and", "one of two", headers=TOKEN),
    _get("/or"),
    _get("/not"),
    _get("/not", headers=TOKEN),
    _get("/allow-nothing", "rules without policies, and no action, which is ALLOW"),
    _get("/deny-nothing", "rules without policies that deny"),
    _get("/log", "LOG lets everything through"),
    _get("/shadow-deny"),
    _get("/shadow-allow-nothing"),
    _get("/deny-and-shadow-allow"),
    _get("/switched-off", "a route's configuration without rules switches the filter off"),
    _get("/other", "no rules on the filter"),
    _get("/admin/x", "the first of two filters denies", port=CHAINED),
    _get("/x", port=CHAINED),
    _get("/x", "the second of two filters denies", port=CHAINED, method="POST"),
    _get("/adm%69n/x", "the path is normalized before", port=CHAINED),
    _get("/x", "rules of the virtual host", REMOTE, source="127.0.5.1"),
    _get("/x", "rules of the virtual host", REMOTE, source="127.0.6.1"),
    _get("/own-rules", "a route's rules replace them", REMOTE, source="127.0.6.1"),
    _get("/cluster-level", "so do a weighted cluster's", REMOTE, source="127.0.5.1"),
    _get("/disabled", "the filter is disabled for the route", REMOTE, source="127.0.6.1"),
    _forwarded("/x", "the connection's address counts", REMOTE, "127.0.6.1", "127.0.5.1"),
    _forwarded("/x", "one trusted hop: the last address", BEHIND_ONE, "127.0.6.1", "127.0.5.1"),
    _forwarded("/x", "not the first", BEHIND_ONE, "127.0.6.1", "127.0.5.1", "127.0.6.2"),
    _get("/x", "a trusted hop, but no header", BEHIND_ONE, source="127.0.5.1"),
    Request(protocol="tcp", destination=f"{GATEWAY}:{TCP_PORT}", source="127.0.5.9"),
    Request(
        protocol="tcp",
        destination=f"{GATEWAY}:{TCP_PORT}",
        source="127.0.6.9",
        note="a network filter denies",
    ),
]
