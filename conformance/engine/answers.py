"""What replies to writes show of resources, held against the reads right after them, in whichever case."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from conformance.contract.document import Operation
from conformance.contract.facets.job import Job
from conformance.contract.facets.log import Log
from conformance.contract.facets.stores import Stores
from conformance.contract.facets.validity import Validity
from conformance.contract.identity import id_text
from conformance.contract.media import covering
from conformance.contract.message import Exchange
from conformance.contract.pointer import get, without
from conformance.contract.semantics.resource import Resource
from conformance.contract.success import succeeded
from conformance.contract.vendor import Vendor
from conformance.engine.likeness import alike, told_throughout
from conformance.engine.ownership import WRITES

TWICE = 2
"""Disagreements that are no chance, where the two have never agreed."""


@dataclass(frozen=True)
class Disagreement:
    """What the reply to a write told at a place, what a read right after it showed there, and the case that saw it."""

    at: str
    told: object
    shown: object
    write: Exchange
    read: Exchange
    case: str


@dataclass
class Answers:
    """By operation, the places where the reply and the read after it have agreed, and those where they have not.

    ``moving`` are pointers by operation to what operations change, and so the server may have by itself in between.
    """

    agreed: dict[str, set[str]] = field(default_factory=dict)
    disagreed: dict[str, dict[str, list[Disagreement]]] = field(default_factory=dict)
    moving: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _kinds: dict[str, Resource | None] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def see(self, vendor: Vendor, before: Exchange, exchange: Exchange, case: str) -> None:
        """Hold what an exchange reads against what the one before it, in the same case, told of the same resource."""
        if before.operation not in self._kinds:
            self._kinds[before.operation] = answered(vendor, before.operation)
        resource = self._kinds[before.operation]
        if resource is None or not _follows(vendor, resource, before, exchange):
            return
        if before.operation not in self.moving:
            self.moving[before.operation] = frozenset(_changed(vendor, resource))
        assert before.reply is not None
        assert exchange.reply is not None
        left_out = (*resource.audit, *resource.moving)
        pairs = list(told_throughout(without(before.reply.json, left_out), without(exchange.reply.json, left_out)))
        with self._lock:
            for at, here, there in pairs:
                if alike(here, there):
                    self.agreed.setdefault(before.operation, set()).add(at)
                else:
                    places = self.disagreed.setdefault(before.operation, {})
                    places.setdefault(at, []).append(Disagreement(at, here, there, before, exchange, case))

    def wrong(self, operation: str, times: int = TWICE) -> Disagreement | None:
        """The first of so many disagreements at a place where replies of ``operation`` and reads have to agree.

        What may move in between has to have agreed never.
        """
        agreed, moving = self.agreed.get(operation, set()), self.moving.get(operation, frozenset())
        for at, found in self.disagreed.get(operation, {}).items():
            excused = at in agreed and any(at == one or at.startswith(f"{one}/") for one in moving)
            if len(found) >= times and not excused:
                return found[0]
        return None

    def is_unsure(self, operation: str) -> bool:
        """Whether no read followed a reply of ``operation`` that shows a list, or a disagreement may be chance."""
        lone = self.wrong(operation, 1) is not None and self.wrong(operation) is None
        places = self.agreed.get(operation, set()) | self.disagreed.get(operation, {}).keys()
        return lone or not any(at.rpartition("/")[2].isdigit() for at in places)


def answered(vendor: Vendor, operation: str) -> Resource | None:
    """The kind that a write answers as its read does, where the two have one schema and nothing moves it by itself.

    Only a write that creates something, or whose path names something, is known to be about one.
    """
    call = vendor.semantics.operations[operation]
    if call.effect not in WRITES or not (call.named or "create" in call.facets):
        return None
    declared = vendor.document.operations
    schema = _schema(declared[operation])
    if schema is None:
        return None
    kinds = (one for one in vendor.semantics.resources.values() if one.read and not _moves_by_itself(vendor, one))
    return next((one for one in kinds if one.read and _schema(declared[one.read.operation]) == schema), None)


def _moves_by_itself(vendor: Vendor, resource: Resource) -> bool:
    """Whether one takes a while to come to rest: it settles, or its read is the poll of a job."""
    jobs = (call.facets.get("job") for call in vendor.semantics.operations.values())
    polls = {job.poll.operation for job in jobs if isinstance(job, Job)}
    return resource.settles is not None or (resource.read is not None and resource.read.operation in polls)


def _changed(vendor: Vendor, resource: Resource) -> Iterator[str]:
    """Pointers to what commands and other operations change of a resource."""
    yield from filter(None, [resource.state])
    for command in resource.commands.values():
        yield from command.sets
    for call in vendor.semantics.operations.values():
        for facet in call.facets.values() if resource.name in call.named else ():
            if isinstance(facet, Stores):
                yield from (kept.at for kept in facet.kept.values())
            elif isinstance(facet, Validity):
                yield from (facet.value, facet.flag, facet.errors)
            elif isinstance(facet, Log):
                yield facet.entries


def _schema(operation: Operation) -> Mapping[str, object] | None:
    """The schema that every success is said to have, where it is a reference."""
    success = [media for status, media in operation.responses.items() if status.startswith("2")]
    found = [media.get(covering(media, "application/json") or "") for media in success]
    same = bool(found) and all(one == found[0] for one in found)
    return found[0] if same and found[0] is not None and "$ref" in found[0] else None


def _follows(vendor: Vendor, resource: Resource, before: Exchange, exchange: Exchange) -> bool:
    """Whether ``exchange`` reads, for the same identity, what ``before`` changed alone."""
    if resource.read is None or exchange.operation != resource.read.operation or before.together:
        return False
    if exchange.identity != before.identity or not _carried_out(vendor, before) or not _carried_out(vendor, exchange):
        return False
    assert before.reply is not None
    written = {*map(id_text, before.request.path.values()), id_text(get(before.reply.json, resource.id))}
    return id_text(resource.read.id.sent(exchange.request)) in written


def _carried_out(vendor: Vendor, exchange: Exchange) -> bool:
    reply = exchange.reply
    return reply is not None and reply.is_json and succeeded(vendor.semantics, exchange.operation, reply)
