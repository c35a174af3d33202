"""Sends requests and makes rows of what Envoy's access log says."""

import collections
import contextlib
import json
import queue
from collections.abc import Iterable
from typing import Any

from ..errors import CaptureError
from ..lab import Lab
from ..snapshot import Kind, Snapshot
from . import client
from .access_log import AccessLog
from .certificates import Certificates
from .request import Request
from .upstreams import Upstreams


class Recorder:
    """Numbers the rows and keeps them."""

    def __init__(
        self, lab: Lab, certificates: Certificates, upstreams: Upstreams, proxy: str
    ) -> None:
        self.rows: list[dict[str, Any]] = []
        self._certificates = certificates
        self._upstreams = upstreams
        self._proxy = proxy
        self._log = AccessLog(lab.proxy.access_log)
        self._clusters = _clusters_by_address(lab.control_plane.snapshot)

    def record(self, feature: str, requests: Iterable[Request]) -> None:
        for request in requests:
            row = request.row(len(self.rows) + 1, feature, self._proxy)
            self.rows.append(row | {"expected": self._expected(request)})

    def text(self) -> str:
        """The rows as JSON, a row a line."""
        lines = (json.dumps(row, ensure_ascii=False) for row in self.rows)
        return "[\n" + ",\n".join(lines) + "\n]\n"

    def _expected(self, request: Request) -> dict[str, Any]:
        entries, mirrors = [], set()
        for _ in range(request.count):
            self._forget_arrivals()
            peer = client.send(request, self._certificates)
            if (entry := self._log.entry(peer)) is None:
                raise CaptureError(f"Envoy logged nothing of {request}")
            entries.append(entry)
            mirrors |= self._mirrors(request, entries[-1]["host"])

        def seen(key: str) -> list[Any]:
            return sorted({entry[key] for entry in entries if entry[key] not in (None, "-", "")})

        clusters = collections.Counter(entry["cluster"] or "-" for entry in entries)
        expected = {
            "cluster": dict(sorted(clusters.items())),
            "route_name": seen("route"),
            "filter_chain": seen("filter_chain"),
            "host": seen("host"),
            "response_flags": seen("flags"),
            "response_code": seen("response_code"),
            "response_code_details": seen("details"),
        }
        forwarded = [entry for entry in entries if entry["host"]]
        if rewritten := _changed(request.path, forwarded, "path"):
            expected["forwarded_path"] = rewritten
        if rewritten := _changed(request.authority, forwarded, "authority"):
            expected["forwarded_authority"] = rewritten
        if locations := seen("location"):
            expected["location"] = locations
        if terminations := seen("terminated"):
            expected["connection_termination_details"] = terminations
        if request.mirrors:
            expected["mirrors"] = sorted(mirrors)
        return expected

    def _forget_arrivals(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._upstreams.arrivals.get_nowait()

    def _mirrors(self, request: Request, host: str | None) -> set[str]:
        """The clusters whose pods got a copy, beside the host that the log names."""
        arrivals: list[str] = []
        expected = request.mirrors + (host is not None)
        if request.mirrors:
            with contextlib.suppress(queue.Empty):
                while len(arrivals) < expected:
                    arrivals.append(self._upstreams.arrivals.get(timeout=2))
        return {self._clusters[address] for address in arrivals if address != host}


def _changed(sent: str, entries: list[dict[str, Any]], key: str) -> list[str]:
    return sorted({entry[key] for entry in entries if entry[key] not in (None, sent)})


def _clusters_by_address(snapshot: Snapshot) -> dict[str, str]:
    return {
        f"{address.address}:{address.port_value}": name
        for name, assignment in snapshot[Kind.ENDPOINTS].items()
        for locality in assignment.endpoints
        for item in locality.lb_endpoints
        for address in (item.endpoint.address.socket_address,)
    }
