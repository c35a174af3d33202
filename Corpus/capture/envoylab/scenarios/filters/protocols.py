"""Chains that end in another protocol, or observe one before they pass bytes on."""

from collections.abc import Sequence

from ... import shapes
from ...shapes import Resource
from ...snapshot import Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from ..requests import backends

NETWORK = "envoy.extensions.filters.network"
REDIS, MONGO, THRIFT, ZOOKEEPER, ECHO, DIRECT, GENERIC = range(8280, 8287)
PAYLOADS = {
    REDIS: b"*1\r\n$4\r\nPING\r\n",
    MONGO: b"hello\n",
    THRIFT: b"\x00\x00\x00\x11\x80\x01\x00\x01\x00\x00\x00\x04ping\x00\x00\x00\x00\x00",
    ZOOKEEPER: b"hello\n",
    ECHO: b"hello\n",
    DIRECT: b"hello\n",
}


def configure(snapshot: Snapshot, _: Certificates) -> None:
    chains: dict[int, Sequence[Resource]] = {
        REDIS: [
            shapes.extension(
                "envoy.filters.network.redis_proxy",
                f"{NETWORK}.redis_proxy.v3.RedisProxy",
                statPrefix="redis",
                settings={"opTimeout": "1s"},
                prefixRoutes={
                    "routes": [{"prefix": "a:", "cluster": backends.V1}],
                    "catchAllRoute": {"cluster": backends.TCP},
                },
            )
        ],
        MONGO: [
            shapes.extension(
                "envoy.filters.network.mongo_proxy",
                f"{NETWORK}.mongo_proxy.v3.MongoProxy",
                statPrefix="mongo",
            ),
            shapes.tcp_proxy(backends.TCP),
        ],
        THRIFT: [
            shapes.extension(
                "envoy.filters.network.thrift_proxy",
                f"{NETWORK}.thrift_proxy.v3.ThriftProxy",
                statPrefix="thrift",
                routeConfig={
                    "name": "thrift",
                    "routes": [
                        {"match": {"methodName": "ping"}, "route": {"cluster": backends.V1}},
                        {"match": {"methodName": ""}, "route": {"cluster": backends.V2}},
                    ],
                },
            )
        ],
        ZOOKEEPER: [
            shapes.extension(
                "envoy.filters.network.zookeeper_proxy",
                f"{NETWORK}.zookeeper_proxy.v3.ZooKeeperProxy",
                statPrefix="zookeeper",
            ),
            shapes.tcp_proxy(backends.TCP),
        ],
        ECHO: [shapes.extension("envoy.filters.network.echo", f"{NETWORK}.echo.v3.Echo")],
        DIRECT: [
            shapes.extension(
                "envoy.filters.network.direct_response",
                f"{NETWORK}.direct_response.v3.Config",
                response={"inlineString": "no\n"},
            )
        ],
    }
    for port, filters in chains.items():
        chain = shapes.filter_chain(filters, f"chain-{port}")
        # These filters have no access log of their own: the listener's tells of each connection.
        listener = shapes.listener(port, [chain], accessLog=shapes.access_log())
        snapshot.add(Kind.LISTENER, listener)


REQUESTS: list[Request] = [
    Request(
        protocol="tcp",
        destination=f"{backends.GATEWAY}:{port}",
        payload=payload,
        note="ends with its client",
    )
    for port, payload in PAYLOADS.items()
]
