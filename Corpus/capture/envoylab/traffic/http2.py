"""As much of HTTP/2 as one request needs: frames, and heads without compression."""

import socket
import struct
from collections.abc import Sequence

from .request import Request

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, GOAWAY = 0, 1, 3, 4, 7
END_STREAM, END_HEADERS = 1, 4


def exchange(connection: socket.socket, request: Request) -> None:
    """Sends a request on stream 1 and reads until its answer has ended."""
    head = b"".join(_literal(name, value) for name, value in _fields(request))
    connection.sendall(
        PREFACE
        + _frame(SETTINGS, 0, 0, b"")
        + _frame(HEADERS, END_STREAM | END_HEADERS, 1, head)
    )
    while header := _read(connection, 9):
        length = int.from_bytes(header[:3], "big")
        kind, flags, stream = struct.unpack(">BBI", header[3:])
        _read(connection, length)
        if kind in (RST_STREAM, GOAWAY):
            return
        if kind in (HEADERS, DATA) and stream == 1 and flags & END_STREAM:
            return


def _fields(request: Request) -> Sequence[tuple[str, str]]:
    scheme = "https" if request.protocol == "https" else "http"
    pseudo = [(":method", request.method), (":authority", request.authority)]
    # A CONNECT of its own form has neither scheme nor path; the extended one has both.
    if request.method != "CONNECT" or any(name == ":protocol" for name, _ in request.headers):
        pseudo += [(":scheme", scheme), (":path", request.path)]
    return [*pseudo, *request.headers]


def _literal(name: str, value: str) -> bytes:
    """A field that is not indexed, as two plain strings."""
    return b"\0" + _string(name) + _string(value)


def _string(text: str) -> bytes:
    data = text.encode("latin-1")
    if len(data) < 127:
        return bytes([len(data)]) + data
    rest, digits = len(data) - 127, bytearray([127])
    while rest >= 128:
        digits.append(rest % 128 + 128)
        rest //= 128
    return bytes([*digits, rest]) + data


def _frame(kind: int, flags: int, stream: int, payload: bytes) -> bytes:
    return len(payload).to_bytes(3, "big") + struct.pack(">BBI", kind, flags, stream) + payload


def _read(connection: socket.socket, length: int) -> bytes:
    """Exactly as many bytes, or fewer where the connection ends."""
    received = b""
    while len(received) < length and (chunk := connection.recv(length - len(received))):
        received += chunk
    return received
