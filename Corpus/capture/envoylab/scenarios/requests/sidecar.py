"""A sidecar's hand-over: virtualOutbound and virtualInbound, by the connection's own destination.

Where Istio redirects connections with address translation, a PROXY header brings the destination
here, so both listeners have the proxy_protocol filter that Istio's lack.
"""

from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from . import backends
from .backends import GUARDED_PORT, POD_PORT, STRICT_PORT, TCP_PORT

VIP = "10.96.10.3"
DATABASE = "10.96.10.5"
# Addresses that nothing in the mesh names, and that a connection reaches all the same.
OUTSIDE = "127.99.0.1"
SELF = "127.244.0.1"
FRIEND = "spiffe://cluster.local/ns/default/sa/friend"
STRANGER = "spiffe://cluster.local/ns/default/sa/stranger"
IDENTITY, AUTHORITY = "default", "ROOTCA"
ISTIO_HTTP = ["istio-http/1.0", "istio-http/1.1", "istio-h2"]


def configure(snapshot: Snapshot, certificates: Certificates) -> None:
    snapshot.add(
        Kind.SECRET,
        certificates.server_secret(IDENTITY),
        certificates.authority_secret(AUTHORITY),
    )
    _add_outbound(snapshot)
    _add_inbound(snapshot)


def _add_outbound(snapshot: Snapshot) -> None:
    split = shapes.route("default", {"prefix": "/"}, backends.V1)
    reviews = shapes.service_virtual_host("reviews", POD_PORT, VIP, split)
    snapshot.add(
        Kind.ROUTES,
        shapes.route_configuration(str(POD_PORT), shapes.allow_any(), reviews),
        shapes.route_configuration("8888", shapes.virtual_host("block_all", ["*"], [_block_all()])),
    )
    snapshot.add(
        Kind.LISTENER,
        shapes.virtual_outbound(shapes.proxy_protocol()),
        shapes.outbound_http_listener(POD_PORT),
        shapes.outbound_http_listener(8888),
        shapes.outbound_tcp_listener(DATABASE, POD_PORT, backends.TCP),
        shapes.outbound_tcp_listener("0.0.0.0", 27017, backends.TCP),
    )


def _block_all() -> Resource:
    """What a sidecar answers to unknown names where the mesh allows registered services only."""
    answer = {"name": "block_all", "match": {"prefix": "/"}}
    return answer | {"directResponse": {"status": 502}}


def _add_inbound(snapshot: Snapshot) -> None:
    source = {"sourceAddress": {"address": "127.0.0.6", "portValue": 0}}
    for name in (
        "InboundPassthroughCluster",
        *(f"inbound|{port}||" for port in (POD_PORT, STRICT_PORT, GUARDED_PORT)),
    ):
        cluster = shapes.original_destination_cluster(name, upstreamBindConfig=source)
        snapshot.add(Kind.CLUSTER, cluster)
    chains = [
        shapes.filter_chain(
            [shapes.tcp_proxy("BlackHoleCluster")],
            "virtualInbound-blackhole",
            {"destinationPort": 15006},
        ),
        *_inbound_chains("InboundPassthroughCluster", "virtualInbound"),
        *_inbound_chains(f"inbound|{POD_PORT}||", f"0.0.0.0_{POD_PORT}", POD_PORT),
        *_inbound_chains(f"inbound|{STRICT_PORT}||", f"0.0.0.0_{STRICT_PORT}", STRICT_PORT)[:1],
        *_guarded_tcp_chains(GUARDED_PORT),
    ]
    inspected_span = {"start": 15006, "end": 15007}
    snapshot.add(
        Kind.LISTENER,
        shapes.listener(
            15006,
            chains,
            name="virtualInbound",
            listenerFilters=[
                shapes.proxy_protocol(),
                shapes.tls_inspector(filterDisabled={"destinationPortRange": inspected_span}),
                shapes.http_inspector(),
            ],
            listenerFiltersTimeout="0s",
            continueOnListenerFiltersTimeout=True,
            trafficDirection="INBOUND",
        ),
    )


def _inbound_chains(cluster: str, name: str, port: int = 0) -> list[Resource]:
    """HTTP over mutual TLS, then plain HTTP; of a port, or of all ports that no chain names."""
    route = shapes.route("default", {"prefix": "/"}, cluster)
    host = shapes.virtual_host(f"inbound|http|{port}", ["*"], [route])
    configuration = shapes.route_configuration(cluster, host)
    manager = shapes.connection_manager(
        f"inbound_0.0.0.0_{port};" if port else cluster,
        shapes.http_filters(_friends_only()) if port else None,
        routeConfig=configuration,
        forwardClientCertDetails="APPEND_FORWARD",
    )
    of_port: Resource = {"destinationPort": port} if port else {}
    secure = {"transportProtocol": "tls", "applicationProtocols": ISTIO_HTTP}
    plain = {"transportProtocol": "raw_buffer", "applicationProtocols": shapes.INSPECTED_HTTP}
    if port:
        del secure["applicationProtocols"], plain["applicationProtocols"]
    suffix = "" if port else "-catchall-http"
    mutual = shapes.server_tls(IDENTITY, AUTHORITY)
    chains = [
        shapes.filter_chain([manager], name + suffix, of_port | secure)
        | {"transportSocket": mutual},
        shapes.filter_chain([manager], name + suffix, of_port | plain),
    ]
    if not port:
        tcp = [shapes.tcp_proxy(cluster)]
        mesh_tls = {"transportProtocol": "tls", "applicationProtocols": shapes.MUTUAL_TLS}
        chains += [
            shapes.filter_chain(tcp, name, mesh_tls) | {"transportSocket": mutual},
            shapes.filter_chain(tcp, name, {"transportProtocol": "tls"}),
            shapes.filter_chain(tcp, name, {"transportProtocol": "raw_buffer"}),
        ]
    return chains


