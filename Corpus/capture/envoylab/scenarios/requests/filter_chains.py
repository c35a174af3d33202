"""Which filter chain: port, address, name, protocol, source; the inspectors; where none fits."""

from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from . import backends
from .backends import GATEWAY

ADDRESSES, NAMES, UNINSPECTED, PROTOCOLS, HTTP, UNINSPECTED_HTTP = range(8400, 8406)
SOURCES, NO_WAY_BACK, DEFAULT, NOTHING, DISABLED, WEIGHTED = range(8406, 8412)
BALANCED, TERMINATED, BY_NAME, PORTS, DISABLED_UNTIL, SOURCE_TYPES = range(8412, 8418)
CREDENTIAL = "kubernetes://example-credential"
HTTP2_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"


def configure(snapshot: Snapshot, certificates: Certificates) -> None:
    def add(port: int, *chains: Resource, **fields: Any) -> None:
        snapshot.add(Kind.LISTENER, shapes.listener(port, chains, **fields))

    tls, http = [shapes.tls_inspector()], [shapes.http_inspector()]
    add(PORTS, _chain("port", destinationPort=PORTS), _chain("any"))
    add(
        ADDRESSES,
        _chain("other-port", destinationPort=1),
        _chain("wide", prefixRanges=[_range("127.10.0.0", 16)]),
        _chain("narrow", prefixRanges=[_range("127.10.1.0", 24), _range("127.10.2.0", 24)]),
        _chain("single", prefixRanges=[_range("127.10.1.1", 32)]),
    )
    names = [
        _chain("exact", serverNames=["a.b.example.com"]),
        _chain("wildcard", serverNames=["*.b.example.com"]),
        _chain("wide-wildcard", serverNames=["*.example.com"]),
        _chain("any-tls", transportProtocol="tls"),
        _chain("plain", transportProtocol="raw_buffer"),
    ]
    add(NAMES, *names, listenerFilters=tls)
    add(UNINSPECTED, *names)
    add(
        PROTOCOLS,
        _chain("h2", applicationProtocols=["h2"]),
        _chain("http", applicationProtocols=["http/1.1", "http/1.0"]),
        _chain("named", serverNames=["a.example.com"]),
        _chain("rest"),
        listenerFilters=tls,
    )
    http_chains = [
        _chain("1.0", applicationProtocols=["http/1.0"]),
        _chain("1.1", applicationProtocols=["http/1.1"]),
        _chain("h2c", applicationProtocols=["h2c"]),
        _chain("rest"),
    ]
    add(HTTP, *http_chains, listenerFilters=http)
    add(UNINSPECTED_HTTP, *http_chains)
    near, nearest = [_range("127.0.5.0", 24)], [_range("127.0.5.5", 32)]
    add(
        SOURCES,
        _chain("near", sourcePrefixRanges=near),
        _chain("nearest", sourcePrefixRanges=nearest, sourcePorts=[41000, 41001]),
        _chain("port", sourcePorts=[42000]),
        _chain("rest"),
    )
    types = [
        _chain("near", sourcePrefixRanges=near),
        _chain("external", sourceType="EXTERNAL"),
        _chain("local", sourceType="SAME_IP_OR_LOOPBACK"),
        _chain("direct", directSourcePrefixRanges=[_range("127.0.7.0", 24)]),
    ]
    add(SOURCE_TYPES, *types)
    add(BALANCED, *types, listenerFilters=[shapes.proxy_protocol()])
    add(
        NO_WAY_BACK,
        _chain("address", prefixRanges=[_range(GATEWAY, 32)], serverNames=["a.example.com"]),
        _chain("name", serverNames=["b.example.com"]),
        listenerFilters=tls,
    )
    other = [_chain("other", prefixRanges=[_range("203.0.113.1", 32)])]
    add(DEFAULT, *other, defaultFilterChain=_chain("default"))
    add(NOTHING, *other)
    for port in (DISABLED, DISABLED_UNTIL):
        span = {"start": DISABLED, "end": DISABLED_UNTIL}
        disabled = shapes.tls_inspector(filterDisabled={"destinationPortRange": span})
        add(port, *names, listenerFilters=[disabled])
    weights = {backends.TCP: 2, backends.MISSING: 1, backends.V1: 1}
    clusters = [{"name": name, "weight": weight} for name, weight in weights.items()]
    weighted = shapes.tcp_proxy(weightedClusters={"clusters": clusters})
    add(WEIGHTED, shapes.filter_chain([weighted], "weighted"))
    _add_terminating(snapshot, certificates)
    _add_by_name(snapshot)


