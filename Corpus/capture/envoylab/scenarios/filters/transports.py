"""Which kind of connection leaves: by the endpoint's metadata, plain or TLS.

The far end speaks plain text, and at STRICT_PORT as well: TLS fails there, so an answer proves that
the connection was plain, and a TLS error that it was not.
"""

from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from ..requests import backends
from ..requests.backends import get, pod

PORT = 8270
HOST = "transports.example.com"
TLS_TYPE = "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext"
RAW_TYPE = "envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer"


def _tls(**fields: Any) -> Resource:
    common = {"alpnProtocols": ["istio-peer-exchange", "istio"]}
    return shapes.extension(
        "envoy.transport_sockets.tls", TLS_TYPE, commonTlsContext=common, sni="echo", **fields
    )


PLAIN = shapes.extension("envoy.transport_sockets.raw_buffer", RAW_TYPE)
MUTUAL = {"name": "tlsMode-istio", "match": {"tlsMode": "istio"}, "transportSocket": _tls()}
DISABLED = {"name": "tlsMode-disabled", "match": {}, "transportSocket": PLAIN}
ANY_TLS = {"name": "any", "match": {}, "transportSocket": _tls()}
TWO_KEYS = {
    "name": "two",
    "match": {"tlsMode": "istio", "zone": "a"},
    "transportSocket": _tls(),
}
CLUSTERS: dict[str, Resource] = {
    "plain": {},
    "raw": {"transportSocket": PLAIN},
    "tls": {"transportSocket": _tls()},
    "auto": {"transportSocketMatches": [MUTUAL, DISABLED]},
    "auto-reversed": {"transportSocketMatches": [DISABLED, MUTUAL]},
    "only-mutual": {"transportSocketMatches": [MUTUAL]},
    "mutual-else-tls": {"transportSocketMatches": [MUTUAL], "transportSocket": _tls()},
    "two-keys": {"transportSocketMatches": [TWO_KEYS, DISABLED]},
    "all-tls": {"transportSocketMatches": [ANY_TLS]},
    "plain-else-tls": {
        "transportSocketMatches": [{**MUTUAL, "transportSocket": PLAIN}],
        "transportSocket": _tls(),
    },
}
LABELS: dict[str, Resource] = {
    "none": {},
    "istio": {"tlsMode": "istio"},
    "disabled": {"tlsMode": "disabled"},
    "zone": {"tlsMode": "istio", "zone": "a"},
}


def configure(snapshot: Snapshot, _: Certificates) -> None:
    routes = []
    for name, fields in CLUSTERS.items():
        for label, values in LABELS.items():
            service = f"transport-{name}-{label}"
            cluster = shapes.eds_cluster(service, **fields)
            labels = {"filterMetadata": {"envoy.transport_socket_match": values}}
            address = f"127.244.{150 + len(routes)}.1"
            snapshot.add(Kind.CLUSTER, cluster)
            target = shapes.locality([pod(address, metadata=labels)])
            snapshot.add(Kind.ENDPOINTS, shapes.load_assignment(cluster["name"], target))
            match = {"path": f"/{name}/{label}"}
            routes.append(shapes.route(f"{name}/{label}", match, cluster["name"]))
    backends.add_gateway(snapshot, PORT, [shapes.virtual_host("transports", [HOST], routes)])


REQUESTS: list[Request] = [
    get(PORT, HOST, f"/{name}/{label}") for name in CLUSTERS for label in LABELS
]
