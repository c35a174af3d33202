"""One state of the control plane: the resources that it holds for a proxy, by kind and name."""

import copy
import dataclasses
import enum
from collections.abc import Iterable, Mapping
from typing import Any

from google.protobuf import json_format
from google.protobuf.message import Message

from . import packages

TYPE_PREFIX = "type.googleapis.com/"


class Kind(enum.Enum):
    """A kind of resource, in the order in which Istiod pushes them."""

    CLUSTER = "envoy.config.cluster.v3.Cluster"
    ENDPOINTS = "envoy.config.endpoint.v3.ClusterLoadAssignment"
    LISTENER = "envoy.config.listener.v3.Listener"
    ROUTES = "envoy.config.route.v3.RouteConfiguration"
    SECRET = "envoy.extensions.transport_sockets.tls.v3.Secret"

    @property
    def type_url(self) -> str:
        return TYPE_PREFIX + self.value

    @property
    def is_wildcard(self) -> bool:
        """Whether Envoy asks for all resources of the kind instead of naming them."""
        return self in (Kind.CLUSTER, Kind.LISTENER)

    def name_of(self, resource: Message) -> str:
        return resource.cluster_name if self is Kind.ENDPOINTS else resource.name


@dataclasses.dataclass
class Snapshot:
    """Messages by kind and name, in the order in which they were added."""

    resources: dict[Kind, dict[str, Message]] = dataclasses.field(
        default_factory=lambda: {kind: {} for kind in Kind}
    )

    def __getitem__(self, kind: Kind) -> dict[str, Message]:
        return self.resources[kind]

    def add(self, kind: Kind, *values: Mapping[str, Any]) -> None:
        """Adds resources, given as their protobuf JSON; one of the same name is replaced."""
        for value in values:
            message = parse(kind.value, value)
            self.resources[kind][kind.name_of(message)] = message

    def remove(self, kind: Kind, name: str) -> None:
        del self.resources[kind][name]

    def copy(self) -> "Snapshot":
        return copy.deepcopy(self)


def parse(type_name: str, value: Mapping[str, Any]) -> Message:
    """Makes a message of its protobuf JSON; the types that an `Any` inside names are imported."""
    for inner in _types(value):
        packages.message_class(inner)
    return json_format.ParseDict(value, packages.message_class(type_name)())


def _types(value: Any) -> Iterable[str]:
    if isinstance(value, Mapping):
        if isinstance(url := value.get("@type"), str):
            yield url.rpartition("/")[2]
        for item in value.values():
            yield from _types(item)
    elif isinstance(value, list):
        for item in value:
            yield from _types(item)