def _chain(name: str, **match: Any) -> Resource:
    return shapes.filter_chain([shapes.tcp_proxy(backends.TCP)], name, match or None)


def _range(address: str, length: int) -> Resource:
    return {"addressPrefix": address, "prefixLen": length}


def _add_terminating(snapshot: Snapshot, certificates: Certificates) -> None:
    """A gateway's HTTPS listener: each chain serves the names of one certificate."""
    snapshot.add(Kind.SECRET, certificates.server_secret(CREDENTIAL))
    chains = []
    for name, server_names in (("one", ["one.example.com"]), ("more", ["*.example.com"])):
        hosts = [shapes.virtual_host(name, server_names, [backends.catch_all()])]
        routes = f"https.{TERMINATED}.{name}"
        snapshot.add(Kind.ROUTES, shapes.route_configuration(routes, *hosts))
        manager = shapes.connection_manager(f"{name};", rds=shapes.rds(routes))
        match = {"serverNames": server_names, "transportProtocol": "tls"}
        chain = shapes.filter_chain([manager], name, match)
        chains.append(chain | {"transportSocket": shapes.server_tls(CREDENTIAL)})
    listener = shapes.listener(TERMINATED, chains, listenerFilters=[shapes.tls_inspector()])
    snapshot.add(Kind.LISTENER, listener)


def _add_by_name(snapshot: Snapshot) -> None:
    """The listener between networks: the server name is the cluster's name."""
    by_name = shapes.extension(
        "envoy.filters.network.sni_cluster",
        "envoy.extensions.filters.network.sni_cluster.v3.SniCluster",
    )
    eds = {"edsConfig": shapes.ADS, "serviceName": _name("v1")}
    cluster = shapes.eds_cluster("echo", name=_name("v1"), edsClusterConfig=eds)
    backends.add_cluster(snapshot, cluster, [backends.pod(backends.SUBSETS["v1"])])
    chain = shapes.filter_chain([by_name, shapes.tcp_proxy("BlackHoleCluster")], "by-name")
    listener = shapes.listener(BY_NAME, [chain], listenerFilters=[shapes.tls_inspector()])
    snapshot.add(Kind.LISTENER, listener)


def _name(subset: str) -> str:
    return f"outbound_.{backends.POD_PORT}_.{subset}_.{shapes.service_host('echo')}"


def _tcp(port: int, note: str = "", address: str = GATEWAY, **fields: Any) -> Request:
    return Request(protocol="tcp", destination=f"{address}:{port}", note=note, **fields)


def _tls(port: int, sni: str, note: str = "", **fields: Any) -> Request:
    return Request(
        protocol="https",
        destination=f"{fields.pop('address', GATEWAY)}:{port}",
        authority=fields.pop("authority", sni),
        sni=sni,
        note=note,
        **fields,
    )


def _http(port: int, note: str = "", **fields: Any) -> Request:
    return Request(
        destination=f"{GATEWAY}:{port}", authority="any.example.com", note=note, **fields
    )


