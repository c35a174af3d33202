"""A laboratory: one control plane and one Envoy under it, from which a scenario takes captures."""

import base64
import contextlib
import pathlib
import time
from collections.abc import Callable
from types import TracebackType

from . import istiod
from .bootstrap import XDS_SOCKET, Node
from .control_plane import ControlPlane, Rejection
from .errors import CaptureError
from .proxy import Proxy
from .snapshot import Snapshot

PAGES = {
    "config_dump.json": "/config_dump",
    "config_dump_eds.json": "/config_dump?include_eds",
    "clusters.json": "/clusters?format=json",
    "listeners.json": "/listeners?format=json",
    "certs.json": "/certs",
    "server_info.json": "/server_info",
}
SIDECAR = Node(
    kind="sidecar",
    address="10.244.0.11",
    workload="productpage-v1",
    pod="productpage-v1-7f44c4d57c-6wkqz",
    namespace="default",
)


class Lab(contextlib.AbstractContextManager):
    """Starts both sides, waits for them, writes what they answer into `output`, and ends them.

    `work` holds what the processes need while they run: sockets, Envoy's bootstrap, logs, keys.
    """

    def __init__(self, work: pathlib.Path, output: pathlib.Path) -> None:
        self.work = work
        self.output = output
        self._proxy: Proxy | None = None
        self._control_plane: ControlPlane | None = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._proxy is not None:
            self._proxy.stop()
        if self._control_plane is not None:
            self._control_plane.stop()

    @property
    def proxy(self) -> Proxy:
        if self._proxy is None:
            raise CaptureError("the scenario has not started its Envoy")
        return self._proxy

    @property
    def control_plane(self) -> ControlPlane:
        if self._control_plane is None:
            raise CaptureError("the scenario has not started its control plane")
        return self._control_plane

    def start(self, snapshot: Snapshot, node: Node = SIDECAR) -> None:
        """Starts the control plane with a state and an Envoy under it; waits until both agree."""
        socket = self.work / XDS_SOCKET
        socket.parent.mkdir(parents=True)
        self._control_plane = ControlPlane(snapshot)
        self._control_plane.start(socket)
        self._proxy = Proxy(self.work, node)
        self._proxy.start()
        self.settle()
        for rejection in self.control_plane.rejections:
            raise CaptureError(f"Envoy rejected {rejection}")

    def push(self, snapshot: Snapshot) -> None:
        """Sends a new state and waits until Envoy has taken it, or refused it."""
        self.control_plane.push(snapshot)
        self.settle()

    def withhold(self, snapshot: Snapshot) -> None:
        """Gives the control plane a new state that Envoy does not receive."""
        self.control_plane.withhold(snapshot)

    def settle(self) -> None:
        """Waits until Envoy has answered every push and nothing is warming."""
        self.wait(
            "Envoy to take its configuration",
            lambda: self.proxy.is_ready() and self.control_plane.is_settled,
        )

    def rejection(self) -> Rejection:
        """Waits for Envoy to refuse something."""
        self.wait("Envoy to reject the push", lambda: bool(self.control_plane.rejections))
        return self.control_plane.rejections[-1]

    def wait(self, what: str, condition: Callable[[], bool], seconds: float = 20) -> None:
        """Asks ten times a second, for a bounded time."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise CaptureError(f"waited {seconds:g} s for {what}")
            time.sleep(0.1)

    def capture(self) -> None:
        """Writes what Envoy's admin port answers and what the control plane holds."""
        for name, page in PAGES.items():
            (self.output / name).write_bytes(self.proxy.get(page))
        plane = self.control_plane
        for name, include_endpoints in (
            ("istiod_config_dump.json", False),
            ("istiod_config_dump_eds.json", True),
        ):
            text = istiod.config_dump(plane.snapshot, plane.version, include_endpoints)
            (self.output / name).write_text(text, encoding="utf-8")
        self._check_for_keys()

    def _check_for_keys(self) -> None:
        """Refuses a capture that holds a private key, in PEM or as base64 at any offset."""
        text = b"PRIVATE KEY-----"
        # The first and the last four characters also hold what stands before and after.
        marks = [text, *(base64.b64encode(bytes(shift) + text)[4:-4] for shift in (1, 2, 3))]
        for path in self.output.iterdir():
            data = path.read_bytes()
            if any(mark in data for mark in marks):
                raise CaptureError(f"{path.name} holds a private key")
