"""Metadata that filters make of a request, and who reads it: subsets and access control."""

from collections.abc import Sequence
from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Header, Request
from ..requests import backends
from ..requests.backends import get, pod
from . import shared
from .shared import FILTERS

SUBSETS, GUARDED, MUTATED = range(8250, 8253)
HOST = "metadata.example.com"
CLUSTER = shapes.cluster_name("metadata", backends.POD_PORT)
FILTER = "envoy.filters.http.header_to_metadata"


def configure(snapshot: Snapshot, _: Certificates) -> None:
    pods = [
        pod(f"127.244.70.{n}", metadata={"filterMetadata": {"envoy.lb": {"version": f"v{n}"}}})
        for n in (1, 2)
    ]
    cluster = shapes.eds_cluster(
        "metadata",
        lbPolicy="ROUND_ROBIN",
        lbSubsetConfig={
            "fallbackPolicy": "NO_FALLBACK",
            "subsetSelectors": [{"keys": ["version"]}],
        },
    )
    snapshot.add(Kind.CLUSTER, cluster)
    snapshot.add(Kind.ENDPOINTS, shapes.load_assignment(CLUSTER, shapes.locality(pods)))
    criteria = {"metadataMatch": {"filterMetadata": {"envoy.lb": {"version": "v2"}}}}
    routes = [
        shapes.route("fixed", {"pathSeparatedPrefix": "/fixed"}, CLUSTER, **criteria),
        shapes.route("rest", {"prefix": "/"}, CLUSTER),
    ]
    host = shapes.virtual_host("metadata", [HOST], routes)
    rules = [
        _rule("x-version", onHeaderPresent=_value("version")),
        _rule("x-missing", onHeaderMissing=_value("version", value="v1")),
        _rule("x-fixed", onHeaderPresent=_value("version", value="v2"), remove=True),
        {"cookie": "version", "onHeaderPresent": _value("version")},
        _rule(
            "x-path",
            onHeaderPresent=_value(
                "version",
                regexValueRewrite={
                    "pattern": {"regex": "^/(v[0-9])/.*$"},
                    "substitution": "\\1",
                },
            ),
        ),
    ]
    to_metadata = shapes.extension(
        FILTER, f"{FILTERS}.header_to_metadata.v3.Config", requestRules=rules
    )
    backends.add_gateway(snapshot, SUBSETS, [host], filters=shapes.http_filters(to_metadata))
    _add_guarded(snapshot)
    _add_mutated(snapshot)


def _rule(header: str, **fields: Any) -> Resource:
    return {"header": header} | fields


def _value(key: str, namespace: str = "envoy.lb", **fields: Any) -> Resource:
    return {"metadataNamespace": namespace, "key": key, "type": "STRING"} | fields


def _add_guarded(snapshot: Snapshot) -> None:
    """Access control by metadata of headers, and by metadata that the route gives."""
    rules = [
        _rule("x-role", onHeaderPresent=_value("role", "who")),
        _rule("x-level", onHeaderPresent=_value("level", "who") | {"type": "NUMBER"}),
        _rule("x-team", onHeaderMissing=_value("team", "who", value="none")),
    ]
    to_metadata = shapes.extension(
        FILTER, f"{FILTERS}.header_to_metadata.v3.Config", requestRules=rules
    )

    def principal(key: str, value: Resource) -> Resource:
        return {"metadata": {"filter": "who", "path": [{"key": key}], "value": value}}

    policies = {
        name: {
            "permissions": [{"urlPath": {"path": {"exact": f"/{name}"}}}],
            "principals": [principal(key, value)],
        }
        for name, key, value in (
            ("role", "role", {"stringMatch": {"exact": "admin"}}),
            ("level", "level", {"doubleMatch": {"range": {"start": 2, "end": 5}}}),
            ("team", "team", {"stringMatch": {"exact": "none"}}),
            ("present", "role", {"presentMatch": True}),
        )
    }
    rbac = shapes.extension(
        "envoy.filters.http.rbac", f"{FILTERS}.rbac.v3.RBAC", rules={"policies": policies}
    )
    host = shapes.virtual_host("guarded", [HOST], [backends.catch_all()])
    backends.add_gateway(snapshot, GUARDED, [host], filters=shapes.http_filters(to_metadata, rbac))


