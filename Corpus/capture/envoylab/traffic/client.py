"""Sends one request over one connection, byte for byte as the row says."""

import contextlib
import socket
import ssl

from ..errors import CaptureError
from . import http2
from .certificates import Certificates
from .request import Request, split_address

TIMEOUT = 10
# The client's address where a PROXY header names it and the request does not say.
DEFAULT_SOURCE = "10.244.0.30:40000"


def send(request: Request, certificates: Certificates) -> str:
    """Sends the request, reads the answer; returns the client's address, which the log names."""
    try:
        connection = socket.create_connection(
            request.entrance, TIMEOUT, source_address=_bound_source(request)
        )
    except OSError as error:
        raise CaptureError(f"cannot connect for {request}: {error}") from error
    with connection:
        peer = "{}:{}".format(*connection.getsockname())
        if request.has_proxy_header:
            connection.sendall(_proxy_header(request))
        # Envoy may refuse the connection: what it says of that is in its access log.
        with contextlib.suppress(OSError):
            _converse(connection, request, certificates)
    return peer


def _bound_source(request: Request) -> tuple[str, int] | None:
    if request.has_proxy_header or not request.source:
        return None
    return split_address(request.source)


def _proxy_header(request: Request) -> bytes:
    source, source_port = split_address(request.source or DEFAULT_SOURCE)
    destination, port = split_address(request.destination)
    source_port = source_port or split_address(DEFAULT_SOURCE)[1]
    return f"PROXY TCP4 {source} {destination} {source_port} {port}\r\n".encode()


def _converse(connection: socket.socket, request: Request, certificates: Certificates) -> None:
    if request.protocol == "https" or request.principal:
        context = _tls_context(request, certificates)
        with context.wrap_socket(connection, server_hostname=request.sni or None) as secured:
            _exchange(secured, request)
    else:
        _exchange(connection, request)


def _tls_context(request: Request, certificates: Certificates) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # the server under test has a certificate of our own
    if request.alpn:
        context.set_alpn_protocols(list(request.alpn))
    if request.principal:
        identity = certificates.client(request.principal)
        context.load_cert_chain(identity.certificate, identity.key)
    return context


def _exchange(connection: socket.socket, request: Request) -> None:
    if request.protocol == "tcp":
        connection.sendall(request.payload)
        while connection.recv(65536):
            pass
        return
    if request.http_version == "2":
        http2.exchange(connection, request)
        return
    lines = [f"{request.method} {request.path} HTTP/{request.http_version}"]
    lines += [f"Host: {request.authority}"]
    lines += [f"{name}: {value}" for name, value in request.headers]
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    _read_answer(connection)


def _read_answer(connection: socket.socket) -> None:
    """Reads until the answer is whole, so that closing is not what ends the request."""
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
        head, separator, body = received.partition(b"\r\n\r\n")
        if separator and len(body) >= _content_length(head):
            return


def _content_length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
