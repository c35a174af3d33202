"""What the features share: the gateway's address, the pods behind it, listeners that route HTTP."""

from collections.abc import Mapping, Sequence
from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import Kind, Snapshot
from ...traffic.request import Request

GATEWAY = "127.10.0.1"
# Every loopback address answers at these ports: HTTP, and lines of text where it is not HTTP.
POD_PORT = 9080
TCP_PORT = 9000
STRICT_PORT = 9091
GUARDED_PORT = 9092
UPSTREAM_PORTS = (POD_PORT, TCP_PORT, STRICT_PORT, GUARDED_PORT)
# Nothing listens here: a connection is refused at once.
CLOSED_PORT = 9999

SUBSETS = {"v1": "127.244.0.1", "v2": "127.244.0.2", "v3": "127.244.0.3"}
V1, V2, V3 = (shapes.cluster_name("echo", POD_PORT, subset) for subset in SUBSETS)
TCP = shapes.cluster_name("tcp-echo", TCP_PORT)
MISSING = shapes.cluster_name("missing", POD_PORT)


def configure(snapshot: Snapshot) -> None:
    """The service `echo` with three subsets, one pod each, a TCP service, Istio's own clusters."""
    snapshot.add(
        Kind.CLUSTER,
        shapes.black_hole_cluster(),
        shapes.original_destination_cluster("PassthroughCluster"),
    )
    for subset, address in SUBSETS.items():
        cluster = shapes.eds_cluster("echo", POD_PORT, subset)
        add_cluster(snapshot, cluster, [pod(address)])
    add_cluster(
        snapshot,
        shapes.eds_cluster("tcp-echo", TCP_PORT),
        [shapes.endpoint("127.244.1.1", TCP_PORT, "tcp-echo")],
    )


def pod(address: str, port: int = POD_PORT, **fields: Any) -> Resource:
    return shapes.endpoint(address, port, "echo", **fields)


def add_cluster(
    snapshot: Snapshot, cluster: Resource, pods: Sequence[Resource], **fields: Any
) -> None:
    """Adds a cluster whose endpoints are in one locality."""
    localities = [shapes.locality(pods)] if pods else []
    snapshot.add(Kind.CLUSTER, cluster)
    snapshot.add(Kind.ENDPOINTS, shapes.load_assignment(cluster["name"], *localities) | fields)


def add_gateway(
    snapshot: Snapshot,
    port: int,
    hosts: Sequence[Resource],
    routes: Mapping[str, Any] | None = None,
    filters: Sequence[Resource] | None = None,
    **manager: Any,
) -> None:
    """A gateway's listener at a port and the routes that it asks for.

    `routes` adds to the route configuration, `manager` to the HTTP connection manager.
    """
    name = f"http.{port}"
    snapshot.add(Kind.ROUTES, shapes.route_configuration(name, *hosts, **(routes or {})))
    connection_manager = shapes.connection_manager(
        f"outbound_0.0.0.0_{port};", filters, rds=shapes.rds(name), **manager
    )
    snapshot.add(Kind.LISTENER, shapes.listener(port, [shapes.filter_chain([connection_manager])]))


def get(port: int, authority: str, path: str = "/", note: str = "", **fields: Any) -> Request:
    """A GET to the gateway."""
    return Request(
        destination=f"{GATEWAY}:{port}", authority=authority, path=path, note=note, **fields
    )


def catch_all(cluster: str = V1) -> Resource:
    """The last route of a virtual host, so that not matching shows as a route's name too."""
    return shapes.route("rest", {"prefix": "/"}, cluster)
