"""Both sides hold the same configuration."""

from .. import mesh
from ..lab import Lab


def capture(lab: Lab) -> None:
    lab.start(mesh.bookstore())
    lab.capture()