REQUESTS: list[Request] = [
    _tcp(PORTS, "the connection's port is named by one chain"),
    _tcp(ADDRESSES, "the /16"),
    _tcp(ADDRESSES, "one of two /24", address="127.10.2.9"),
    _tcp(ADDRESSES, "the /24", address="127.10.1.2"),
    _tcp(ADDRESSES, "the /32", address="127.10.1.1"),
    _tcp(ADDRESSES, "no range holds the address", address="127.11.0.1"),
    _tls(NAMES, "a.b.example.com"),
    _tls(NAMES, "A.B.Example.COM", "upper case"),
    _tls(NAMES, "x.b.example.com", "the longer wildcard"),
    _tls(NAMES, "x.y.b.example.com", "a wildcard matches any depth"),
    _tls(NAMES, "b.example.com", "the wider wildcard"),
    _tls(NAMES, "example.com", "a wildcard does not match the bare name"),
    _tls(NAMES, "other.test", "no name fits"),
    _tls(NAMES, "", "TLS without a server name", authority="a.b.example.com"),
    _tcp(NAMES, "no TLS"),
    _http(NAMES, "no TLS: the authority is no server name"),
    _tls(UNINSPECTED, "a.b.example.com", "without tls_inspector, TLS is raw_buffer"),
    _tls(PROTOCOLS, "x.example.com", alpn=("h2",)),
    _tls(PROTOCOLS, "x.example.com", alpn=("http/1.1",)),
    _tls(PROTOCOLS, "x.example.com", "the client's order counts", alpn=("http/1.1", "h2")),
    _tls(PROTOCOLS, "x.example.com", "the first that a chain names", alpn=("foo", "h2")),
    _tls(PROTOCOLS, "x.example.com", "no chain names it", alpn=("foo",)),
    _tls(PROTOCOLS, "x.example.com", "no protocol"),
    _tls(PROTOCOLS, "a.example.com", "the name comes before the protocol", alpn=("h2",)),
    _http(HTTP),
    _http(HTTP, http_version="1.0"),
    _http(HTTP, "a method of its own", method="PROPFIND"),
    _tcp(HTTP, "HTTP/2 without TLS", payload=HTTP2_PREFACE),
    _tcp(HTTP, "no HTTP"),
    _tls(HTTP, "a.example.com", "TLS is not HTTP"),
    _http(UNINSPECTED_HTTP, "without http_inspector, HTTP is not seen"),
    _tcp(SOURCES, "the /24", source="127.0.5.1"),
    _tcp(SOURCES, "the /32 and its port", source="127.0.5.5:41000"),
    _tcp(SOURCES, "the /32, but not its port: no way back to the /24", source="127.0.5.5:42000"),
    _tcp(SOURCES, "a port at any address", source="127.0.6.1:42000"),
    _tcp(SOURCES, "a port that the /24 does not ask for", source="127.0.5.1:42000"),
    _tcp(SOURCES, source="127.0.6.1"),
    _tcp(SOURCE_TYPES, "the type comes before the address", source="127.0.5.1"),
    _tcp(SOURCE_TYPES, "from 127.0.0.1", source="127.0.0.1"),
    _tcp(SOURCE_TYPES, "other loopback addresses are external", source="127.0.0.2"),
    _tcp(SOURCE_TYPES, "from the address that it goes to", source=GATEWAY),
    _tcp(SOURCE_TYPES, "the direct address comes before the type", source="127.0.7.1"),
    _tcp(BALANCED, "external", source="203.0.113.9:5555", through_load_balancer=True),
    _tcp(
        BALANCED,
        "the direct address is the load balancer's",
        source="127.0.7.1:5555",
        through_load_balancer=True,
    ),
    _tls(NO_WAY_BACK, "a.example.com"),
    _tls(NO_WAY_BACK, "b.example.com", "the address leads away from the chain with the name"),
    _tls(NO_WAY_BACK, "b.example.com", "another address", address="127.10.9.9"),
    _tcp(DEFAULT, "the default chain"),
    _tcp(NOTHING, "no chain, no default"),
    _http(NOTHING, "no chain, no default"),
    _tls(DISABLED, "a.b.example.com", "tls_inspector is disabled for the port"),
    _tls(DISABLED_UNTIL, "a.b.example.com", "the range of ports ends before its end"),
    _tcp(WEIGHTED, "weighted clusters", count=16),
    _tls(TERMINATED, "one.example.com"),
    _tls(TERMINATED, "two.example.com"),
    _tls(TERMINATED, "one.example.com", "another authority", authority="two.example.com"),
    _tls(TERMINATED, "two.example.com", "another authority", authority="one.example.com"),
    _tls(TERMINATED, "one.example.com", "with a protocol", alpn=("http/1.1",)),
    _tls(TERMINATED, "other.test", "no chain for the name"),
    _http(TERMINATED, "no TLS"),
    _tls(BY_NAME, _name("v1"), "the server name is a cluster's"),
    _tls(BY_NAME, _name("v9"), "a cluster that is not there"),
    _tls(BY_NAME, "", "no server name: the cluster of tcp_proxy", authority="example.com"),
]
