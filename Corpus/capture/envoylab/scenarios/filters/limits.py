"""Local rate limits: enabled, enforced, by fractions, with descriptors."""

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

PORT, BARE = 8230, 8231
HOST = "limits.example.com"
FILTER = "envoy.filters.http.local_ratelimit"
TYPE = f"{FILTERS}.local_ratelimit.v3.LocalRateLimit"
# A bucket that the first request empties for the time of the capture.
ONE = {"maxTokens": 1, "tokensPerFill": 1, "fillInterval": "36000s"}
MANY = {"maxTokens": 100000, "tokensPerFill": 100000, "fillInterval": "1s"}
FULL: Resource = {"runtimeKey": "", "defaultValue": {"numerator": 100}}


def _limit(**fields: Any) -> Resource:
    return {"statPrefix": "limit", "tokenBucket": ONE} | fields


def configure(snapshot: Snapshot, _: Certificates) -> None:
    on = {"filterEnabled": shared.fraction(100), "filterEnforced": shared.fraction(100)}
    limits = {
        "many": _limit(tokenBucket=MANY, **on),
        "absent": _limit(),
        "enabled": _limit(filterEnabled=shared.fraction(100)),
        "enforced": _limit(filterEnforced=shared.fraction(100)),
        "never": _limit(filterEnabled=shared.fraction(0), filterEnforced=shared.fraction(100)),
        "lax": _limit(filterEnabled=shared.fraction(100), filterEnforced=shared.fraction(0)),
    }
    routes = [
        shared.route(name, **shared.per_filter(FILTER, shared.message(TYPE, **limit)))
        for name, limit in limits.items()
    ]
    routes += [
        shared.route("off", **shared.per_filter(FILTER, shared.switched(disabled=True))),
        backends.catch_all(),
    ]
    host = shapes.virtual_host("limits", [HOST], routes)
    own = shapes.extension(FILTER, TYPE, **_limit(tokenBucket=MANY, **on))
    backends.add_gateway(snapshot, PORT, [host], filters=shapes.http_filters(own))
    bare = shapes.extension(FILTER, TYPE, statPrefix="limit")
    backends.add_gateway(snapshot, BARE, [host], filters=shapes.http_filters(bare))


REQUESTS: list[Request] = [
    get(port, HOST, f"/{name}/x", note, count=3)
    for port in (PORT, BARE)
    for name, note in (
        ("many", "more tokens than requests"),
        ("absent", "neither enabled nor enforced"),
        ("enabled", "enabled, and enforcement is left out, which is none"),
        ("enforced", "enabling is left out, which is none"),
        ("never", "enabled for 0 %"),
        ("lax", "enforced for 0 %"),
        ("off", "switched off"),
        ("other", "the filter's own"),
    )
]
