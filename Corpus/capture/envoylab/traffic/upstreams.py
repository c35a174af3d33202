"""The far end: servers that answer whatever Envoy forwards, and remember at which address."""

import http.client
import queue
import socket
import socketserver
import threading
from collections.abc import Sequence

METHODS = (b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"PATCH")
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 3\r\n\r\nok\n"


class Upstreams:
    """Serves every loopback address at each of the ports: one server plays all pods."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.arrivals: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._servers = [_Server(("0.0.0.0", port), _Handler) for port in ports]
        for server in self._servers:
            server.arrivals = self.arrivals

    def start(self) -> None:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    arrivals: queue.SimpleQueue[str]


class _Handler(socketserver.StreamRequestHandler):
    """Answers HTTP/1.1 requests; anything else gets a line and the end of the connection."""

    server: _Server

    def handle(self) -> None:
        try:
            while first := self.request.recv(16, socket.MSG_PEEK):
                if first.partition(b" ")[0] not in METHODS:
                    self.wfile.write(b"ok\n")
                    return
                self._answer()
        except OSError:
            pass  # Envoy closed the connection

    def _answer(self) -> None:
        self.rfile.readline()
        headers = http.client.parse_headers(self.rfile)
        self.rfile.read(int(headers.get("content-length", 0)))
        self.server.arrivals.put("{}:{}".format(*self.request.getsockname()))
        self.wfile.write(ANSWER)
