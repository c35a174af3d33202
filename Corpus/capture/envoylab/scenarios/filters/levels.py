"""One filter, configured and switched off and on at every level: the most specific says."""

from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from ..requests import backends
from ..requests.backends import get
from . import shared
from .shared import FILTERS

FAULT = "envoy.filters.http.fault"
RBAC = "envoy.filters.http.rbac"
FAULT_TYPE = f"{FILTERS}.fault.v3.HTTPFault"
# By port: whether the filter is off by default, and what the route configuration says.
ON, OFF, ON_ABOVE, OFF_ABOVE = range(8240, 8244)
PORTS = (ON, OFF, ON_ABOVE, OFF_ABOVE)


def _abort(status: int) -> Resource:
    return {"abort": {"httpStatus": status, "percentage": {"numerator": 100}}}


def _fault(status: int) -> Resource:
    return shared.message(FAULT_TYPE, **_abort(status))


STATES: dict[str, Resource] = {
    "nothing": {},
    "own": shared.per_filter(FAULT, _fault(502)),
    "empty": shared.per_filter(FAULT, shared.message(FAULT_TYPE)),
    "disabled": shared.per_filter(FAULT, shared.switched(disabled=True)),
    "enabled": shared.per_filter(FAULT, shared.switched(config={})),
    "wrapped": shared.per_filter(FAULT, shared.switched(config=_fault(502))),
    "wrapped-off": shared.per_filter(FAULT, shared.switched(config=_fault(502), disabled=True)),
    "other-name": shared.per_filter(RBAC, shared.switched(disabled=True)),
}
HOSTS = ("nothing", "disabled", "own", "enabled")


def configure(snapshot: Snapshot, _: Certificates) -> None:
    for port in PORTS:
        own = _abort(503) if port in (ON, ON_ABOVE) else _abort(504)
        fault = shapes.extension(FAULT, FAULT_TYPE, **own)
        if port in (OFF, OFF_ABOVE):
            fault["disabled"] = True
        above: Resource = {}
        if port == ON_ABOVE:
            above = STATES["disabled"]
        elif port == OFF_ABOVE:
            above = shared.per_filter(FAULT, _fault(507))
        hosts = [_host(name) for name in HOSTS]
        router = shapes.extension("envoy.filters.http.router", f"{FILTERS}.router.v3.Router")
        backends.add_gateway(snapshot, port, hosts, above, [fault, router])


def _host(name: str) -> Resource:
    routes = [shared.route(state, **fields) for state, fields in STATES.items()]
    routes += [_weighted("one-cluster", 1), _weighted("two-clusters", 2), _weighted("no-share", 0)]
    host = shapes.virtual_host(name, [f"{name}.levels.example.com"], routes)
    own = STATES[name] if name != "own" else shared.per_filter(FAULT, _fault(505))
    return host | own


def _weighted(name: str, count: int) -> Resource:
    """Weighted clusters with a fault of their own, or one of them without a share."""
    clusters: list[dict[str, Any]] = [{"name": backends.V1, "weight": 1} | STATES["own"]]
    if count == 2:
        clusters.append({"name": backends.V2, "weight": 1} | STATES["own"])
    elif count == 0:
        clusters = [
            {"name": backends.V1, "weight": 1},
            {"name": backends.V2, "weight": 0} | STATES["own"],
        ]
    route = shared.route(name)
    del route["route"]["cluster"]
    route["route"]["weightedClusters"] = {"clusters": clusters}
    return route


REQUESTS: list[Request] = [
    get(port, f"{host}.levels.example.com", f"/{state}/x", count=2 if "-c" in state else 1)
    for port in PORTS
    for host in HOSTS
    for state in (*STATES, "one-cluster", "two-clusters", "no-share")
]
