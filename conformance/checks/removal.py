"""What is removed is gone, and nothing else is."""

from __future__ import annotations

from conformance.contract.facets.removal import Removal
from conformance.contract.message import Reply
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.existence import exists
from conformance.engine.making import Made, build, context_of, make, read_request, set_up
from conformance.engine.outcome import expect, expect_equal


def has_existence(removal: Removal) -> bool:
    """Whether an operation tells what exists."""
    return removal.exists is not None


def _made(api: Api, removal: Removal) -> Made:
    made = make(api, removal.subject)
    with set_up("asking for the new one"):
        expect(exists(api, made.resource, made.id), "the new one to exist", "it does not")
    return made


def _remove(api: Api, removal: Removal, made: Made) -> Reply:
    request = build(api, removal.operation, context_of(made))
    return api.send(removal.id.put(request, made.id))


@check(when=has_existence)
def created_exists(api: Api, removal: Removal) -> None:
    """One that was created exists."""
    made = make(api, removal.subject)
    expect_equal(exists(api, made.resource, made.id), True, "exists:")


@check(when=has_existence)
def unknown_does_not_exist(api: Api, removal: Removal) -> None:
    """One that nobody created does not exist."""
    expect_equal(exists(api, api.vendor.semantics.resources[removal.subject], api.fresh_uuid()), False, "exists:")


@check()
def gone(api: Api, removal: Removal) -> None:
    """One that is removed does not exist any more, and another one does."""
    made, other = _made(api, removal), _made(api, removal)
    api.expect_success(_remove(api, removal, made))
    expect_equal(exists(api, made.resource, made.id), False, "exists:")
    expect_equal(exists(api, other.resource, other.id), True, "the other one exists:")
    api.expect_refusal(api.send(read_request(made.resource, made.id)))


@check(when=lambda removal: removal.several is not None)
def several_gone(api: Api, removal: Removal) -> None:
    """Each of several that are removed at once does not exist any more, and another one does."""
    assert removal.several is not None
    doomed, other = [_made(api, removal) for _ in range(3)], _made(api, removal)
    request = build(api, removal.several.operation, context_of(doomed[0]))
    api.expect_success(api.send(removal.several.ids.put(request, [made.id for made in doomed])))
    for made in doomed:
        expect_equal(exists(api, made.resource, made.id), False, "exists:")
    expect_equal(exists(api, other.resource, other.id), True, "the other one exists:")


@check(level="observe")
def again(api: Api, removal: Removal) -> None:
    """What the removal of one that is gone gets."""
    made = _made(api, removal)
    with set_up("the first removal"):
        api.expect_success(_remove(api, removal, made))
    reply = _remove(api, removal, made)
    api.observe(removed_again="accepted" if api.succeeded(reply) else f"refused with {reply.status}")