def _add_mutated(snapshot: Snapshot) -> None:
    """Headers that a filter changes before access control reads them."""

    def header(key: str, value: str, action: str) -> Resource:
        return {"append": {"header": {"key": key, "value": value}, "appendAction": action}}

    mutations = [
        header("x-added", "yes", "APPEND_IF_EXISTS_OR_ADD"),
        header("x-set", "yes", "OVERWRITE_IF_EXISTS_OR_ADD"),
        header("x-default", "yes", "ADD_IF_ABSENT"),
        header("x-only", "yes", "OVERWRITE_IF_EXISTS"),
        {"remove": "x-removed"},
    ]
    mutation = shapes.extension(
        "envoy.filters.http.header_mutation",
        f"{FILTERS}.header_mutation.v3.HeaderMutation",
        mutations={"requestMutations": mutations},
    )
    names = ("x-added", "x-set", "x-default", "x-only", "x-removed")
    policies = {
        name: {
            "permissions": [{"urlPath": {"path": {"exact": f"/{name}"}}}],
            "principals": [{"header": {"name": name, "stringMatch": {"exact": "yes"}}}],
        }
        for name in names
    }
    rbac = shapes.extension(
        "envoy.filters.http.rbac", f"{FILTERS}.rbac.v3.RBAC", rules={"policies": policies}
    )
    by_header = shapes.route(
        "by-header",
        {"prefix": "/", "headers": [{"name": "x-set", "stringMatch": {"exact": "yes"}}]},
        backends.V2,
    )
    host = shapes.virtual_host("mutated", [HOST], [by_header, backends.catch_all()])
    filters = shapes.http_filters(mutation, rbac)
    backends.add_gateway(snapshot, MUTATED, [host], filters=filters)


def _subset(path: str, note: str, *headers: Header) -> Request:
    # Without a rule that is made for it being missing, x-missing would always choose v1.
    return get(SUBSETS, HOST, path, note, headers=headers, count=4)


def _each(port: int, names: Sequence[str], values: Sequence[str]) -> list[Request]:
    """Each name as a path, without the header and with each value of it."""
    return [
        get(port, HOST, path, headers=headers)
        for path, header in ((f"/{name}", name if name[:2] == "x-" else f"x-{name}") for name in names)
        for headers in [(), *(((header, value),) for value in values)]
    ]


PRESENT: Header = ("x-missing", "here")
REQUESTS: list[Request] = [
    _subset("/x", "the value for a missing header"),
    _subset("/x", "nothing: no subset, no fallback", PRESENT),
    _subset("/x", "a header's value", PRESENT, ("x-version", "v1")),
    _subset("/x", "a header's value", PRESENT, ("x-version", "v2")),
    _subset("/x", "no such subset", PRESENT, ("x-version", "v3")),
    _subset("/x", "an empty value is none", PRESENT, ("x-version", "")),
    _subset("/x", "a fixed value", PRESENT, ("x-fixed", "abc")),
    _subset("/x", "the later rule wins", PRESENT, ("x-version", "v1"), ("x-fixed", "abc")),
    _subset("/x", "a cookie", PRESENT, ("cookie", "a=b; version=v1")),
    _subset("/x", "another cookie", PRESENT, ("cookie", "a=v1")),
    _subset("/x", "a part of a value", PRESENT, ("x-path", "/v2/x")),
    _subset("/x", "a value that the regex does not match", PRESENT, ("x-path", "v2")),
    _subset("/fixed", "the route's criteria", PRESENT),
    _subset("/fixed", "the request's win over the route's", PRESENT, ("x-version", "v1")),
    *_each(GUARDED, ("role", "level", "team", "present"), ("admin", "3", "5", "none", "")),
    get(GUARDED, HOST, "/present", headers=(("x-role", "any"),)),
    *_each(MUTATED, ("x-added", "x-set", "x-default", "x-only", "x-removed"), ("yes", "no", "")),
]
