"""Prints the control plane's state as Istiod's page `/debug/config_dump?proxyID=…&pretty` does.

Istiod is written in Go, whose protobuf JSON orders a message's fields by their place in the .proto
file, sorts maps by key and escapes `<`, `>`, `&`, U+2028 and U+2029. Python's printer orders fields
by number, so the order is laid over it here.
"""

import base64
import json
from collections.abc import Mapping
from typing import Any

from google.protobuf import descriptor, json_format
from google.protobuf.message import Message

from . import packages
from .snapshot import TYPE_PREFIX, Kind, Snapshot

ADMIN = TYPE_PREFIX + "envoy.admin.v3."
ESCAPED = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def config_dump(snapshot: Snapshot, version: str, include_endpoints: bool) -> str:
    """The text of Istiod's dump. Bootstrap and secrets are empty there, as they are in Istiod's."""

    def resources(kind: Kind) -> list[dict[str, Any]]:
        return [in_any(message) for message in snapshot[kind].values()]

    clusters = {
        "versionInfo": version,
        "dynamicActiveClusters": [{"cluster": value} for value in resources(Kind.CLUSTER)],
    }
    endpoints = {
        "dynamicEndpointConfigs": [
            {"versionInfo": version, "endpointConfig": value} for value in resources(Kind.ENDPOINTS)
        ]
    }
    listeners = {
        "versionInfo": version,
        "dynamicListeners": [
            {"name": value["name"], "activeState": {"versionInfo": version, "listener": value}}
            for value in resources(Kind.LISTENER)
        ],
    }
    routes = {
        "dynamicRouteConfigs": [
            {"versionInfo": version, "routeConfig": value} for value in resources(Kind.ROUTES)
        ]
    }
    sections: list[tuple[str, Mapping[str, Any]]] = [
        ("BootstrapConfigDump", {}),
        ("ClustersConfigDump", clusters),
        ("ListenersConfigDump", listeners),
        ("ScopedRoutesConfigDump", {}),
        ("RoutesConfigDump", routes),
        ("SecretsConfigDump", {}),
        ("EcdsConfigDump", {}),
    ]
    if include_endpoints:
        sections.insert(2, ("EndpointsConfigDump", endpoints))
    dump = {"configs": [{"@type": ADMIN + name, **body} for name, body in sections]}
    return json.dumps(dump, indent=4, ensure_ascii=False).translate(ESCAPED) + "\n"


def in_any(message: Message) -> dict[str, Any]:
    """A message's JSON as it stands inside an `Any`."""
    type_name = message.DESCRIPTOR.full_name
    value = printed(message)
    body = {"value": value} if type_name.startswith("google.protobuf.") else value
    return {"@type": TYPE_PREFIX + type_name, **body}


def printed(message: Message) -> Any:
    """A message's protobuf JSON with its fields in the order of their declaration."""
    type_name = message.DESCRIPTOR.full_name
    if type_name == "google.protobuf.Any":
        return _printed_any(message)
    if type_name.startswith("google.protobuf."):
        return _sorted(json_format.MessageToDict(message))
    present = {field.name: value for field, value in message.ListFields()}
    return {
        field.json_name: _printed_field(field, present[field.name])
        for field in message.DESCRIPTOR.fields
        if field.name in present
    }


def _printed_any(message: Message) -> dict[str, Any]:
    if not message.type_url:
        return {}
    inner = packages.message_class(message.type_url.rpartition("/")[2])()
    message.Unpack(inner)
    return {**in_any(inner), "@type": message.type_url}


def _printed_field(field: descriptor.FieldDescriptor, value: Any) -> Any:
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        item = field.message_type.fields_by_name["value"]
        return {_map_key(key): _printed_item(item, value[key]) for key in sorted(value)}
    if field.is_repeated:
        return [_printed_item(field, item) for item in value]
    return _printed_item(field, value)


def _printed_item(field: descriptor.FieldDescriptor, value: Any) -> Any:
    """One value. The scalars are those of Envoy's configuration: it has no infinite numbers."""
    match field.cpp_type:
        case descriptor.FieldDescriptor.CPPTYPE_MESSAGE:
            return printed(value)
        case descriptor.FieldDescriptor.CPPTYPE_ENUM:
            known = field.enum_type.values_by_number.get(value)
            return known.name if known else value
        case descriptor.FieldDescriptor.CPPTYPE_INT64 | descriptor.FieldDescriptor.CPPTYPE_UINT64:
            return str(value)
        case _ if field.type == descriptor.FieldDescriptor.TYPE_BYTES:
            return base64.b64encode(value).decode()
        case _:
            return value


def _map_key(key: Any) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)


def _sorted(value: Any) -> Any:
    """A Struct's JSON with its keys sorted, at every depth."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_sorted(item) for item in value]
    return value
