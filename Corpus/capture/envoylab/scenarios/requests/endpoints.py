"""Which endpoint: health, priorities, panic, subsets, kinds of cluster, refusals."""

from collections.abc import Sequence
from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from . import backends
from .backends import CLOSED_PORT, get, pod

PORT = 8120
HOST = "endpoints.example.com"
PANIC_OFF: Resource = {"commonLbConfig": {"healthyPanicThreshold": {}}}
PANIC_DEFAULT: Resource = {"commonLbConfig": {}}
ROUND_ROBIN = {"lbPolicy": "ROUND_ROBIN"}


def configure(snapshot: Snapshot, _: Certificates) -> None:
    _add_health(snapshot)
    _add_priorities(snapshot)
    _add_subsets(snapshot)
    _add_kinds(snapshot)
    names = [name.split("|")[3].partition(".")[0] for name in _own_clusters(snapshot)]
    routes = [_route(name) for name in names]
    for name in ("subset-v1", "subset-v3", "any-v3", "default-v3"):
        policy, version = name.split("-")
        criteria = {"filterMetadata": {"envoy.lb": {"version": version}}}
        routes.append(_route(name, f"{policy}-subsets", metadataMatch=criteria))
    backends.add_gateway(snapshot, PORT, [shapes.virtual_host("endpoints", [HOST], routes)])


def _own_clusters(snapshot: Snapshot) -> list[str]:
    """The clusters that this feature has added: a route each."""
    return [name for name in snapshot[Kind.CLUSTER] if "|ep|" in name]


def _cluster(service: str) -> str:
    return shapes.cluster_name(service, backends.POD_PORT, "ep")


def _route(name: str, service: str = "", **action: Any) -> Resource:
    return shapes.route(name, {"path": f"/{name}"}, _cluster(service or name), **action)


def _add(snapshot: Snapshot, service: str, localities: Sequence[Resource], **fields: Any) -> None:
    cluster = shapes.eds_cluster(service, backends.POD_PORT, "ep", **(ROUND_ROBIN | fields))
    snapshot.add(Kind.CLUSTER, cluster)
    snapshot.add(Kind.ENDPOINTS, shapes.load_assignment(cluster["name"], *localities))


def _pods(network: int, *health: str) -> list[Resource]:
    """Pods at 127.244.NETWORK.1 and so on, each of the health given."""
    return [
        pod(f"127.244.{network}.{number}") | ({"healthStatus": status} if status else {})
        for number, status in enumerate(health, start=1)
    ]


def _add_health(snapshot: Snapshot) -> None:
    def add(service: str, network: int, *health: str, **fields: Any) -> None:
        _add(snapshot, service, [shapes.locality(_pods(network, *health))], **fields)

    add("healthy", 10, "", "HEALTHY", "UNKNOWN")
    add("one-unhealthy", 11, "HEALTHY", "UNHEALTHY", "HEALTHY")
    add("draining", 12, "HEALTHY", "DRAINING")
    add("timeout", 13, "HEALTHY", "TIMEOUT")
    add("degraded", 14, "HEALTHY", "DEGRADED")
    add("enough-healthy", 21, "HEALTHY", "HEALTHY", "HEALTHY", "DEGRADED")
    add("only-degraded", 15, "DEGRADED", "UNHEALTHY")
    add("all-unhealthy", 16, "UNHEALTHY", "UNHEALTHY", **PANIC_OFF)
    add("panic", 17, "UNHEALTHY", "UNHEALTHY", **PANIC_DEFAULT)
    add("near-panic", 18, "HEALTHY", "UNHEALTHY", "UNHEALTHY", **PANIC_DEFAULT)
    add("no-panic", 19, "HEALTHY", "UNHEALTHY", "UNHEALTHY", **PANIC_OFF)
    add("panic-draining", 20, "DRAINING", "UNHEALTHY", **PANIC_DEFAULT)
    _add(snapshot, "no-endpoints", [])


def _add_priorities(snapshot: Snapshot) -> None:
    def add(service: str, *levels: list[Resource], **fields: Any) -> None:
        localities = [
            shapes.locality(pods, priority=level)
            | {"locality": {"region": "eu-west-1", "zone": f"eu-west-1{'abc'[level]}"}}
            for level, pods in enumerate(levels)
        ]
        _add(snapshot, service, localities, **fields)

    add("first-priority", _pods(30, ""), _pods(31, ""))
    add("second-priority", _pods(32, "UNHEALTHY"), _pods(33, ""))
    add("third-priority", _pods(34, "UNHEALTHY"), [], _pods(35, ""))
    add("three-of-four", _pods(36, "", "", "", "UNHEALTHY"), _pods(37, ""))
    add("half-healthy", _pods(38, "", "UNHEALTHY"), _pods(39, ""), **PANIC_OFF)
    add("priority-panic", _pods(40, "UNHEALTHY"), _pods(41, "UNHEALTHY"), **PANIC_DEFAULT)
    weightless = shapes.locality(_pods(43, "")) | {"locality": {"region": "eu-west-2"}}
    del weightless["loadBalancingWeight"]
    _add(
        snapshot,
        "no-weight",
        [shapes.locality(_pods(42, "")), weightless],
        commonLbConfig={"healthyPanicThreshold": {}, "localityWeightedLbConfig": {}},
    )


