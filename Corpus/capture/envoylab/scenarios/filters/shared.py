"""What the features share: configurations by route and virtual host."""

from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import TYPE_PREFIX
from ..requests import backends

FILTERS = "envoy.extensions.filters.http"
FILTER_CONFIG = "envoy.config.route.v3.FilterConfig"


def message(type_name: str, **fields: Any) -> Resource:
    return {"@type": TYPE_PREFIX + type_name, **fields}


def per_filter(name: str, configuration: Resource) -> Resource:
    """What a route, a virtual host, a route configuration or a cluster says of one filter."""
    return {"typedPerFilterConfig": {name: configuration}}


def switched(**fields: Any) -> Resource:
    """The configuration that switches a filter on or off."""
    return message(FILTER_CONFIG, **fields)


def route(name: str, **fields: Any) -> Resource:
    """A route by the path's first segment, to the service's first subset."""
    match = {"pathSeparatedPrefix": f"/{name}"}
    return shapes.route(name, match, backends.V1) | fields


def fraction(numerator: int, denominator: str = "HUNDRED") -> Resource:
    return {"defaultValue": {"numerator": numerator, "denominator": denominator}}
