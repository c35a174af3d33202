"""The control plane has gone on, and Envoy has not received it.

A cluster's connect timeout has changed, a route to the reviews for one user is new, and the
listener of the database is gone.
"""

from google.protobuf import duration_pb2

from .. import mesh, shapes
from ..lab import Lab
from ..snapshot import Kind, parse


def capture(lab: Lab) -> None:
    lab.start(mesh.bookstore())
    newer = lab.control_plane.snapshot.copy()

    details = newer[Kind.CLUSTER][shapes.cluster_name("details")]
    details.connect_timeout.CopyFrom(duration_pb2.Duration(seconds=3))

    user = {"name": "end-user", "stringMatch": {"exact": "jason"}}
    route = shapes.route(
        "jason", {"prefix": "/", "headers": [user]}, shapes.cluster_name("reviews")
    )
    hosts = {host.name: host for host in newer[Kind.ROUTES]["9080"].virtual_hosts}
    routes = hosts[f"{shapes.service_host('reviews')}:9080"].routes
    routes.insert(0, parse("envoy.config.route.v3.Route", route))

    newer.remove(Kind.LISTENER, "10.96.10.5_27017")

    lab.withhold(newer)
    lab.capture()
