"""What a resource remembers of its way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.contract.facets.trail import Entries, Trail
from conformance.contract.identity import same_id
from conformance.contract.pointer import get
from conformance.contract.semantics.resource import Command
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import command_request, read, set_up
from conformance.engine.outcome import Mismatch, expect, expect_equal
from conformance.engine.states import arrive


def lists(_: Vendor, trail: Trail) -> Iterator[str]:
    """The lists that every command adds to."""
    return iter(trail.lists)


@check(variants=lists)
def grows(api: Api, trail: Trail, name: str) -> None:
    """A command adds one entry, which names it, the two states and whose it is, and keeps the ones before."""
    resource, entries = api.vendor.semantics.resources[trail.subject], trail.lists[name]
    for command in _named(resource.commands.values(), trail):
        made = arrive(api, resource, command.of[0])
        old = read(api, made)
        before = _entries(entries, old)
        request = command_request(api, command, made)
        with set_up(f"the command {command.name}"):
            api.expect_success(api.send(request))
        new = read(api, made)
        after = _entries(entries, new)
        expect_equal(len(after), len(before) + 1, f"entries at {entries.at}:")
        for one in before:
            if one not in after:
                raise Mismatch("the entries of before", "one of them changed or gone")
        (added,) = [one for one in after if one not in before]
        expected = (command.of[0], command.to, str(trail.name.sent(request)))
        shown = tuple(get(added, pointer) for pointer in (entries.start, entries.end, entries.command))
        expect_equal(shown, expected, "the new entry shows")
        owner = get(added, entries.of) if entries.of else None
        expect(owner is None or same_id(owner, made.id), f"{entries.of} {made.id} in the new entry", owner)
        for body, pairs in ((old, entries.left), (new, entries.reached)):
            for there, here in pairs.items():
                expect_equal(get(added, there), get(body, here), f"{there} in the new entry")


def _named(commands: Any, trail: Trail) -> list[Command]:
    """The commands whose request carries a name where the trail finds it."""
    return [command for command in commands if trail.name in command.request]


def _entries(entries: Entries, body: Any) -> list[Any]:
    found = get(body, entries.at)
    if found is None or not isinstance(found, list):
        raise Mismatch(f"a list at {entries.at}", repr(found))
    return found
