"""Which route by headers, method, query parameters, content type and chance."""

from collections.abc import Iterator
from typing import Any

from ... import shapes
from ...snapshot import Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Header, Request
from . import backends
from .backends import get

PORT = 8100
HOST = "headers.example.com"
NAME = "X-Token"

# Each kind of header match and the values that are sent to it; `None` sends no header, a tuple
# sends it several times.
KINDS: dict[str, tuple[dict[str, Any], list[str | tuple[str, ...] | None]]] = {
    "exact": (
        {"stringMatch": {"exact": "abc"}},
        ["abc", "ABC", "", None, "  abc  ", ("abc", "abc"), ("abc", "x"), ("x", "abc"), ("x", "y")],
    ),
    "exact-joined": ({"stringMatch": {"exact": "a,b"}}, ["a,b", ("a", "b"), ("a,b", "c")]),
    "exact-no-case": ({"stringMatch": {"exact": "abc", "ignoreCase": True}}, ["aBc"]),
    "prefix": ({"stringMatch": {"prefix": "ab"}}, ["abc", "xab", None, ("abc", "x")]),
    "suffix": ({"stringMatch": {"suffix": "bc"}}, ["abc", "bcx", None, ("x", "abc")]),
    "contains": ({"stringMatch": {"contains": "b"}}, ["abc", "aBc", None]),
    "contains-no-case": ({"stringMatch": {"contains": "B", "ignoreCase": True}}, ["abc"]),
    "regex": (
        {"stringMatch": {"safeRegex": {"regex": "a.c"}}},
        ["abc", "xabcx", "ABC", None, ("x", "abc")],
    ),
    "range": (
        {"rangeMatch": {"start": "1", "end": "10"}},
        ["1", "9", "10", "0", "-1", "5.0", "abc", " 5 ", "+5", "", None, ("50", "5")],
    ),
    "present": ({"presentMatch": True}, ["abc", "", None]),
    "absent": ({"presentMatch": False}, ["abc", "", None]),
    "name-only": ({}, ["abc", None]),
    "empty-exact": (
        {"stringMatch": {"exact": "abc"}, "treatMissingHeaderAsEmpty": True},
        ["abc", None],
    ),
    "empty-regex": (
        {"stringMatch": {"safeRegex": {"regex": ".*"}}, "treatMissingHeaderAsEmpty": True},
        ["abc", None],
    ),
    "deprecated-exact": ({"exactMatch": "abc"}, ["abc", None]),
}

# Matches of query parameters and the queries that are sent to them.
QUERIES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "query-present": (
        {"name": "a", "presentMatch": True},
        ["?a", "?a=", "?a=1", "?b=1", "?A=1", "?b=1&a=2", "", "?b=1#a=1"],
    ),
    "query-absent": ({"name": "a", "presentMatch": False}, ["?a=1", "?b=1", ""]),
    "query-exact": (
        {"name": "a", "stringMatch": {"exact": "1"}},
        ["?a=1", "?a=2", "?a=2&a=1", "?a=1&a=2", "?a=%31", "?%61=1", "?a=1;b=2", "?a=1#x", "?a=1?"],
    ),
    "query-encoded": (
        {"name": "a", "stringMatch": {"exact": "x%20y"}},
        ["?a=x%20y", "?a=x+y"],
    ),
    "query-prefix": ({"name": "a", "stringMatch": {"prefix": "ab"}}, ["?a=abc", "?a=xab"]),
    "query-regex": (
        {"name": "a", "stringMatch": {"safeRegex": {"regex": "[0-9]+"}}},
        ["?a=12", "?a=12x", "?a="],
    ),
}


