"""Real requests over the features of routing, and where Envoy says that each went."""

from collections.abc import Sequence
from types import ModuleType

from ...bootstrap import Node
from ...lab import Lab
from ...snapshot import Snapshot
from ...traffic.certificates import Certificates
from ...traffic.recorder import Recorder
from ...traffic.upstreams import Upstreams
from . import (
    actions,
    backends,
    endpoints,
    filter_chains,
    headers,
    hosts,
    matcher_trees,
    paths,
    policies,
    sidecar,
)

FEATURES: tuple[ModuleType, ...] = (
    hosts,
    paths,
    headers,
    actions,
    endpoints,
    policies,
    filter_chains,
    matcher_trees,
    sidecar,
)
GATEWAY = Node(
    kind="router",
    address=backends.GATEWAY,
    workload="istio-ingressgateway",
    pod="istio-ingressgateway-7c9f6d8b5-x2k4p",
    namespace="istio-system",
)


def capture(lab: Lab) -> None:
    """Configures all features at once, sends their requests one by one, records the answers."""
    record(lab, FEATURES)


def record(lab: Lab, features: Sequence[ModuleType]) -> None:
    """Captures one gateway with some features, and what becomes of their requests."""
    certificates = Certificates(lab.work / "certificates")
    upstreams = Upstreams(backends.UPSTREAM_PORTS)
    snapshot = Snapshot()
    backends.configure(snapshot)
    for feature in features:
        feature.configure(snapshot, certificates)
    upstreams.start()
    try:
        lab.start(snapshot, GATEWAY)
        recorder = Recorder(lab, certificates, upstreams, GATEWAY.pod)
        for feature in features:
            recorder.record(feature.__name__.rpartition(".")[2], feature.REQUESTS)
    finally:
        upstreams.stop()
    lab.capture()
    (lab.output / "traces.json").write_text(recorder.text(), encoding="utf-8")
