"""Operations and webhooks that came, went, or are called otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.contract.schema import Direction
from conformance.drift.change import Change, Level
from conformance.drift.comparison import Comparison
from conformance.drift.document.model import Operation
from conformance.drift.families._sunset import softened
from conformance.drift.wording import change


def changes(comparison: Comparison) -> Iterator[Change]:
    """Removed and added operations, then the names of those that stayed."""
    matched = comparison.matched
    for one in matched.removed:
        level: Level = softened(one.raw, comparison.today)
        rule = f"{one.kind}-removed{'-after-sunset' if level == 'client' else ''}"
        yield change(level, rule, one.name, one.pointer, _direction(one), _title(one), gone=True)
    for one in matched.added:
        yield change("additive", f"{one.kind}-added", one.name, one.pointer, _direction(one), after=_title(one))
    for one, other in matched.pairs:
        yield from _names(one, other)


def _names(old: Operation, new: Operation) -> Iterator[Change]:
    if old.id != new.id:
        yield change(
            "client",
            "operation-renamed",
            new.name,
            f"{new.pointer}/operationId" if new.id else new.pointer,
            "request",
            old.id or None,
            new.id or None,
        )
    if old.tags != new.tags:
        level: Level = "client" if old.tags[:1] != new.tags[:1] else "docs"
        rule = "operation-moved" if level == "client" else "operation-tags-changed"
        at = f"{new.pointer}/tags" if new.tags else new.pointer
        yield change(level, rule, new.name, at, "request", list(old.tags), list(new.tags))
    was, is_now = (one.raw.get("deprecated") is True for one in (old, new))
    if was != is_now:
        rule = "operation-deprecated" if is_now else "operation-reinstated"
        at = f"{new.pointer}/deprecated" if "deprecated" in new.raw else new.pointer
        yield change("docs", rule, new.name, at, "request", was, is_now)


def _title(operation: Operation) -> str:
    return operation.path if operation.kind == "webhook" else f"{operation.method.upper()} {operation.path}"


def _direction(operation: Operation) -> Direction:
    return "response" if operation.is_outgoing else "request"
