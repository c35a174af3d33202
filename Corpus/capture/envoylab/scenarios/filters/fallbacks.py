"""Which endpoints stay: subsets with their fallbacks, hashing policies, health and weights."""

from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from ..requests import backends
from ..requests.backends import get, pod

PORT = 8260
HOST = "fallbacks.example.com"
PODS = [("v1", "eu"), ("v2", "eu"), ("v2", "us"), ("", "us")]
CRITERIA: dict[str, dict[str, str]] = {
    "none": {},
    "v1": {"version": "v1"},
    "v2": {"version": "v2"},
    "v3": {"version": "v3"},
    "v2-us": {"version": "v2", "region": "us"},
    "v1-us": {"version": "v1", "region": "us"},
    "us": {"region": "us"},
    "stage": {"stage": "prod"},
    "v1-stage": {"version": "v1", "stage": "prod"},
}
VERSION, REGION = ["version"], ["region"]
DEFAULT = {"fallbackPolicy": "DEFAULT_SUBSET", "defaultSubset": {"version": "v2"}}
POLICIES: dict[str, Resource] = {
    "none": {"subsetSelectors": [{"keys": VERSION}]},
    "any": {"fallbackPolicy": "ANY_ENDPOINT", "subsetSelectors": [{"keys": VERSION}]},
    "default": DEFAULT | {"subsetSelectors": [{"keys": VERSION}]},
    "default-lost": {
        "fallbackPolicy": "DEFAULT_SUBSET",
        "defaultSubset": {"version": "v9"},
        "subsetSelectors": [{"keys": VERSION}],
    },
    "two": {"subsetSelectors": [{"keys": VERSION}, {"keys": [*REGION, *VERSION]}]},
    "own-none": {
        "fallbackPolicy": "ANY_ENDPOINT",
        "subsetSelectors": [{"keys": VERSION, "fallbackPolicy": "NO_FALLBACK"}],
    },
    "own-any": {"subsetSelectors": [{"keys": VERSION, "fallbackPolicy": "ANY_ENDPOINT"}]},
    "own-default": {
        "defaultSubset": {"version": "v2"},
        "subsetSelectors": [{"keys": VERSION, "fallbackPolicy": "DEFAULT_SUBSET"}],
    },
    "own-keys": {
        "subsetSelectors": [
            {"keys": VERSION},
            {
                "keys": [*REGION, *VERSION],
                "fallbackPolicy": "KEYS_SUBSET",
                "fallbackKeysSubset": VERSION,
            },
        ],
    },
    "no-selectors": {"fallbackPolicy": "ANY_ENDPOINT"},
    "single": {
        "subsetSelectors": [{"keys": VERSION, "singleHostPerSubset": True}],
    },
}


def configure(snapshot: Snapshot, _: Certificates) -> None:
    routes = []
    for name, policy in POLICIES.items():
        service = f"fallback-{name}"
        _add(snapshot, service, _pods(80 + len(routes) // len(CRITERIA)), lbSubsetConfig=policy)
        routes += [
            _route(f"{name}/{criteria}", service, metadataMatch=_labels(values))
            for criteria, values in CRITERIA.items()
        ]
    routes += _add_hashing(snapshot)
    backends.add_gateway(snapshot, PORT, [shapes.virtual_host("fallbacks", [HOST], routes)])


def _labels(values: dict[str, str]) -> Resource:
    return {"filterMetadata": {"envoy.lb": values}}


def _pods(network: int) -> list[Resource]:
    return [
        pod(
            f"127.244.{network}.{number}",
            metadata=_labels({"region": region} | ({"version": version} if version else {})),
        )
        for number, (version, region) in enumerate(PODS, start=1)
    ]


def _route(path: str, service: str, **action: Any) -> Resource:
    cluster = shapes.cluster_name(service)
    return shapes.route(path, {"path": f"/{path}"}, cluster, **action)


def _add(snapshot: Snapshot, service: str, pods: list[Resource], **fields: Any) -> None:
    cluster = shapes.eds_cluster(service, **({"lbPolicy": "ROUND_ROBIN"} | fields))
    snapshot.add(Kind.CLUSTER, cluster)
    localities = [shapes.locality(pods)] if pods else []
    snapshot.add(Kind.ENDPOINTS, shapes.load_assignment(cluster["name"], *localities))


def _add_hashing(snapshot: Snapshot) -> list[Resource]:
    """Ring hash and Maglev over endpoints of every health; the hash is of a header."""
    hashing = [{"header": {"headerName": "x-user"}}]
    states: dict[str, tuple[str, ...]] = {
        "healthy": ("HEALTHY", "HEALTHY"),
        "mixed": ("HEALTHY", "UNHEALTHY"),
        "sick": ("UNHEALTHY", "UNHEALTHY"),
        "degraded": ("DEGRADED", "UNHEALTHY"),
        "draining": ("DRAINING", "HEALTHY"),
        "empty": (),
    }
    routes = []
    for policy in ("RING_HASH", "MAGLEV", "RANDOM", "LEAST_REQUEST"):
        for panic in (0, 50):
            for name, health in states.items():
                path = f"{policy}/{panic}/{name}"
                service = f"{policy.lower().replace('_', '-')}-{panic}-{name}"
                pods = [
                    pod(f"127.244.{100 + len(routes)}.{number}", healthStatus=status)
                    for number, status in enumerate(health, start=1)
                ]
                threshold = {"healthyPanicThreshold": {"value": panic}}
                _add(snapshot, service, pods, lbPolicy=policy, commonLbConfig=threshold)
                routes.append(_route(path, service, hashPolicy=hashing))
    return routes


REQUESTS: list[Request] = [
    get(PORT, HOST, f"/{policy}/{criteria}", count=4)
    for policy in POLICIES
    for criteria in CRITERIA
] + [
    get(
        PORT,
        HOST,
        f"/{policy}/{panic}/{state}",
        headers=headers,
        count=2,
    )
    for policy in ("RING_HASH", "MAGLEV", "RANDOM", "LEAST_REQUEST")
    for panic in (0, 50)
    for state in ("healthy", "mixed", "sick", "degraded", "draining", "empty")
    for headers in ([(), (("x-user", "ann"),)] if "_HASH" in policy else [()])
]
