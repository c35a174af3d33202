"""A small control plane: ADS over gRPC in the incremental (delta) form that Istio uses."""

import dataclasses
import datetime
import itertools
import pathlib
import queue
import threading
from collections.abc import Iterable, Iterator
from concurrent import futures

import grpc
from envoy.service.discovery.v3 import ads_pb2_grpc, discovery_pb2
from google.protobuf import any_pb2

from .snapshot import Kind, Snapshot

UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


@dataclasses.dataclass(frozen=True)
class Rejection:
    """A NACK: Envoy refused a push."""

    kind: Kind
    reason: str

    def __str__(self) -> str:
        # Envoy prints the whole resource first and the reason at the end.
        return f"{self.kind.name.lower()}: …{self.reason[-400:]}"


@dataclasses.dataclass(frozen=True)
class _Push:
    """Resources of one kind that changed; it waits in a stream's inbox beside the requests."""

    kind: Kind
    names: list[str]
    removed: list[str] = dataclasses.field(default_factory=list)
    ticket: str = ""


class ControlPlane(ads_pb2_grpc.AggregatedDiscoveryServiceServicer):
    """Serves a snapshot to any Envoy that connects, and pushes what changes.

    What it holds is what Istiod's dump shows, whether or not Envoy has received it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.rejections: list[Rejection] = []
        self._lock = threading.Lock()
        self._started = datetime.datetime.now(datetime.UTC)
        self._generation = 1
        self._tickets = itertools.count(1)
        self._unanswered: set[str] = set()
        self._inboxes: list[queue.SimpleQueue] = []
        self._server = grpc.server(futures.ThreadPoolExecutor(max_workers=8), options=UNLIMITED)
        ads_pb2_grpc.add_AggregatedDiscoveryServiceServicer_to_server(self, self._server)

    @property
    def version(self) -> str:
        """The version of the last push as Istiod writes it: `TIME/N`."""
        return f"{self._started:%Y-%m-%dT%H:%M:%SZ}/{self._generation}"

    @property
    def is_settled(self) -> bool:
        """Whether Envoy has accepted or rejected all that was pushed."""
        with self._lock:
            return bool(self._inboxes) and not self._unanswered

    def start(self, socket: pathlib.Path) -> None:
        self._server.add_insecure_port(f"unix:{socket}")
        self._server.start()

    def stop(self) -> None:
        for inbox in list(self._inboxes):
            inbox.put(None)
        self._server.stop(grace=1).wait()

    def withhold(self, snapshot: Snapshot) -> None:
        """Takes a new state but sends nothing: Envoy is stale from here on."""
        self.snapshot = snapshot
        self._generation += 1

    def push(self, snapshot: Snapshot) -> None:
        """Takes a new state and sends what it changes."""
        before, self.snapshot = self.snapshot, snapshot
        self._generation += 1
        for kind in Kind:
            old, new = before[kind], snapshot[kind]
            names = [name for name in new if old.get(name) != new[name]]
            removed = [name for name in old if name not in new]
            if names or removed:
                for inbox in list(self._inboxes):
                    # Until the stream has sent it, the push counts as unanswered by its ticket.
                    inbox.put(_Push(kind, names, removed, self._ticket()))

    def DeltaAggregatedResources(  # noqa: N802 (the name that gRPC calls)
        self,
        requests: Iterable[discovery_pb2.DeltaDiscoveryRequest],
        context: grpc.ServicerContext,
    ) -> Iterator[discovery_pb2.DeltaDiscoveryResponse]:
        """One Envoy's stream: answers what it subscribes to, and forwards pushes."""
        inbox: queue.SimpleQueue = queue.SimpleQueue()
        threading.Thread(target=_forward, args=(requests, inbox), daemon=True).start()
        self._inboxes.append(inbox)
        subscribed: dict[Kind, set[str]] = {}
        try:
            while (event := inbox.get()) is not None:
                push = event if isinstance(event, _Push) else self._subscribe(event, subscribed)
                if push is None:
                    continue
                response = self._response(push, subscribed)
                with self._lock:
                    self._unanswered.discard(push.ticket)
                if response is not None:
                    yield response
        finally:
            self._inboxes.remove(inbox)

    def _subscribe(
        self,
        request: discovery_pb2.DeltaDiscoveryRequest,
        subscribed: dict[Kind, set[str]],
    ) -> _Push | None:
        """Takes in an answer or a subscription; returns what is to be sent for it."""
        kind = next((kind for kind in Kind if kind.type_url == request.type_url), None)
        if kind is None:
            return None
        with self._lock:
            self._unanswered.discard(request.response_nonce)
            if request.HasField("error_detail"):
                self.rejections.append(Rejection(kind, request.error_detail.message))
        is_first = kind not in subscribed
        wanted = subscribed.setdefault(kind, set())
        wanted.update(request.resource_names_subscribe)
        wanted.difference_update(request.resource_names_unsubscribe)
        held = self.snapshot[kind]
        if kind.is_wildcard:
            return _Push(kind, list(held)) if is_first else None
        names = [name for name in request.resource_names_subscribe if name in held]
        return _Push(kind, names) if names else None

    def _response(
        self, push: _Push, subscribed: dict[Kind, set[str]]
    ) -> discovery_pb2.DeltaDiscoveryResponse | None:
        """What a stream gets of a push: nothing where it has not asked for any of it."""
        if push.kind not in subscribed:
            return None
        wanted = subscribed[push.kind]
        names = [name for name in push.names if push.kind.is_wildcard or name in wanted]
        if not names and not push.removed and not push.kind.is_wildcard:
            return None
        response = discovery_pb2.DeltaDiscoveryResponse(
            system_version_info=self.version,
            type_url=push.kind.type_url,
            nonce=self._ticket(),
            removed_resources=push.removed,
        )
        for name in names:
            packed = any_pb2.Any()
            packed.Pack(self.snapshot[push.kind][name], deterministic=True)
            response.resources.add(name=name, resource=packed)
        return response

    def _ticket(self) -> str:
        """A new name for something that Envoy has to answer."""
        with self._lock:
            ticket = f"{next(self._tickets)}"
            self._unanswered.add(ticket)
        return ticket


def _forward(
    requests: Iterable[discovery_pb2.DeltaDiscoveryRequest], inbox: queue.SimpleQueue
) -> None:
    """Moves a stream's requests into its inbox; `None` says that the stream has ended."""
    try:
        for request in requests:
            inbox.put(request)
    except grpc.RpcError:
        pass  # the usual end: Envoy closed the stream
    finally:
        inbox.put(None)
