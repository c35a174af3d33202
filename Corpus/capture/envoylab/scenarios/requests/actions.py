"""What a route does: weights, named clusters, redirects, answers, mirrors, faults, no cluster."""

from typing import Any

from ... import shapes
from ...snapshot import TYPE_PREFIX, Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from . import backends
from .backends import MISSING, V1, V2, V3, get

PORT = 8110
HOST = "actions.example.com"
SECURE_HOST = "secure.example.com"
FAULTY_HOST = "faulty.example.com"
FAULT = "envoy.extensions.filters.http.fault.v3.HTTPFault"
CORS = "envoy.extensions.filters.http.cors.v3.CorsPolicy"
ALL = {"numerator": 100}
NONE = {"numerator": 0}


def configure(snapshot: Snapshot, _: Certificates) -> None:
    routes = [*_forwarding(), *_redirecting(), *_answering(), *_mirroring(), *_faulty()]
    snapshot.add(
        Kind.CLUSTER,
        shapes.original_destination_cluster(
            "by-header", originalDstLbConfig={"useHttpHeader": True}
        ),
    )
    origins = {"allowOriginStringMatch": [{"exact": "https://a.example.com"}]}
    cors = {"@type": TYPE_PREFIX + CORS, "allowMethods": "GET"} | origins
    crossed = shapes.virtual_host("crossed", ["cors.example.com"], [backends.catch_all()])
    faulty = shapes.virtual_host("faulty", [FAULTY_HOST], [backends.catch_all()])
    hosts = [
        shapes.virtual_host("actions", [HOST], routes),
        shapes.virtual_host("secure", [SECURE_HOST], [backends.catch_all()])
        | {"requireTls": "ALL"},
        shapes.virtual_host("outside", ["outside.example.com"], [backends.catch_all()])
        | {"requireTls": "EXTERNAL_ONLY"},
        faulty | _fault(abort={"httpStatus": 418, "percentage": ALL}),
        crossed | {"typedPerFilterConfig": {"envoy.filters.http.cors": cors}},
        shapes.virtual_host("empty", ["empty.example.com"], []),
    ]
    backends.add_gateway(snapshot, PORT, hosts)


def _weighted(name: str, weights: dict[str, int], **action: Any) -> shapes.Resource:
    clusters = [{"name": cluster, "weight": weight} for cluster, weight in weights.items()]
    route = shapes.route(name, {"pathSeparatedPrefix": f"/{name}"}, "", **action)
    del route["route"]["cluster"]
    route["route"]["weightedClusters"] = {"clusters": clusters}
    return route


def _to(name: str, cluster: str, **action: Any) -> shapes.Resource:
    return shapes.route(name, {"pathSeparatedPrefix": f"/{name}"}, cluster, **action)


def _forwarding() -> list[shapes.Resource]:
    header = shapes.route("cluster-header", {"prefix": "/cluster-header"}, "")
    del header["route"]["cluster"]
    header["route"]["clusterHeader"] = "x-cluster"
    return [
        _weighted("weighted", {V1: 50, V2: 50, V3: 0}),
        _weighted("uneven", {V1: 1, V2: 3}),
        _weighted("half-missing", {V1: 50, MISSING: 50}),
        header,
        _to("missing", MISSING),
        _to("not-found", MISSING, clusterNotFoundResponseCode="NOT_FOUND"),
        _to("original", "by-header"),
        _to("black-hole", "BlackHoleCluster"),
    ]


def _redirecting() -> list[shapes.Resource]:
    redirects: dict[str, dict[str, Any]] = {
        "redirect-path": {"pathRedirect": "/elsewhere"},
        "redirect-query": {"pathRedirect": "/elsewhere?x=y"},
        "redirect-host": {"hostRedirect": "other.example.com"},
        "redirect-https": {"httpsRedirect": True},
        "redirect-scheme": {"schemeRedirect": "https", "portRedirect": 8443},
        "redirect-prefix": {"prefixRewrite": "/new"},
        "redirect-code": {"pathRedirect": "/", "responseCode": "PERMANENT_REDIRECT"},
        "redirect-strip": {"pathRedirect": "/plain", "stripQuery": True},
        "redirect-regex": {
            "regexRewrite": {
                "pattern": {"regex": "/redirect-regex/(.*)"},
                "substitution": "/by/\\1",
            }
        },
    }
    return [
        {"name": name, "match": {"prefix": f"/{name}"}, "redirect": action}
        for name, action in redirects.items()
    ]


def _answering() -> list[shapes.Resource]:
    answer = {"status": 418, "body": {"inlineString": "short and stout\n"}}
    return [
        {"name": "answer", "match": {"prefix": "/answer"}, "directResponse": answer},
        {"name": "answer-200", "match": {"prefix": "/ok"}, "directResponse": {"status": 200}},
    ]


