"""Tokens of jwt_authn: missing, malformed, of another issuer or audience, too old, too new."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Header, Request
from ..requests import backends
from ..requests.backends import get
from . import shared
from .shared import FILTERS

PORT, CLAIMED = 8210, 8211
HOST = "tokens.example.com"
FILTER = "envoy.filters.http.jwt_authn"
TYPE = f"{FILTERS}.jwt_authn.v3"
# The key is made for these tests; a dump shows it, as keys that sign are not to be in one.
SECRET = b"drydock capture, for tokens that are good for nothing"


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(key: bytes = SECRET, **claims: Any) -> str:
    """A signed token; it is good for ten years where the claims do not say."""
    payload = {"iss": "https://a.example.com", "exp": int(time.time()) + 315_360_000} | claims
    head = _encode(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "k"}).encode())
    text = f"{head}.{_encode(json.dumps(payload).encode())}"
    return f"{text}.{_encode(hmac.new(key, text.encode(), hashlib.sha256).digest())}"


def _provider(issuer: str, **fields: Any) -> Resource:
    key = {"kty": "oct", "alg": "HS256", "kid": "k", "k": _encode(SECRET)}
    return {
        "issuer": issuer,
        "localJwks": {"inlineString": json.dumps({"keys": [key]})},
        "payloadInMetadata": "claims",
        "forward": True,
    } | fields


def configure(snapshot: Snapshot, _: Certificates) -> None:
    providers = {
        "a": _provider("https://a.example.com"),
        "aud": _provider("https://a.example.com", audiences=["shop"]),
        "header": _provider(
            "https://a.example.com", fromHeaders=[{"name": "x-token", "valuePrefix": "T "}]
        ),
        "query": _provider("https://a.example.com", fromParams=["t"]),
        "cookie": _provider("https://a.example.com", fromCookies=["t"]),
        "strict": _provider("https://a.example.com", clockSkewSeconds=1),
        "other": _provider("https://b.example.com"),
    }
    both = [{"providerName": "a"}, {"providerName": "other"}]
    requirements: dict[str, Resource] = {
        "any": {"requiresAny": {"requirements": both}},
        "any-or-none": {"requiresAny": {"requirements": [*both, {"allowMissing": {}}]}},
        "any-or-failed": {"requiresAny": {"requirements": [*both, {"allowMissingOrFailed": {}}]}},
        "all": {"requiresAll": {"requirements": both}},
        "missing": {"allowMissing": {}},
        "failed": {"allowMissingOrFailed": {}},
        "audience": {"providerAndAudiences": {"providerName": "a", "audiences": ["shop"]}},
    } | {name: {"providerName": name} for name in providers}
    rules = [
        {"match": {"pathSeparatedPrefix": f"/{name}"}, "requires": requirement}
        for name, requirement in requirements.items()
    ]
    rules.append({"match": {"path": "/free"}})
    jwt = shapes.extension(
        FILTER,
        f"{TYPE}.JwtAuthentication",
        providers=providers,
        rules=rules,
        requirementMap={"named": {"providerName": "a"}},
    )
    named = shared.message(f"{TYPE}.PerRouteConfig", requirementName="named")
    off = shared.message(f"{TYPE}.PerRouteConfig", disabled=True)
    routes = [
        shared.route("named", **shared.per_filter(FILTER, named)),
        shared.route("a/off", **shared.per_filter(FILTER, off)),
        backends.catch_all(),
    ]
    host = shapes.virtual_host("tokens", [HOST], routes)
    backends.add_gateway(snapshot, PORT, [host], filters=shapes.http_filters(jwt))
    _add_claims(snapshot, jwt)


def _add_claims(snapshot: Snapshot, jwt: Resource) -> None:
    """Rules about claims behind the tokens."""

    def claim(value: Resource, *path: str) -> Resource:
        keys = [{"key": key} for key in ("claims", *path)][1:]
        return {"metadata": {"filter": FILTER, "path": [{"key": "claims"}, *keys], "value": value}}

    principals = {
        "admins": claim({"listMatch": {"oneOf": {"stringMatch": {"exact": "admin"}}}}, "groups"),
        "ann": claim({"stringMatch": {"exact": "ann"}}, "sub"),
        "present": claim({"presentMatch": True}, "sub"),
        "nested": claim({"stringMatch": {"prefix": "x"}}, "a", "b"),
    }
    policies = {
        name: {
            "permissions": [{"urlPath": {"path": {"prefix": f"/a/{name}"}}}],
            "principals": [principal],
        }
        for name, principal in principals.items()
    }
    rbac = shapes.extension(
        "envoy.filters.http.rbac", f"{FILTERS}.rbac.v3.RBAC", rules={"policies": policies}
    )
    host = shapes.virtual_host("claims", [HOST], [backends.catch_all()])
    backends.add_gateway(snapshot, CLAIMED, [host], filters=shapes.http_filters(jwt, rbac))


def _bearer(text: str) -> tuple[Header, ...]:
    return (("authorization", f"Bearer {text}"),)


TOKENS: list[tuple[str, tuple[Header, ...]]] = [
    ("no token", ()),
    ("a good token", _bearer(token())),
    ("of the other issuer", _bearer(token(iss="https://b.example.com"))),
    ("of an unknown issuer", _bearer(token(iss="https://c.example.com"))),
    ("an audience", _bearer(token(aud="shop"))),
    ("another audience", _bearer(token(aud=["bar", "pub"]))),
    ("expired", _bearer(token(exp=1_000_000_000))),
    ("malformed", _bearer("abc")),
]
NAMES = (
    "a aud any any-or-none any-or-failed all missing failed audience other named a/off free".split()
)
REQUESTS: list[Request] = [
    get(PORT, HOST, f"/{name}", note, headers=headers)
    for name in NAMES
    for note, headers in TOKENS
] + [
    get(PORT, HOST, "/a", "not valid yet", headers=_bearer(token(nbf=4_000_000_000))),
    get(PORT, HOST, "/a", "no Bearer", headers=(("authorization", token()),)),
    get(PORT, HOST, "/a", "basic", headers=(("authorization", "Basic YTpi"),)),
    get(PORT, HOST, f"/a?access_token={token()}", "in the query"),
    get(PORT, HOST, "/a?access_token=abc", "malformed in the query"),
    get(PORT, HOST, "/a", "three parts that are no JSON", headers=_bearer("a.b.c")),
    get(PORT, HOST, "/a", "no issuer", headers=_bearer(token(iss=""))),
    get(PORT, HOST, "/header", headers=(("x-token", f"T {token()}"),)),
    get(PORT, HOST, "/header", "without the prefix", headers=(("x-token", token()),)),
    get(PORT, HOST, "/header", "in another header", headers=_bearer(token())),
    get(PORT, HOST, f"/query?t={token()}"),
    get(PORT, HOST, "/query?t=abc"),
    get(PORT, HOST, "/query", "in another place", headers=_bearer(token())),
    get(PORT, HOST, "/cookie", headers=(("cookie", f"a=b; t={token()}"),)),
    get(PORT, HOST, "/cookie", "another cookie", headers=(("cookie", f"s={token()}"),)),
    get(PORT, HOST, "/strict", "expired", headers=_bearer(token(exp=1_700_000_000))),
    get(PORT, HOST, "/A", "another path: no rule"),
    get(PORT, HOST, "/other-path", "another path: no rule"),
    *(
        get(CLAIMED, HOST, f"/a/{name}", note, headers=_bearer(token(**claims)))
        for name in ("admins", "ann", "present", "nested", "none")
        for note, claims in (
            ("a subject", {"sub": "ann"}),
            ("groups", {"groups": ["admin", "ops"]}),
            ("another group", {"groups": ["ops"], "sub": "bob"}),
            ("nested", {"a": {"b": "xyz"}}),
        )
    ),
]
