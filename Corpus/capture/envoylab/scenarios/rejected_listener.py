"""Envoy rejects a listener (two filter chains with one match) and keeps the one that it has."""

from .. import mesh
from ..errors import CaptureError
from ..lab import Lab
from ..snapshot import Kind


def capture(lab: Lab) -> None:
    lab.start(mesh.bookstore())
    newer = lab.control_plane.snapshot.copy()
    listener = newer[Kind.LISTENER]["0.0.0.0_9080"]
    listener.filter_chains.append(listener.filter_chains[0])
    lab.push(newer)
    rejection = lab.rejection()
    if rejection.kind is not Kind.LISTENER:
        raise CaptureError(f"Envoy rejected something else: {rejection}")
    lab.capture()
