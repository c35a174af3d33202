"""The versions of HTTP: what each codec takes, CONNECT and upgrades in either form."""

from ... import shapes
from ...shapes import Resource
from ...snapshot import Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Header, Request
from ..requests import backends
from ..requests.backends import get

AUTO, ONE, TWO, EXTENDED, OLD = range(8290, 8295)
HOST = "versions.example.com"
UPGRADES: Resource = {"upgradeConfigs": [{"upgradeType": "websocket"}, {"upgradeType": "CONNECT"}]}


def configure(snapshot: Snapshot, _: Certificates) -> None:
    managers: dict[int, Resource] = {
        AUTO: {"upgradeConfigs": []},
        ONE: {"codecType": "HTTP1"} | UPGRADES,
        TWO: {"codecType": "HTTP2"} | UPGRADES,
        EXTENDED: {"http2ProtocolOptions": {"allowConnect": True}} | UPGRADES,
        OLD: {"httpProtocolOptions": {"acceptHttp10": True, "defaultHostForHttp10": HOST}},
    }
    for port, manager in managers.items():
        tunnel = shapes.route("tunnel", {"connectMatcher": {}}, backends.V2)
        grpc = shapes.route("grpc", {"prefix": "/grpc", "grpc": {}}, backends.V3)
        routes = [tunnel, grpc, backends.catch_all()]
        host = shapes.virtual_host("versions", [HOST, f"{HOST}:443"], routes)
        backends.add_gateway(snapshot, port, [host], **manager)


GRPC: Header = ("content-type", "application/grpc")
WEBSOCKET: Header = (":protocol", "websocket")
UPGRADE: tuple[Header, ...] = (("connection", "upgrade"), ("upgrade", "websocket"))


def _two(port: int, path: str = "/", note: str = "", **fields: object) -> Request:
    request: dict[str, object] = {"authority": HOST} | fields
    return Request(
        destination=f"{backends.GATEWAY}:{port}",
        path=path,
        note=note,
        http_version="2",
        **request,  # type: ignore[arg-type]
    )


# The codec of HTTP/2 logs nothing of what is not HTTP/2.
REQUESTS: list[Request] = [
    request
    for port in (AUTO, ONE, TWO, EXTENDED, OLD)
    for request in (
        get(port, HOST, note="HTTP/1.1"),
        get(port, HOST, note="HTTP/1.0", http_version="1.0"),
        get(port, HOST, note="an upgrade of HTTP/1.1", headers=UPGRADE),
        get(port, HOST, "/grpc", "HTTP/1.1 with the type of gRPC", headers=(GRPC,)),
        get(port, f"{HOST}:443", f"{HOST}:443", "CONNECT of HTTP/1.1", method="CONNECT"),
        _two(port, note="HTTP/2"),
        _two(port, "/grpc", "gRPC", method="POST", headers=(GRPC,)),
        _two(port, "/grpc", "no gRPC", method="POST"),
        _two(port, "/ws", "an extended CONNECT", method="CONNECT", headers=(WEBSOCKET,)),
        _two(port, "", "CONNECT", method="CONNECT", authority=f"{HOST}:443"),
        _two(port, "/", "another host", authority="other.example.com"),
        _two(port, "/a//b/../c", "a path that is normalized"),
        _two(port, "/x", "Host beside :authority", headers=(("host", "other.example.com"),)),
    )
    if (request.http_version == "2" or port != TWO)
    and (request.http_version != "2" or port not in (ONE, OLD))
]