def configure(snapshot: Snapshot, _: Certificates) -> None:
    routes = []
    for kind, (match, _values) in KINDS.items():
        for name, inverted in ((kind, {}), (f"not-{kind}", {"invertMatch": True})):
            header = {"name": NAME} | match | inverted
            routes.append(_route(name, headers=[header]))
    for name, (match, _queries) in QUERIES.items():
        routes.append(_route(name, queryParameters=[match]))
    method = {"name": ":method", "stringMatch": {"safeRegex": {"regex": "POST|PUT"}}}
    authority = {"name": ":authority", "stringMatch": {"exact": HOST}}
    full_path = {"name": ":path", "stringMatch": {"exact": "/full-path?a=1"}}
    scheme = {"name": ":scheme", "stringMatch": {"exact": "http"}}
    host = {"name": "host", "presentMatch": True}
    cookie = {"name": "cookie", "stringMatch": {"exact": "a=1; b=2"}}
    accept = {"name": "accept", "stringMatch": {"exact": "a,b"}}
    second = {"name": "x-second", "presentMatch": True}
    routes += [
        _route("method", headers=[method]),
        _route("authority", headers=[authority]),
        _route("full-path", headers=[full_path]),
        _route("scheme", headers=[scheme]),
        _route("host", headers=[host]),
        _route("cookie", headers=[cookie]),
        _route("accept", headers=[accept]),
        _route("two", headers=[{"name": NAME, "presentMatch": True}, second]),
        _route("grpc", grpc={}),
        _route("never", runtimeFraction={"defaultValue": {"numerator": 0}}),
        _route("always", runtimeFraction={"defaultValue": {"numerator": 100}}),
        backends.catch_all(),
    ]
    backends.add_gateway(snapshot, PORT, [shapes.virtual_host("headers", [HOST], routes)])


def _route(name: str, **match: Any) -> shapes.Resource:
    """A route at the path of its own name."""
    return shapes.route(name, {"path": f"/{name}"} | match, backends.V2)


def _get(name: str, note: str = "", **fields: Any) -> Request:
    return get(PORT, fields.pop("authority", HOST), f"/{name}", note, **fields)


def _header_requests() -> Iterator[Request]:
    for kind, (_, values) in KINDS.items():
        for value in values:
            sent = () if value is None else value if isinstance(value, tuple) else (value,)
            headers: tuple[Header, ...] = tuple((NAME.lower(), item) for item in sent)
            for name in (kind, f"not-{kind}"):
                yield _get(name, headers=headers)


def _query_requests() -> Iterator[Request]:
    for name, (_, queries) in QUERIES.items():
        for query in queries:
            yield _get(name + query)


REQUESTS: list[Request] = [
    *_header_requests(),
    *_query_requests(),
    _get("method", method="POST"),
    _get("method", method="PUT"),
    _get("method", method="GET"),
    _get("authority"),
    _get("authority", "the authority has its port", authority=f"{HOST}:{PORT}"),
    _get("authority", "the authority has its case", authority=HOST.upper()),
    _get("full-path?a=1", ":path has its query"),
    _get("full-path"),
    _get("full-path?a=1#x", ":path without its fragment"),
    _get("scheme"),
    _get("scheme", "a forwarded scheme", headers=(("x-forwarded-proto", "https"),)),
    _get("host", "the Host header is :authority"),
    _get("cookie", headers=(("cookie", "a=1; b=2"),)),
    _get("cookie", "cookies in two headers", headers=(("cookie", "a=1"), ("cookie", "b=2"))),
    _get("accept", headers=(("accept", "a,b"),)),
    _get("accept", "a header that Envoy joins", headers=(("accept", "a"), ("accept", "b"))),
    _get("two", "one of two headers", headers=((NAME, "abc"),)),
    _get("two", "both headers", headers=((NAME, "abc"), ("X-SECOND", "x"))),
    _get("grpc", method="POST", headers=(("content-type", "application/grpc"),)),
    _get("grpc", method="POST", headers=(("content-type", "application/grpc+proto"),)),
    _get("grpc", method="POST", headers=(("content-type", "application/grpc-web"),)),
    _get("grpc", method="GET", headers=(("content-type", "application/grpc"),)),
    _get("grpc", method="POST", headers=(("content-type", "application/json"),)),
    _get("never", count=3),
    _get("always", count=3),
]
