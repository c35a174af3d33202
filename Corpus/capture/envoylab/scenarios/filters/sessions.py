"""Who may ask from where: oauth2 without a session, csrf."""

from ... import shapes
from ...shapes import Resource
from ...snapshot import Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Header, Request
from ..requests import backends
from ..requests.backends import get
from . import shared
from .shared import FILTERS

OAUTH, DENYING, CSRF, SHADOW = range(8220, 8224)
HOST = "sessions.example.com"
OAUTH_FILTER = "envoy.filters.http.oauth2"
CSRF_FILTER = "envoy.filters.http.csrf"
CSRF_TYPE = f"{FILTERS}.csrf.v3.CsrfPolicy"


def configure(snapshot: Snapshot, _: Certificates) -> None:
    for name in ("oauth-token", "oauth-hmac"):
        secret = {"inlineString": f"{name} of the capture"}
        snapshot.add(Kind.SECRET, {"name": name, "genericSecret": {"secret": secret}})
    passing = [_header(":path", {"prefix": "/public"}), _header("x-machine", {"exact": "yes"})]
    _add_oauth(snapshot, OAUTH, passThroughMatcher=passing)
    denying = [_header("x-requested-with", {"exact": "XMLHttpRequest"})]
    _add_oauth(snapshot, DENYING, denyRedirectMatcher=denying, forwardBearerToken=True)
    _add_csrf(snapshot)


def _header(name: str, match: Resource) -> Resource:
    return {"name": name, "stringMatch": match}


def _add_oauth(snapshot: Snapshot, port: int, **fields: object) -> None:
    def secret(name: str) -> Resource:
        return {"name": name, "sdsConfig": shapes.ADS}

    config: Resource = {
        "tokenEndpoint": {"uri": "http://idp/token", "cluster": backends.V2, "timeout": "1s"},
        "authorizationEndpoint": "https://idp.example.com/authorize",
        "redirectUri": "https://%REQ(:authority)%/callback",
        "redirectPathMatcher": {"path": {"exact": "/callback"}},
        "signoutPath": {"path": {"exact": "/signout"}},
        "credentials": {
            "clientId": "shop",
            "tokenSecret": secret("oauth-token"),
            "hmacSecret": secret("oauth-hmac"),
        },
    }
    oauth = shapes.extension(
        OAUTH_FILTER, f"{FILTERS}.oauth2.v3.OAuth2", config=config | dict(fields)
    )
    routes = [
        shared.route("off", **shared.per_filter(OAUTH_FILTER, shared.switched(disabled=True))),
        backends.catch_all(),
    ]
    host = shapes.virtual_host("sessions", [HOST], routes)
    backends.add_gateway(snapshot, port, [host], filters=shapes.http_filters(oauth))


def _add_csrf(snapshot: Snapshot) -> None:
    def policy(**fields: object) -> Resource:
        return shared.message(CSRF_TYPE, **({"filterEnabled": shared.fraction(100)} | fields))

    partners = [{"exact": "partner.example.com"}, {"suffix": ".friends.example.com"}]
    disabled = policy(filterEnabled=shared.fraction(0))
    shadow = policy(filterEnabled=shared.fraction(0), shadowEnabled=shared.fraction(100))
    routes = [
        shared.route("partners", **shared.per_filter(CSRF_FILTER, policy(additionalOrigins=partners))),
        shared.route("disabled", **shared.per_filter(CSRF_FILTER, disabled)),
        shared.route("shadow", **shared.per_filter(CSRF_FILTER, shadow)),
        backends.catch_all(),
    ]
    host = shapes.virtual_host("csrf", ["*"], routes)
    own = shapes.extension(CSRF_FILTER, CSRF_TYPE, filterEnabled=shared.fraction(100))
    backends.add_gateway(snapshot, CSRF, [host], filters=shapes.http_filters(own))
    none = shapes.extension(CSRF_FILTER, CSRF_TYPE, filterEnabled=shared.fraction(0))
    backends.add_gateway(snapshot, SHADOW, [host], filters=shapes.http_filters(none))


def _origin(text: str, name: str = "origin") -> tuple[Header, ...]:
    return ((name, text),)


ORIGINS: list[tuple[str, tuple[Header, ...]]] = [
    ("without an origin", ()),
    ("its own origin", _origin(f"http://{HOST}")),
    ("its own origin over TLS", _origin(f"https://{HOST}")),
    ("its own origin with a port", _origin(f"http://{HOST}:8080")),
    ("another origin", _origin("http://evil.example.com")),
    ("a partner", _origin("http://partner.example.com")),
    ("a friend", _origin("http://a.friends.example.com")),
    ("only a referer", _origin(f"http://{HOST}/page", "referer")),
    ("another referer", _origin("http://evil.example.com/page", "referer")),
    ("no URL", _origin("null")),
]
VISITS: list[tuple[str, str, tuple[Header, ...]]] = [
    ("/", "no session: sent to sign in", ()),
    ("/x?a=b", "no session: sent to sign in", ()),
    ("/public/x", "passes where the matcher says so", ()),
    ("/x", "passes by a header", (("x-machine", "yes"),)),
    ("/x", "another value", (("x-machine", "no"),)),
    ("/x", "a script", (("x-requested-with", "XMLHttpRequest"),)),
    ("/x", "a session that is not signed", (("cookie", "BearerToken=abc"),)),
    ("/x", "a token instead of a session", (("authorization", "Bearer abc"),)),
    ("/signout", "signs out", ()),
    ("/callback", "without a code", ()),
    ("/callback?code=abc", "without a state", ()),
    ("/callback?error=access_denied", "refused by the other side", ()),
    ("/off/x", "switched off for the route", ()),
    ("/callback/x", "another path", ()),
]
REQUESTS: list[Request] = [
    get(port, HOST, path, note, headers=headers)
    for port in (OAUTH, DENYING)
    for path, note, headers in VISITS
] + [
    *(
        get(CSRF, HOST, f"/{path}/x", note, headers=headers, method="POST")
        for path in ("all", "partners")
        for note, headers in ORIGINS
    ),
    *(
        get(port, HOST, path, note, headers=headers, method=method)
        for note, headers in (ORIGINS[0], ORIGINS[4])
        for port, path, method in (
            (CSRF, "/x", "GET"),
            (CSRF, "/x", "HEAD"),
            (CSRF, "/x", "OPTIONS"),
            (CSRF, "/x", "PUT"),
            (CSRF, "/x", "DELETE"),
            (CSRF, "/x", "PATCH"),
            (CSRF, "/disabled", "POST"),
            (CSRF, "/shadow", "POST"),
            (SHADOW, "/x", "POST"),
            (SHADOW, "/partners", "POST"),
        )
    ),
    get(CSRF, f"{HOST}:8222", "/x", "a port", headers=_origin(f"http://{HOST}:8222"), method="POST"),
    get(CSRF, f"{HOST}:8222", "/x", "no port", headers=_origin(f"http://{HOST}"), method="POST"),
]
