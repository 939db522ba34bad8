"""What belongs to the run: what a request and its reply mean for the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conformance.contract.facets.create import Create
from conformance.contract.message import Exchange, Reply, Request
from conformance.contract.pointer import ABSENT
from conformance.contract.semantics.resource import Resource
from conformance.contract.success import succeeded
from conformance.contract.vendor import Vendor
from conformance.engine.ending import ended_by
from conformance.engine.ledger import Entry, Ledger

WRITES = frozenset({"write-own", "write-shared", "starts-execution", "irreversible"})


@dataclass(frozen=True)
class Ownership:
    """Keeps the ledger by what the semantics say of each operation."""

    vendor: Vendor
    ledger: Ledger

    def claim(self, request: Request) -> None:
        """Tell the ledger that the ids in ``request`` name nothing of anybody's, so that it may be sent."""
        for one in self._ids_in(request):
            self.ledger.claim(one)

    def of_others(self, request: Request) -> str | None:
        """The first id in ``request`` that names nothing of the run's; ``None`` when there is none."""
        return next((one for one in self._ids_in(request) if not self.ledger.holds(one)), None)

    def _ids_in(self, request: Request) -> Iterator[str]:
        """The ids of resources that a request names, wherever they stand in it."""
        for place, value in self.vendor.semantics.operations[request.operation].request.items():
            yield from value.ids_in(place.sent(request))

    def create(self, operation: str) -> Create | None:
        """How ``operation`` creates, if it does."""
        found = self.vendor.semantics.operations[operation].facets.get("create")
        return found if isinstance(found, Create) else None

    def intended(self, request: Request, identity: str) -> Entry | None:
        """What a create may make: nothing is known of one under a key that the run did not make up."""
        create = self.create(request.operation)
        if create is None:
            return None
        keys = [place.sent(request) for place in create.key]
        parent = self._parent(create, request)
        if ABSENT in keys:
            return Entry(create.resource, "", identity, parent=parent)
        if not all(self.ledger.holds(str(key)) for key in keys):
            return None
        if self._is_id(create):
            return Entry(create.resource, str(keys[-1]), identity, parent=parent)
        return Entry(create.resource, "", identity, "/".join(map(str, keys)), parent)

    def _is_id(self, create: Create) -> bool:
        """Whether the key that the caller chooses is the id of what is made."""
        return bool(create.key) and create.key[-1].part != "header" and self._made_by(create).key is None

    def _parent(self, create: Create, request: Request) -> str:
        """The id of what the created resource is to belong to, if anything."""
        parent = self._made_by(create).parent
        found = ABSENT if parent is None else parent.place.sent(request)
        return "" if found is ABSENT else str(found)

    def _made_by(self, create: Create) -> Resource:
        return self.vendor.semantics.resources[create.resource]

    def enter(self, request: Request, identity: str) -> None:
        """Write down a create before it is sent, under the key that the caller chose."""
        intended = self.intended(request, identity)
        if intended is not None:
            self.ledger.intend(intended)

    def withdraw(self, request: Request, identity: str) -> None:
        """Take back what was counted and written down of a request that is not sent after all."""
        effect = self.vendor.semantics.operations[request.operation].effect
        if effect in WRITES:
            self.ledger.refund(starts=effect == "starts-execution")
        intended = self.intended(request, identity)
        if intended is not None:
            self.ledger.settle(intended, None)

    def settle(self, exchange: Exchange, reply: Reply, *, undoing: bool) -> None:
        """Enter what a reply shows to be made, or at its end; what is undone when the run is over is counted there.

        A create stays intended that may have been carried out: the server failed at it, or shows no id of what it made.
        """
        request, semantics = exchange.request, self.vendor.semantics
        create = self.create(request.operation)
        if create is None and semantics.operations[request.operation].effect not in WRITES:
            return
        done = succeeded(semantics, request.operation, reply)
        if done and not undoing:
            for resource, id in ended_by(semantics, request, reply):  # noqa: A001 - an id is what it is
                self.ledger.end(resource, id)
        if create is None or reply.status >= 500:
            return
        intended = self.intended(request, exchange.identity)
        new = done and (intended is not None or create.is_new(reply.status))
        found = self._made_by(create).made_id(request, reply) if new else ABSENT
        if new and found is ABSENT:
            return
        made = Entry(create.resource, str(found), exchange.identity, parent=self._parent(create, request))
        self.ledger.settle(intended, made if new else None)
