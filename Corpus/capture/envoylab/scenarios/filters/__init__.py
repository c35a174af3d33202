"""Real requests over filters that answer by themselves, and over what leaves a gateway."""

from types import ModuleType

from ...lab import Lab
from .. import requests
from . import (
    credentials,
    fallbacks,
    levels,
    limits,
    metadata,
    protocols,
    sessions,
    tokens,
    transports,
    versions,
)

FEATURES: tuple[ModuleType, ...] = (
    credentials,
    tokens,
    sessions,
    limits,
    levels,
    metadata,
    fallbacks,
    transports,
    protocols,
    versions,
)


def capture(lab: Lab) -> None:
    """Configures all features at once, sends their requests one by one, records the answers."""
    requests.record(lab, FEATURES)
