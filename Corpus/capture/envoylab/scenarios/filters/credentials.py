"""Passwords and keys: basic_auth and api_key_auth, with what is missing or malformed."""

import base64
import hashlib

from ... import shapes
from ...shapes import Resource
from ...snapshot import Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Header, Request
from ..requests import backends
from ..requests.backends import get
from . import shared
from .shared import FILTERS

PASSWORDS, KEYS, OPTIONAL_KEYS = range(8200, 8203)
HOST = "credentials.example.com"
BASIC = "envoy.filters.http.basic_auth"
KEY = "envoy.filters.http.api_key_auth"


def configure(snapshot: Snapshot, _: Certificates) -> None:
    _add(snapshot, PASSWORDS, BASIC, f"{FILTERS}.basic_auth.v3.BasicAuth", _users("ann", "one"))
    keys: Resource = {
        "credentials": [
            {"key": "ann-key", "client": "ann"},
            {"key": "bob-key", "client": "bob"},
        ],
        "keySources": [{"header": "x-api-key"}, {"query": "api_key"}, {"cookie": "key"}],
    }
    _add(snapshot, KEYS, KEY, f"{FILTERS}.api_key_auth.v3.ApiKeyAuth", keys)
    bearer = keys | {"keySources": [{"header": "Authorization"}]}
    _add(snapshot, OPTIONAL_KEYS, KEY, f"{FILTERS}.api_key_auth.v3.ApiKeyAuth", bearer)


def _users(name: str, password: str) -> Resource:
    digest = base64.b64encode(hashlib.sha1(password.encode()).digest()).decode()
    return {"users": {"inlineString": f"{name}:{{SHA}}{digest}"}}


def _add(snapshot: Snapshot, port: int, name: str, type_name: str, fields: Resource) -> None:
    own = _users("bob", "two") if name == BASIC else {"allowedClients": ["bob"]}
    routes = [
        shared.route("own", **shared.per_filter(name, shared.message(f"{type_name}PerRoute", **own))),
        shared.route("off", **shared.per_filter(name, shared.switched(disabled=True))),
        backends.catch_all(),
    ]
    host = shapes.virtual_host("credentials", [HOST], routes)
    filters = shapes.http_filters(shapes.extension(name, type_name, **fields))
    backends.add_gateway(snapshot, port, [host], filters=filters)


def _basic(text: str) -> Header:
    return ("authorization", "Basic " + base64.b64encode(text.encode()).decode())


ANN, BOB = _basic("ann:one"), _basic("bob:two")
# A dump shows no passwords and keys: of what only they decide, one row shows it.
SECRET = {
    ("/own/x", "the filter's user"),
    ("/x", "the route's user"),
    ("/own/x", "a wrong password"),
    ("/own/x", "an unknown key"),
    ("/own/x", "the header twice"),
}
PATHS = ("/x", "/own/x", "/off/x")
ATTEMPTS: dict[int, list[tuple[str, tuple[Header, ...]]]] = {
    PASSWORDS: [
        ("without credentials", ()),
        ("the filter's user", (ANN,)),
        ("the route's user", (BOB,)),
        ("a wrong password", (_basic("ann:two"),)),
        ("another scheme", (("authorization", "Bearer abc"),)),
        ("the scheme's name in small letters", (("authorization", ANN[1].lower()),)),
        ("no base64", (("authorization", "Basic ???"),)),
        ("no colon", (_basic("ann"),)),
        ("an empty value", (("authorization", ""),)),
        ("a query is no place for it", (("x-authorization", ANN[1]),)),
    ],
    KEYS: [
        ("without a key", ()),
        ("a key", (("x-api-key", "ann-key"),)),
        ("the other client's key", (("x-api-key", "bob-key"),)),
        ("an unknown key", (("x-api-key", "eve-key"),)),
        ("a cookie", (("cookie", "a=b; key=bob-key"),)),
        ("another cookie", (("cookie", "kay=bob-key"),)),
        ("an empty header", (("x-api-key", ""),)),
        ("the header twice", (("x-api-key", "ann-key"), ("x-api-key", "bob-key"))),
    ],
    OPTIONAL_KEYS: [
        ("without a key", ()),
        ("with Bearer", (("authorization", "Bearer bob-key"),)),
        ("without Bearer", (("authorization", "bob-key"),)),
    ],
}
REQUESTS: list[Request] = [
    get(port, HOST, path, note, headers=headers)
    for port, attempts in ATTEMPTS.items()
    for note, headers in attempts
    for path in PATHS
    if (path, note) not in SECRET
] + [
    get(KEYS, HOST, "/x?api_key=ann-key", "a query"),
    get(KEYS, HOST, "/x?api_key=", "an empty query parameter"),
    get(KEYS, HOST, "/x?key=ann-key", "another parameter"),
]
