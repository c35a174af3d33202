"""Filter chains chosen by a matcher tree, as a waypoint's are: address, port, name, protocol."""

from collections.abc import Mapping
from typing import Any

from ... import shapes
from ...shapes import Resource
from ...snapshot import TYPE_PREFIX, Kind, Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from . import backends

BY_ADDRESS, BY_NAME = 8420, 8421
INPUTS = "envoy.extensions.matching.common_inputs.network.v3"
CHAINS = ("one", "wide", "narrow", "http", "not-http", "last", "exact", "wildcard", "default")


def configure(snapshot: Snapshot, _: Certificates) -> None:
    chains = [shapes.filter_chain([shapes.tcp_proxy(backends.TCP)], name) for name in CHAINS[:-1]]
    default = shapes.filter_chain([shapes.tcp_proxy(backends.TCP)], CHAINS[-1])
    for port, matcher, inspectors in (
        (BY_ADDRESS, _by_address(), [shapes.http_inspector()]),
        (BY_NAME, _by_name(), [shapes.tls_inspector()]),
    ):
        listener = shapes.listener(
            port,
            chains,
            filterChainMatcher=matcher,
            listenerFilters=inspectors,
            defaultFilterChain=default,
        )
        snapshot.add(Kind.LISTENER, listener)


def _by_address() -> Resource:
    """A waypoint's order: the service's address, its port, then what the connection speaks."""
    ports = _map("DestinationPortInput", {str(BY_ADDRESS): _chain("one")})
    other_port = _map("DestinationPortInput", {"1": _chain("one")})
    protocols = _map(
        "ApplicationProtocolInput",
        {"'http/1.1'": _chain("http"), "'h2c'": _chain("http")},
        otherwise=_chain("not-http"),
    )
    ranges = [
        _ranges("127.20.0.1/32", {"matcher": ports}),
        _ranges("127.20.0.2/32", {"matcher": other_port}),
        _ranges("127.20.0.0/16", _chain("wide")),
        _ranges("127.20.1.0/24", _chain("narrow")),
        _ranges("127.23.0.1/32", {"matcher": other_port}),
        _ranges("127.23.0.0/16", _chain("wide"), exclusive=True),
        _ranges("127.21.0.1/32", {"matcher": protocols}),
    ]
    matcher = {
        "name": "ip",
        "typedConfig": {
            "@type": TYPE_PREFIX + "xds.type.matcher.v3.IPMatcher",
            "rangeMatchers": ranges,
        },
    }
    tree = {"input": _input("DestinationIPInput"), "customMatch": matcher}
    return {"matcherTree": tree, "onNoMatch": _chain("last")}


def _by_name() -> Resource:
    """Server names: a list of predicates, of which the first that holds decides."""

    def named(match: Mapping[str, Any], chain: str) -> Resource:
        single = {"input": _input("ServerNameInput"), "valueMatch": match}
        return {"predicate": {"singlePredicate": single}, "onMatch": _chain(chain)}

    matchers = [
        named({"exact": "a.example.com"}, "exact"),
        named({"suffix": ".example.com"}, "wildcard"),
        named({"exact": "b.example.com"}, "last"),
    ]
    return {"matcherList": {"matchers": matchers}}


def _input(name: str) -> Resource:
    return {"name": name, "typedConfig": {"@type": f"{TYPE_PREFIX}{INPUTS}.{name}"}}


def _map(
    source: str, entries: Mapping[str, Resource], otherwise: Resource | None = None
) -> Resource:
    tree = {"input": _input(source), "exactMatchMap": {"map": dict(entries)}}
    return {"matcherTree": tree} | ({"onNoMatch": otherwise} if otherwise else {})


def _ranges(text: str, on_match: Resource, exclusive: bool = False) -> Resource:
    address, _, length = text.partition("/")
    ranges = [{"addressPrefix": address, "prefixLen": int(length)}]
    return {"ranges": ranges, "onMatch": on_match} | ({"exclusive": True} if exclusive else {})


def _chain(name: str) -> Resource:
    """The action of a match: the name of a filter chain."""
    value = {"@type": TYPE_PREFIX + "google.protobuf.StringValue", "value": name}
    return {"action": {"name": name, "typedConfig": value}}


def _tcp(address: str, note: str, **fields: Any) -> Request:
    destination = f"{address}:{BY_ADDRESS}"
    return Request(protocol="tcp", destination=destination, note=note, **fields)


def _tls(sni: str, note: str = "") -> Request:
    destination = f"{backends.GATEWAY}:{BY_NAME}"
    return Request(protocol="https", destination=destination, authority=sni, sni=sni, note=note)


REQUESTS: list[Request] = [
    _tcp("127.20.0.1", "address, then port"),
    _tcp("127.20.0.2", "another port: back to the wider range"),
    _tcp("127.20.9.9", "the wide range"),
    _tcp("127.20.1.9", "the longer prefix wins, whatever the order"),
    _tcp("127.23.0.1", "another port, and the wider range is exclusive"),
    _tcp("127.23.0.2", "the exclusive range"),
    _tcp("127.21.0.1", "no HTTP"),
    Request(
        destination=f"127.21.0.1:{BY_ADDRESS}",
        authority="any.example.com",
        note="HTTP/1.1: the input is in quotation marks",
    ),
    _tcp("127.22.0.1", "no range: on_no_match"),
    _tls("a.example.com"),
    _tls("x.example.com", "a suffix"),
    _tls("b.example.com", "the first predicate that holds, though a later one is exact"),
    _tls("A.EXAMPLE.COM", "upper case"),
    _tls("other.test", "no predicate holds: the default chain"),
]
