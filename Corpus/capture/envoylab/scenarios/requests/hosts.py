"""Which virtual host: exact names, wildcards of both kinds, ports, case, trailing dots."""

from ... import shapes
from ...snapshot import Snapshot
from ...traffic.certificates import Certificates
from ...traffic.request import Request
from . import backends
from .backends import get

PORT_IGNORED, PORT_MATTERS, DOT_STRIPPED, ANY_PORT_STRIPPED, OWN_PORT_STRIPPED = range(8080, 8085)


def configure(snapshot: Snapshot, _: Certificates) -> None:
    backends.add_gateway(
        snapshot,
        PORT_IGNORED,
        [
            _host("exact", "exact.example.com", "203.0.113.1", "[2001:db8::1]"),
            _host("mixed", "Mixed.Example.com"),
            _host("suffix", "*.example.com"),
            _host("longer-suffix", "*.deep.example.com"),
            _host("dash-suffix", "*-dash.example.com"),
            _host("prefix", "api.*"),
            _host("longer-prefix", "api.example.*"),
        ],
    )
    with_ports = [
        _host("plain", "plain.example.com"),
        _host("ported", "ported.example.com:8081"),
        _host("ported-suffix", "*.wild.example.com:8081"),
        _host("prefix", "api.example.*"),
        _host("any", "*"),
    ]
    keep = {"ignorePortInHostMatching": False}
    backends.add_gateway(snapshot, PORT_MATTERS, with_ports, keep)
    names = [_host("plain", "plain.example.com"), _host("any", "*")]
    backends.add_gateway(snapshot, DOT_STRIPPED, names, stripTrailingHostDot=True)
    backends.add_gateway(snapshot, ANY_PORT_STRIPPED, names, keep, stripAnyHostPort=True)
    backends.add_gateway(snapshot, OWN_PORT_STRIPPED, names, keep, stripMatchingHostPort=True)


def _host(name: str, *domains: str) -> shapes.Resource:
    """A virtual host with one route that bears its name."""
    return shapes.virtual_host(name, domains, [shapes.route(name, {"prefix": "/"}, backends.V1)])


REQUESTS: list[Request] = [
    get(PORT_IGNORED, "exact.example.com"),
    get(PORT_IGNORED, "EXACT.Example.COM", note="upper case"),
    get(PORT_IGNORED, "exact.example.com:8080", note="the listener's port"),
    get(PORT_IGNORED, "exact.example.com:1234", note="another port"),
    get(PORT_IGNORED, "exact.example.com:abc", note="no number for a port"),
    get(PORT_IGNORED, "exact.example.com.", note="a trailing dot is part of the name"),
    get(PORT_IGNORED, "203.0.113.1:8080", note="an address with a port"),
    get(PORT_IGNORED, "[2001:db8::1]", note="an IPv6 address"),
    get(PORT_IGNORED, "[2001:db8::1]:8080", note="an IPv6 address with a port"),
    get(PORT_IGNORED, "mixed.example.com", note="the domain has upper case in the configuration"),
    get(PORT_IGNORED, "a.example.com", note="a suffix wildcard"),
    get(PORT_IGNORED, "a.b.example.com", note="a suffix wildcard matches any depth"),
    get(PORT_IGNORED, "A.EXAMPLE.COM:8080", note="a wildcard, upper case and a port"),
    get(PORT_IGNORED, "a.deep.example.com", note="the longer suffix wins"),
    get(PORT_IGNORED, "deep.example.com", note="the longer suffix needs something before it"),
    get(PORT_IGNORED, "example.com", note="a suffix wildcard does not match the bare name"),
    get(PORT_IGNORED, "x-dash.example.com", note="a suffix need not begin at a dot"),
    get(PORT_IGNORED, "-dash.example.com", note="nothing before the longer suffix"),
    get(PORT_IGNORED, "api.example.com", note="a suffix wildcard comes before a prefix one"),
    get(PORT_IGNORED, "api.example.org", note="the longer prefix wins"),
    get(PORT_IGNORED, "api.other.org", note="a prefix wildcard"),
    get(PORT_IGNORED, "api.", note="a prefix wildcard needs something after it"),
    get(PORT_IGNORED, "nowhere.test", note="no virtual host"),
    get(PORT_IGNORED, "", note="an empty authority"),
    get(PORT_IGNORED, "exact.example.com", note="HTTP/1.0 is refused", http_version="1.0"),
    get(PORT_MATTERS, "plain.example.com"),
    get(PORT_MATTERS, "plain.example.com:8081", note="the port is part of the name"),
    get(PORT_MATTERS, "ported.example.com:8081"),
    get(PORT_MATTERS, "ported.example.com", note="the domain names a port"),
    get(PORT_MATTERS, "a.wild.example.com:8081", note="a suffix wildcard with a port"),
    get(PORT_MATTERS, "a.wild.example.com"),
    get(PORT_MATTERS, "api.example.org:8081", note="a prefix wildcard takes the port in"),
    get(DOT_STRIPPED, "plain.example.com."),
    get(DOT_STRIPPED, "plain.example.com.:8082", note="a dot before the port"),
    get(DOT_STRIPPED, "plain.example.com..", note="one dot is stripped, not two"),
    get(ANY_PORT_STRIPPED, "plain.example.com:99"),
    get(OWN_PORT_STRIPPED, "plain.example.com:8084", note="the listener's port is stripped"),
    get(OWN_PORT_STRIPPED, "plain.example.com:99", note="another port is not"),
]
