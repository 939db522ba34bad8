"""Sets that are replaced as a whole, as replies, reads and controls show them."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.set import Set, Told
from conformance.contract.identity import id_text
from conformance.contract.pointer import get
from conformance.engine.api import Api
from conformance.engine.making import build
from conformance.engine.outcome import Blocked, Mismatch


def members_in(told: Told, body: Any) -> list[Any]:
    """The members of a set that ``body`` shows; ``Mismatch`` when it shows none."""
    items = get(body, told.items)
    if not isinstance(items, list):
        raise Mismatch(f"a list at {told.items or 'the top'}", repr(items))
    return items


def ids_in(told: Told, body: Any) -> list[str]:
    """The ids of a set that ``body`` shows, sorted; ``Mismatch`` when it shows none."""
    return sorted(id_text(get(item, told.id)) for item in members_in(told, body))


def held(api: Api, promise: Set, owner: str) -> list[str]:
    """The ids of the set of one owner as the server holds it, sorted."""
    if promise.read is not None:
        request = promise.read.owner.put(build(api, promise.read.operation), owner)
        return ids_in(promise.read, api.expect_success(api.send(request)))
    if promise.control is None:
        raise Blocked(f"nothing reads the set that {promise.subject} replaces", "suite")
    answer = api.control(promise.control.name, **{promise.control.id: owner})
    return ids_in(Told(items=promise.control.members, id=""), answer)


def can_be_read(api: Api, promise: Set) -> bool:
    """Whether the set can be read here: by an operation, or by a control that the environment gives."""
    return promise.read is not None or (promise.control is not None and api.has_control(promise.control.name))
