"""Reads Envoy's access log as it grows."""

import json
import pathlib
import time
from typing import Any


class AccessLog:
    """Finds what Envoy logged of a connection by the client's address and port."""

    def __init__(self, path: pathlib.Path) -> None:
        self._path = path
        self._offset = 0
        self._rest = b""

    def entry(self, peer: str, seconds: float = 5) -> dict[str, Any] | None:
        """Waits for the next entry of a connection; `None` when Envoy logs nothing of it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for entry in self._new_entries():
                if entry["peer"] == peer:
                    return entry
            time.sleep(0.005)
        return None

    def _new_entries(self) -> list[dict[str, Any]]:
        with self._path.open("rb") as file:
            file.seek(self._offset)
            data = file.read()
        self._offset += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [json.loads(line) for line in lines if line]
