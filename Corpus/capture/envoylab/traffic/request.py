"""A request to send, and the row that records it."""

import dataclasses
from typing import Any

Header = tuple[str, str]
# What a TCP client says where the request does not name anything else.
GREETING = b"hello\n"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Request:
    """What a client sends, and from where to where.

    Connections of a gateway go straight to `destination`. Those of a sidecar enter at the port for
    captured traffic, and a PROXY header says where they meant to go, since in a namespace without
    address translation nothing else could. `source` is the client's address: bound where the
    connection is direct, named in the PROXY header elsewhere.
    """

    destination: str
    note: str = ""
    direction: str = "gateway"
    protocol: str = "http"
    method: str = "GET"
    authority: str = ""
    path: str = "/"
    headers: tuple[Header, ...] = ()
    http_version: str = "1.1"
    sni: str = ""
    alpn: tuple[str, ...] = ()
    source: str = ""
    principal: str = ""
    through_load_balancer: bool = False
    payload: bytes = GREETING
    count: int = 1
    mirrors: int = 0

    @property
    def entrance(self) -> tuple[str, int]:
        """The address that the client really connects to."""
        match self.direction:
            case "outbound":
                return "127.0.0.1", 15001
            case "inbound":
                return "127.0.0.1", 15006
        return split_address(self.destination)

    @property
    def has_proxy_header(self) -> bool:
        return self.through_load_balancer or self.direction != "gateway"

    def row(self, identifier: int, feature: str, proxy: str) -> dict[str, Any]:
        """The request's part of a row of `traces.json`; what is not set is left out."""
        row: dict[str, Any] = {
            "id": identifier,
            "feature": feature,
            "proxy": proxy,
            "direction": self.direction,
            "destination": self.destination,
            "protocol": self.protocol,
        }
        if self.protocol != "tcp":
            row |= {"method": self.method, "authority": self.authority, "path": self.path}
        row["headers"] = self._header_values()
        if self.payload != GREETING:
            row["payload"] = self.payload.decode("latin-1")
        if self.http_version != "1.1":
            row["http_version"] = self.http_version
        if self.sni:
            row["sni"] = self.sni
        if self.alpn:
            row["alpn"] = list(self.alpn)
        if self.source:
            row["source"] = self.source
        if self.principal:
            row |= {"mtls": True, "principal": self.principal}
        if self.note:
            row["note"] = self.note
        return row

    def _header_values(self) -> dict[str, str | list[str]]:
        """Headers by name; one that is sent several times has a list of values."""
        values: dict[str, list[str]] = {}
        for name, value in self.headers:
            values.setdefault(name, []).append(value)
        return {name: items[0] if len(items) == 1 else items for name, items in values.items()}


def split_address(text: str) -> tuple[str, int]:
    """`IP:PORT` or `IP` (any port)."""
    address, _, port = text.partition(":")
    return address, int(port or 0)