def _mirroring() -> list[shapes.Resource]:
    def policy(cluster: str, fraction: dict[str, int]) -> shapes.Resource:
        return {"cluster": cluster, "runtimeFraction": {"defaultValue": fraction}}

    return [
        _to("mirror", V1, requestMirrorPolicies=[policy(V2, ALL)]),
        _to("mirrors", V1, requestMirrorPolicies=[policy(V2, ALL), policy(V3, ALL)]),
        _to("no-mirror", V1, requestMirrorPolicies=[policy(V2, NONE), policy(V3, ALL)]),
        _to("mirror-missing", V1, requestMirrorPolicies=[policy(MISSING, ALL)]),
        _to("no-cluster-mirror", MISSING, requestMirrorPolicies=[policy(V2, ALL)]),
    ]


def _fault(**configuration: Any) -> shapes.Resource:
    """The fault filter's configuration of a route or a virtual host."""
    message = {"@type": TYPE_PREFIX + FAULT} | configuration
    return {"typedPerFilterConfig": {"envoy.filters.http.fault": message}}


def _faulty() -> list[shapes.Resource]:
    abort = {"httpStatus": 503, "percentage": ALL}
    user = {"name": "x-user", "stringMatch": {"exact": "tester"}}
    delay = {"fixedDelay": "0.050s", "percentage": ALL}
    return [
        _to("abort", V1) | _fault(abort=abort),
        _to("no-abort", V1) | _fault(abort=abort | {"percentage": NONE}),
        _to("user-abort", V1) | _fault(abort=abort, headers=[user]),
        _to("header-abort", V1) | _fault(abort={"headerAbort": {}, "percentage": ALL}),
        _to("delay", V1) | _fault(delay=delay),
        _to("both", V1) | _fault(delay=delay, abort=abort),
        _to("upstream-fault", V1) | _fault(abort=abort, upstreamCluster=V2),
        _to("missing-abort", MISSING) | _fault(abort=abort),
    ]


def _preflight(origin: str, note: str) -> Request:
    headers = (("origin", origin), ("access-control-request-method", "GET"))
    return _get("/x", note, authority="cors.example.com", method="OPTIONS", headers=headers)


def _get(path: str, note: str = "", **fields: Any) -> Request:
    return get(PORT, fields.pop("authority", HOST), path, note, **fields)


REQUESTS: list[Request] = [
    _get("/weighted", "the weight of one cluster is 0", count=16),
    _get("/uneven", count=16),
    _get("/half-missing", "one of the clusters is not there", count=8),
    _get("/cluster-header", headers=(("x-cluster", V2),)),
    _get("/cluster-header", "a cluster that is not there", headers=(("x-cluster", MISSING),)),
    _get("/cluster-header", "without the header"),
    _get("/missing", "a cluster that is not there"),
    _get("/not-found", "a cluster that is not there, and a status for that"),
    _get(
        "/original",
        "an address in a header",
        headers=(("x-envoy-original-dst-host", "127.244.7.7:9080"),),
    ),
    _get("/original", "no header, and the connection was not redirected: no address to go to"),
    _get("/black-hole", "a cluster without endpoints"),
    _get("/redirect-path?a=b", "the query is kept"),
    _get("/redirect-query?a=b", "unless the redirect brings its own"),
    _get("/redirect-host/x"),
    _get("/redirect-host/x", "the port goes with the name", authority=f"{HOST}:8110"),
    _get("/redirect-https/x", "a port is kept", authority=f"{HOST}:8110"),
    _get("/redirect-https/x", "but port 80 is not", authority=f"{HOST}:80"),
    _get("/redirect-scheme/x?a=b"),
    _get("/redirect-prefix/x?a=b"),
    _get("/redirect-code"),
    _get("/redirect-strip?a=b"),
    _get("/redirect-regex/x?a=b"),
    _get("/answer"),
    _get("/ok"),
    _get("/mirror", mirrors=1),
    _get("/mirrors", mirrors=2),
    _get("/no-mirror", "a mirror of 0 %", mirrors=1),
    _get("/mirror-missing", "a mirror's cluster is not there"),
    _get("/no-cluster-mirror", "no cluster, so no mirror"),
    _get("/abort"),
    _get("/no-abort", "an abort of 0 %"),
    _get("/user-abort", "the fault's header is missing"),
    _get("/user-abort", "the fault's header matches", headers=(("x-user", "tester"),)),
    _get("/header-abort", "without the header"),
    _get(
        "/header-abort",
        "the client chooses the status",
        headers=(("x-envoy-fault-abort-request", "429"),),
    ),
    _get("/delay"),
    _get("/both"),
    _get("/upstream-fault", "the fault is for another cluster"),
    _get("/missing-abort", "an abort comes before the missing cluster"),
    _get("/x", "a fault of the virtual host", authority=FAULTY_HOST),
    _get("/x?a=b", "require_tls", authority=SECURE_HOST),
    _get(
        "/x",
        "require_tls, and a forwarded scheme",
        authority=SECURE_HOST,
        headers=(("x-forwarded-proto", "https"),),
    ),
    _get("/x", "require_tls for external requests", authority="outside.example.com"),
    _get("/x", "a virtual host without routes", authority="empty.example.com"),
    _preflight("https://a.example.com", "the CORS filter answers"),
    _preflight("https://b.example.com", "another origin is forwarded"),
    _get("/nothing", "no route"),
]
