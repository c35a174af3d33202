"""A small bookstore mesh as one sidecar sees it: three HTTP services and a database."""

from . import shapes
from .snapshot import Kind, Snapshot

HTTP_PORT = 9080
SERVICES = {"details": "10.96.10.2", "ratings": "10.96.10.4", "reviews": "10.96.10.3"}
DATABASE = ("mongodb", "10.96.10.5", 27017)


def bookstore() -> Snapshot:
    """Clusters, listeners, routes and endpoints of the sidecar."""
    snapshot = Snapshot()
    snapshot.add(
        Kind.CLUSTER,
        shapes.black_hole_cluster(),
        shapes.original_destination_cluster("PassthroughCluster"),
    )
    for number, service in enumerate(SERVICES, start=1):
        add_service(snapshot, service, HTTP_PORT, f"10.244.{number}.10")
    service, address, port = DATABASE
    add_service(snapshot, service, port, "10.244.4.10")
    snapshot.add(
        Kind.LISTENER,
        shapes.virtual_outbound(),
        shapes.outbound_http_listener(HTTP_PORT),
        shapes.outbound_tcp_listener(address, port, shapes.cluster_name(service, port)),
    )
    hosts = [
        shapes.service_virtual_host(service, HTTP_PORT, address)
        for service, address in SERVICES.items()
    ]
    snapshot.add(
        Kind.ROUTES, shapes.route_configuration(str(HTTP_PORT), shapes.allow_any(), *hosts)
    )
    return snapshot


def add_service(snapshot: Snapshot, service: str, port: int, address: str) -> None:
    """Adds a service's cluster and its endpoints: one pod at the address."""
    cluster = shapes.eds_cluster(service, port)
    pod = shapes.endpoint(address, port, f"{service}-v1")
    snapshot.add(Kind.CLUSTER, cluster)
    snapshot.add(Kind.ENDPOINTS, shapes.load_assignment(cluster["name"], shapes.locality([pod])))
