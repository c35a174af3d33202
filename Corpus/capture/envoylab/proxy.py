"""The Envoy process and its admin port."""

import http.client
import json
import pathlib
import subprocess
from typing import Any

from . import packages
from .bootstrap import ADMIN_PORT, Node, bootstrap
from .errors import CaptureError

# Relative, since Envoy shows it in /server_info: no path of the machine may enter a capture.
CONFIGURATION = pathlib.Path("etc/istio/proxy/envoy-rev.json")
ARGUMENTS = (
    "--disable-hot-restart",
    "--drain-strategy immediate",
    "--drain-time-s 45",
    "--local-address-ip-version v4",
    "--file-flush-interval-msec 10",
    "--log-level warning",
    "--concurrency 2",
)


class Proxy:
    """One Envoy that works in `folder`; what it writes to its standard output is its access log."""

    def __init__(self, folder: pathlib.Path, node: Node) -> None:
        self.access_log = folder / "access.log"
        self._error_log = folder / "envoy.log"
        self._folder = folder
        self._node = node
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        text = json.dumps(bootstrap(self._node), indent=1)
        (self._folder / CONFIGURATION).write_text(text, encoding="utf-8")
        arguments = " ".join(ARGUMENTS).split()
        command = [str(packages.envoy_binary()), "-c", str(CONFIGURATION), *arguments]
        with self.access_log.open("wb") as output, self._error_log.open("wb") as errors:
            self._process = subprocess.Popen(
                command, cwd=self._folder, stdout=output, stderr=errors, stdin=subprocess.DEVNULL
            )

    def check(self) -> None:
        """Throws when Envoy has ended; its last words are the message."""
        if self._process is None or self._process.poll() is not None:
            words = self._error_log.read_text(encoding="utf-8", errors="replace")[-2000:]
            raise CaptureError(f"Envoy has ended:\n{words}")

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(timeout=10)

    def get(self, path: str) -> bytes:
        """Envoy's answer to a GET of an admin page."""
        self.check()
        connection = http.client.HTTPConnection("127.0.0.1", ADMIN_PORT, timeout=30)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise CaptureError(f"Envoy answers {path} with {response.status}")
        return body

    def is_ready(self) -> bool:
        """Whether Envoy serves and nothing of its configuration is warming."""
        self.check()
        try:
            if self.get("/ready") != b"LIVE\n":
                return False
            gauges = self._stats("warming")
        except (OSError, http.client.HTTPException, CaptureError):
            self.check()  # not listening yet, or not ready: no error while the process lives
            return False
        return not any(gauges.values())

    def _stats(self, pattern: str) -> dict[str, Any]:
        answer = json.loads(self.get(f"/stats?format=json&filter={pattern}"))
        return {item["name"]: item["value"] for item in answer["stats"] if "name" in item}
