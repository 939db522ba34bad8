"""What a resource remembers of its way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.checks._ends import Watch, expect_at_hand_if_zoned
from conformance.contract.facets.trail import Entries, Trail
from conformance.contract.identity import same_id
from conformance.contract.message import Request
from conformance.contract.pointer import ABSENT, get
from conformance.contract.semantics.resource import Command
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Made, command_request, read, set_up
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
        made, watch = arrive(api, resource, command.of[0]), Watch.start(api)
        old, request, new = _given(api, command, made)
        before, after = _entries(entries, old), _entries(entries, new)
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
        _expect_in_line(entries, before, added)
        _expect_given(entries, added, trail.actor.sent(request) if trail.actor else ABSENT, watch)


def _given(api: Api, command: Command, made: Made) -> tuple[Any, Request, Any]:
    """What a read shows before a command, the command, and what a read shows after it."""
    old, request = read(api, made), command_request(api, command, made)
    with set_up(f"the command {command.name}"):
        api.expect_success(api.send(request))
    return old, request, read(api, made)


def _expect_in_line(entries: Entries, before: list[Any], added: Any) -> None:
    """``Mismatch`` unless the new entry comes after those before by its number, and has an id of its own."""
    if entries.number is not None:
        *earlier, number = (get(one, entries.number) for one in (*before, added))
        last = max((one for one in earlier if isinstance(one, int)), default=None)
        rises = last is None or (isinstance(number, int) and number > last)
        expect(rises, f"more than {last} at {entries.number} of the new entry", repr(number))
    if entries.unique is not None:
        taken, own = [get(one, entries.unique) for one in before], get(added, entries.unique)
        expect(own not in taken, f"a new value at {entries.unique} of the new entry", own)


def _expect_given(entries: Entries, added: Any, who: Any, watch: Watch) -> None:
    """``Mismatch`` unless the new entry, where it tells, tells who gave the command and when."""
    told = get(added, entries.by) if entries.by else None
    expect(told in (None, ABSENT) or told == who, f"{entries.by} {who!r} in the new entry", repr(told))
    if entries.moment:
        expect_at_hand_if_zoned(watch, get(added, entries.moment), f"a moment at {entries.moment} of the new entry")


@check(when=lambda trail: bool(trail.previous))
def remembers(api: Api, trail: Trail) -> None:
    """After a command the resource shows what it was before, where it shows anything of that."""
    resource = api.vendor.semantics.resources[trail.subject]
    command = _named(resource.commands.values(), trail)[0]
    old, _, new = _given(api, command, arrive(api, resource, command.of[0]))
    for now, then in trail.previous.items():
        shown, was = get(new, now), get(old, then)
        expect(shown in (None, ABSENT) or shown == was, f"{now} {was!r}", repr(shown))


def _named(commands: Any, trail: Trail) -> list[Command]:
    """The commands whose request carries a name where the trail finds it."""
    return [command for command in commands if trail.name in command.request]


def _entries(entries: Entries, body: Any) -> list[Any]:
    found = get(body, entries.at)
    if found is None or not isinstance(found, list):
        raise Mismatch(f"a list at {entries.at}", repr(found))
    return found
