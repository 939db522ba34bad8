"""What a reply about a resource has to show."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.stores import Kept, Stores
from conformance.contract.identity import same_id
from conformance.contract.message import Request
from conformance.contract.pointer import ABSENT, get
from conformance.engine.api import Api
from conformance.engine.making import Made, read
from conformance.engine.ordering import same_moment
from conformance.engine.outcome import Inconclusive, expect, expect_equal
from conformance.model.world import Entity, Family


def expect_shows(entity: Entity, body: Any, where: str) -> None:
    """``Mismatch`` unless ``body`` shows the id, the state and the values that the model knows."""
    if entity.resource.read is not None or entity.resource.created_id is None:
        shown = get(body, entity.resource.id)
        expect(same_id(shown, entity.made.id), f"{where}: id of {entity.name}: {entity.made.id}", shown)
    expect_state(entity, body, where)
    for pointer, value in entity.values.items():
        shown = get(body, pointer)
        fixed = pointer in entity.resource.fixed
        if not (fixed and (shown is ABSENT or same_moment(shown, value))):
            expect_equal(shown, value, f"{where}: {pointer} of {entity.name}")


def forget_sent(family: Family, entity: Entity, request: Request) -> dict[str, Kept]:
    """Know no longer what ``request`` sets of ``entity``, and tell what that is."""
    stores = family.vendor.semantics.operations[request.operation].facets.get("stores")
    carried = stores.carried(request) if isinstance(stores, Stores) else {}
    for one in carried.values():
        entity.values.pop(one.at, None)
    return carried


def take_sent(family: Family, entity: Entity, request: Request) -> None:
    """Know of ``entity`` what ``request`` sets, where that is promised to be shown as it was sent."""
    carried = forget_sent(family, entity, request)
    shown = {name: one for name, one in carried.items() if one.expect is None and not one.late}
    unsure = {one.at for name, one in carried.items() if name not in shown}
    for name, one in shown.items():
        claim = "replaces" if one.whole else "kept"
        if one.at not in unsure and family.promised(f"{request.operation}/stores/{claim}/{name}"):
            entity.values[one.at] = one.place.sent(request)


def expect_same_id(again: Made, entity: Entity) -> None:
    """``Mismatch`` unless the reply to a create that was sent again shows the id of what is there."""
    expect(same_id(again.id, entity.made.id), f"the reply: id of {entity.name} {entity.made.id!r}", repr(again.id))


def expect_state(entity: Entity, body: Any, where: str) -> None:
    """``Mismatch`` unless ``body`` shows the state that the model knows, if any."""
    if entity.state is not None:
        shown = entity.resource.state_in(body)
        if shown is not ABSENT or where != "the list":
            expect_equal(shown, entity.state, f"{where}: state of {entity.name}")


def expect_unchanged(api: Api, entity: Entity) -> None:
    """``Mismatch`` unless a read shows what the model knows."""
    if entity.resource.read is not None and not entity.gone:
        expect_rests(entity, read(api, entity.made))


def expect_rests(entity: Entity, body: Any) -> None:
    """``Mismatch`` unless ``body``, which a read showed, is what the model knows; what still moves tells nothing."""
    settles = entity.resource.settles
    if settles is not None and get(body, settles.at) not in settles.until:
        raise Inconclusive(f"a {entity.resource.name} does not come to rest")
    expect_shows(entity, body, "a read")
