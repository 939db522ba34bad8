"""Operations that come, go, get another name, or are deprecated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from conformance.contract.pointer import join
from conformance.drift.change import Change
from conformance.drift.pair import Couple, Half, Pair, halves

SUNSET = "x-sunset"


def of_documents(pair: Pair) -> Iterator[Change]:
    """Operations that one document alone has."""
    old, new = halves(pair.old), halves(pair.new)
    for key, half in old.items():
        if key not in new:
            yield gone(half)
    for key, half in new.items():
        if key not in old:
            says = f"{half.method.upper()} {half.path} is new"
            yield Change("additive", "operation-added", half.id, half.pointer, says, after=half.id)


def gone(half: Half) -> Change:
    """The removal of an operation; one that was announced, and whose day has come, breaks no promise."""
    says = f"{half.method.upper()} {half.path} is gone"
    if half.node.get("deprecated") and is_over(half.node.get(SUNSET)):
        says += f", as announced for {half.node[SUNSET]}"
        return Change(
            "client", "operation-removed-after-sunset", half.id, half.pointer, says, before=half.id, gone=True
        )
    return Change("breaking", "operation-removed", half.id, half.pointer, says, before=half.id, gone=True)


def is_over(sunset: Any) -> bool:
    """Whether an announced day, or the day of an announced moment, has come."""
    try:
        return date.fromisoformat(str(sunset)[:10]) <= datetime.now(UTC).date()
    except ValueError:
        return False


def changes(_: Pair, couple: Couple) -> Iterator[Change]:
    """What an operation is called, and whether it is deprecated."""
    old, new = couple.old, couple.new
    if old.node.get("operationId") != new.node.get("operationId"):
        says = f"the operation {old.id} is called {new.id} now"
        yield Change("client", "operation-renamed", new.id, new.pointer, says, before=old.id, after=new.id)
    before, after = (list(half.node.get("tags") or ()) for half in (old, new))
    if before[:1] != after[:1]:
        says = f"the operation stands below {' '.join(after[:1]) or 'no tag'} now"
        pointer = new.pointer + join("tags")
        yield Change("client", "operation-moved", new.id, pointer, says, before=before, after=after)
    if bool(old.node.get("deprecated")) != bool(new.node.get("deprecated")):
        is_now = bool(new.node.get("deprecated"))
        rule = "operation-deprecated" if is_now else "operation-reinstated"
        says = "the operation is deprecated now" if is_now else "the operation is deprecated no longer"
        yield Change("docs", rule, new.id, new.pointer, says)