def _guarded_tcp_chains(port: int) -> list[Resource]:
    """A TCP port's chains, over mutual TLS and plain, with a policy that wants an identity."""
    rbac = shapes.extension(
        "envoy.filters.network.rbac",
        "envoy.extensions.filters.network.rbac.v3.RBAC",
        rules=_friends(),
        statPrefix="tcp.",
    )
    filters = [rbac, shapes.tcp_proxy(f"inbound|{port}||")]
    name, of_port = f"0.0.0.0_{port}", {"destinationPort": port}
    mutual = {"transportSocket": shapes.server_tls(IDENTITY, AUTHORITY)}
    return [
        shapes.filter_chain(filters, name, of_port | {"transportProtocol": "tls"}) | mutual,
        shapes.filter_chain(filters, name, of_port | {"transportProtocol": "raw_buffer"}),
    ]


def _friends_only() -> Resource:
    return shapes.extension(
        "envoy.filters.http.rbac",
        "envoy.extensions.filters.http.rbac.v3.RBAC",
        rules=_friends(),
    )


def _friends() -> Resource:
    """Allows one identity everything, and anyone what lies below /public."""
    friend = {"authenticated": {"principalName": {"exact": FRIEND}}}
    public = {"urlPath": {"path": {"prefix": "/public"}}}
    return {
        "policies": {
            "ns[default]-policy[friends]-rule[0]": {
                "permissions": [{"any": True}],
                "principals": [friend],
            },
            "ns[default]-policy[public]-rule[0]": {
                "permissions": [public],
                "principals": [{"any": True}],
            },
        }
    }


def _out(destination: str, authority: str = "", note: str = "", **fields: Any) -> Request:
    return Request(
        direction="outbound", destination=destination, authority=authority, note=note, **fields
    )


def _in(port: int, note: str = "", **fields: Any) -> Request:
    return Request(
        direction="inbound",
        destination=f"{SELF}:{port}",
        authority=fields.pop("authority", "reviews:9080"),
        note=note,
        **fields,
    )


REQUESTS: list[Request] = [
    _out(f"{VIP}:9080", "reviews:9080"),
    _out(f"{VIP}:9080", "REVIEWS.default.svc:9080", "upper case and a port"),
    _out(f"{VIP}:9080", "reviews.default.svc.cluster.local.:9080", "a trailing dot"),
    _out(f"{OUTSIDE}:9080", "elsewhere.test", "an unknown name: its own address"),
    _out(f"{OUTSIDE}:9080", "reviews", "a known name at a foreign address"),
    _out(f"{OUTSIDE}:9080", "", "no HTTP at an HTTP port", protocol="tcp"),
    _out(f"{OUTSIDE}:9080", "a.test", "TLS at an HTTP port", protocol="https", sni="a.test"),
    _out(f"{OUTSIDE}:9080", "reviews", "HTTP/1.0 at an HTTP port", http_version="1.0"),
    _out(f"{OUTSIDE}:8888", "elsewhere.test", "registered services only"),
    _out(f"{DATABASE}:9080", "reviews", "the listener of one address comes before 0.0.0.0"),
    _out(f"{DATABASE}:9080", protocol="tcp"),
    _out(f"{OUTSIDE}:27017", protocol="tcp", note="the listener of any address"),
    _out(f"{OUTSIDE}:{TCP_PORT}", protocol="tcp", note="no listener"),
    _out(f"{OUTSIDE}:{TCP_PORT}", "reviews", "HTTP where no listener is"),
    _out(f"{OUTSIDE}:9999", protocol="tcp", note="no listener, and nothing at the address"),
    _out("127.0.0.1:15001", protocol="tcp", note="to the captured port itself"),
    _in(POD_PORT, principal=FRIEND, alpn=("istio-http/1.1",), sni="reviews"),
    _in(POD_PORT, "another identity", principal=STRANGER, alpn=("istio",), sni="reviews"),
    _in(POD_PORT, "what anyone may", principal=STRANGER, alpn=("istio",), path="/public/x"),
    _in(POD_PORT, "plain HTTP has no identity"),
    _in(POD_PORT, "plain HTTP, what anyone may", path="/public/x"),
    _in(STRICT_PORT, principal=FRIEND, alpn=("istio",), sni="reviews"),
    _in(STRICT_PORT, "a strict port has no plain chain"),
    _in(GUARDED_PORT, "a TCP policy", principal=FRIEND, alpn=("istio",), protocol="tcp"),
    _in(GUARDED_PORT, "another identity", principal=STRANGER, alpn=("istio",), protocol="tcp"),
    _in(GUARDED_PORT, "a TCP policy without an identity", protocol="tcp"),
    _in(TCP_PORT, "a port that no chain names", path="/x"),
    _in(TCP_PORT, "the same over mutual TLS", principal=STRANGER, alpn=("istio-http/1.1",)),
    _in(
        TCP_PORT,
        "the same over mutual TLS, TCP",
        principal=STRANGER,
        alpn=("istio",),
        protocol="tcp",
    ),
    _in(backends.CLOSED_PORT, "nothing listens there"),
    _in(TCP_PORT, "TLS of the application's own", protocol="https", sni="own.test"),
    _in(TCP_PORT, "no TLS and no HTTP", protocol="tcp"),
    _in(15006, "to the captured port itself", protocol="tcp"),
]