def _add_subsets(snapshot: Snapshot) -> None:
    def version(number: int) -> Resource:
        metadata = {"filterMetadata": {"envoy.lb": {"version": f"v{number}"}}}
        return pod(f"127.244.50.{number}", metadata=metadata)

    localities = [shapes.locality([version(1), version(2)])]
    selectors = {"subsetSelectors": [{"keys": ["version"]}]}
    default = {"fallbackPolicy": "DEFAULT_SUBSET", "defaultSubset": {"version": "v2"}}
    for service, policy in (
        ("subset-subsets", {"fallbackPolicy": "NO_FALLBACK"}),
        ("any-subsets", {"fallbackPolicy": "ANY_ENDPOINT"}),
        ("default-subsets", default),
    ):
        _add(snapshot, service, localities, lbSubsetConfig=selectors | policy)


def _add_kinds(snapshot: Snapshot) -> None:
    def fixed(service: str, kind: str, address: str) -> None:
        cluster = shapes.eds_cluster(service, backends.POD_PORT, "ep", type=kind)
        del cluster["edsClusterConfig"]
        assignment = shapes.load_assignment(cluster["name"], shapes.locality([pod(address)]))
        snapshot.add(Kind.CLUSTER, cluster | {"loadAssignment": assignment})

    fixed("static", "STATIC", "127.244.60.1")
    fixed("strict-dns", "STRICT_DNS", "127.244.60.2")
    fixed("logical-dns", "LOGICAL_DNS", "127.244.60.3")
    refused = [shapes.locality([pod("127.244.60.4", CLOSED_PORT)])]
    _add(snapshot, "refused", refused)
    full = {"thresholds": [{"maxRequests": 0, "maxPendingRequests": 0}]}
    _add(snapshot, "full", [shapes.locality(_pods(61, ""))], circuitBreakers=full)


def _get(name: str, note: str = "", count: int = 6) -> Request:
    return get(PORT, HOST, f"/{name}", note, count=count)


REQUESTS: list[Request] = [
    _get("healthy", "no health, healthy and unknown: all take requests"),
    _get("one-unhealthy", "the unhealthy one of three takes none"),
    _get("draining", "draining takes none"),
    _get("timeout", "a health check that timed out counts as unhealthy"),
    _get("degraded", "one of two is healthy, times 1.4: degraded takes 30 %", count=24),
    _get("enough-healthy", "three of four are healthy: degraded takes none", count=12),
    _get("only-degraded", "degraded takes all where no other is healthy"),
    _get("all-unhealthy", "without panic, no healthy upstream", count=1),
    _get("panic", "with panic at 50 %, unhealthy ones take requests"),
    _get("near-panic", "one of three is healthy: panic, all take requests", count=12),
    _get("no-panic", "panic is off: the healthy one takes all"),
    _get("panic-draining", "in panic draining ones take requests too", count=8),
    _get("no-endpoints", "an empty load assignment", count=1),
    _get("first-priority"),
    _get("second-priority", "nothing healthy in the first"),
    _get("third-priority", "nothing in the second"),
    _get("three-of-four", "75 % healthy, times 1.4: the first takes all", count=12),
    _get("half-healthy", "50 % healthy, times 1.4: 70 % to the first", count=24),
    _get("priority-panic", "nothing healthy anywhere: both priorities are in panic", count=8),
    _get("no-weight", "with locality weights, a locality without one takes none", count=8),
    _get("subset-subsets", "no criteria, no fallback", count=1),
    _get("subset-v1"),
    _get("subset-v3", "no such subset, no fallback", count=1),
    _get("any-v3", "no such subset: any endpoint"),
    _get("default-v3", "no such subset: the default one"),
    _get("default-subsets", "no criteria: the default subset"),
    _get("static", count=1),
    _get("strict-dns", "an address for a name", count=1),
    _get("logical-dns", "an address for a name", count=1),
    _get("refused", "nothing listens there", count=1),
    _get("full", "no request is allowed at once", count=1),
]
