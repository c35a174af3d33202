"""Runs the tool in a network namespace of its own that holds nothing but a loopback interface.

So any port can be bound whatever else runs on the machine, and nothing can leave: a real Envoy with
Istio's ports and addresses cannot reach, or be reached from, any network.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence

from .errors import CaptureError

INSIDE = "DRYDOCK_CAPTURE_INSIDE_NAMESPACE"


def enter(module: str, arguments: Sequence[str]) -> None:
    """Returns inside the namespace; outside it, replaces this process by one that is inside."""
    if os.environ.pop(INSIDE, None):
        _check_and_raise_loopback()
        return
    unshare = shutil.which("unshare")
    if unshare is None:
        raise CaptureError("the command unshare (util-linux) is missing")
    # Without root, a user namespace gives the right to make a network namespace where the kernel
    # allows that.
    options = ["--net"] if os.geteuid() == 0 else ["--map-root-user", "--net"]
    command = [unshare, *options, sys.executable, "-m", module, *arguments]
    sys.stdout.flush()
    os.execve(unshare, command, os.environ | {INSIDE: "1"})


def _check_and_raise_loopback() -> None:
    names = [name for _, name in socket.if_nameindex()]
    if names != ["lo"]:
        raise CaptureError(f"expected a namespace with loopback only, found {', '.join(names)}")
    ip = shutil.which("ip") or "/usr/sbin/ip"
    try:
        subprocess.run([ip, "link", "set", "lo", "up"], check=True, timeout=10)
    except (OSError, subprocess.SubprocessError) as error:
        raise CaptureError(f"loopback does not come up (iproute2 is needed): {error}") from error
