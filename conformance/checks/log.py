"""Logs that grow by an entry, up to a number of entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from conformance.checks._acting import after, expect_as_made, make_full, sightings, subject
from conformance.checks._ends import Watch, expect_at_hand
from conformance.contract.facets.log import Log
from conformance.contract.message import Request
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, get, tokens
from conformance.contract.shape import declared
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Context, Made, build, read, run, set_up
from conformance.engine.once import made_once
from conformance.engine.outcome import Inconclusive, expect, expect_equal

LIMIT = 300
"""Entries after which a log counts as one that is never full."""

TOGETHER = 3
"""Appends that are sent at one instant."""

TEXT = f"Grüße, 😀,\nand so much more that a short column does not hold all of the {'very ' * 50}long message"
"""What every entry says beside its number: two lines, more than 255 letters, which many a column holds."""

Entries = dict[str, Any]
"""The entries of a log by id, in the order of the log."""


@dataclass
class _Writer:
    """Appends numbered lines to the log of one resource; ``seen`` has the ids of its entries as they appeared."""

    api: Api
    log: Log
    context: Context = field(default_factory=dict)
    lines: int = 0
    seen: dict[str, None] = field(default_factory=dict)

    def request(self, place: Place | None = None, value: Any = None) -> Request:
        """The request that appends the next line, with ``value`` at ``place``."""
        self.lines += 1
        request = build(self.api, self.log.subject, self.context)
        most = _field(self.api.vendor, self.log, self.log.text).get("maxLength")
        request = self.log.fields[self.log.text].put(request, f"line {self.lines}: {TEXT}"[:most])
        return place.put(request, value) if place else request

    def append(self, request: Request) -> Made:
        """The resource as the reply shows it."""
        return after(self.api, request, self.api.send(request), self.context)

    def entries(self, body: Any) -> Entries:
        """The log that a representation of the resource shows."""
        found = get(body, self.log.entries)
        expect(isinstance(found, list), f"a log at {self.log.entries}", found)
        entries = {str(get(entry, self.log.id)): entry for entry in found}
        expect_equal(len(found), len(entries), f"entries with {len(entries)} ids:")
        self.seen |= dict.fromkeys(entries)
        return entries

    def oldest(self, entries: Entries) -> str:
        """The id of the entry that appeared first."""
        return next(key for key in self.seen if key in entries)


def _expect_new(log: Log, request: Request, entries: Entries, before: Entries) -> None:
    """Of the entries that were not there before there is one, with what was sent and what the server adds."""
    new = [entry for key, entry in entries.items() if key not in before]
    expect_equal(len(new), 1, "new entries:")
    for name, place in log.fields.items():
        expect_equal(get(new[0], f"/{name}"), place.sent(request), f"{name} of the new entry")
    for name in log.generated:
        expect(get(new[0], f"/{name}") not in (ABSENT, None, ""), f"{name} in the new entry", new[0])


def enumerated(vendor: Vendor, log: Log) -> Iterator[str]:
    """Each value that the contract lists for a field of an entry and a plain append has not, as ``field-VALUE``."""
    plain = vendor.semantics.operations[log.subject].request
    for name, place in log.fields.items():
        sent = plain[place].literal if place in plain else None
        yield from (f"{name}-{value}" for value in _field(vendor, log, name).get("enum", ()) if value != sent)


def _last_of_a_kind(vendor: Vendor, log: Log) -> tuple[Place | None, str]:
    """The place of a field with several values, and the last one that a plain append has not; ``None`` if none has."""
    *_, (name, _, value) = ("", "", ""), *(variant.partition("-") for variant in enumerated(vendor, log))
    return log.fields.get(name), value


def _field(vendor: Vendor, log: Log, name: str) -> Mapping[str, Any]:
    """The schema of a field in the request that appends an entry."""
    body = next(iter(vendor.document.operations[log.subject].body.values()))
    return declared(vendor.document, body, tokens(log.fields[name].name))


@check()
def appends(api: Api, log: Log) -> None:
    """An append, also of what the entry before says, adds one entry with what was sent and what the server adds."""
    writer, before = _Writer(api, log), Entries()
    request, watch = writer.request(), Watch.start(api)
    for _ in range(2):
        made = writer.append(request)
        for where, body in sightings(api, made):
            entries = writer.entries(body)
            expect_equal(len(entries), len(before) + 1, f"number of entries in {where}")
            _expect_new(log, request, entries, before)
        before = entries
    if log.moment is not None and (span := watch.span()) is not None:
        for entry in before.values():
            expect_at_hand(span, get(entry, f"/{log.moment}"), f"{log.moment} of an entry")


@check()
def keeps_the_older(api: Api, log: Log) -> None:
    """An append leaves the older entries as they were, in their order."""
    writer = _Writer(api, log)
    with set_up("the first entries"):
        *_, made = [writer.append(writer.request()) for _ in range(3)]
        before = writer.entries(made.body)
    oldest = writer.oldest(before)
    for where, body in sightings(api, writer.append(writer.request())):
        older = [(key, entry) for key, entry in writer.entries(body).items() if key in before]
        if log.capped and [key for key, _ in older] == [key for key in before if key != oldest]:
            raise Inconclusive(f"a log that is full may be full after {len(before)} entries")
        expect_equal(older, list(before.items()), f"older entries in {where}")


@check()
def leaves_the_rest(api: Api, log: Log) -> None:
    """An append leaves the state and the values of what has the log as they were, and the logs of others."""
    writer = _Writer(api, log)
    writer.request()
    other = subject(api, log.subject, writer.context)
    made = make_full(api, other.resource.name, writer.context)
    writer.append(writer.request())
    expect_as_made(api, made, read(api, made), "a read after it")
    expect(not get(read(api, other), log.entries), "no entry in another log", "one")


def _expect_kept(writer: _Writer, made: Made, before: Entries, what: str, reply: Any = None) -> None:
    """The entries that were there before ``what`` are there, as they were, also in the ``reply`` to it, if any."""
    shown = {f"after {what}": read(writer.api, made)}
    if isinstance(get(reply, writer.log.entries), list):
        shown = {f"in the reply to {what}": reply, **shown}
    for where, body in shown.items():
        now = writer.entries(body)
        expect_equal({key: now.get(key) for key in before}, before, f"entries {where}")


def is_followed(vendor: Vendor, log: Log) -> bool:
    """Whether anything else changes what has the log: an operation that leaves the log alone, or a command."""
    named = vendor.semantics.operations[log.subject].named
    return bool(log.outlives or (named and vendor.semantics.resources[named[-1]].commands))


@check(given=is_followed)
def lasts(api: Api, log: Log) -> None:
    """The entries of a log are there after other changes and after commands, and a state is there after an entry."""
    writer = _Writer(api, log)
    with set_up("an entry"):
        made = writer.append(writer.request())
        before = writer.entries(made.body)
    for operation in log.outlives:
        with set_up(f"{operation} after it"):
            body = api.expect_success(api.send(build(api, operation, writer.context)))
    if log.outlives:
        _expect_kept(writer, made, before, " and ".join(log.outlives), body)
    for at, command in enumerate(made.resource.way_on(made.state)):
        with set_up(f"the {command.name} after it"):
            body = api.expect_success(run(api, command, made))
        _expect_kept(writer, made, before, command.name, body)
        if at == 0:
            appended = writer.append(writer.request())
            expect_equal(appended.state, command.to, "state")
            before = writer.entries(appended.body)


@check(when=lambda log: bool(log.survives))
def survives(api: Api, log: Log) -> None:
    """The entries of a log are there after what moves or ends the owner of the log, or what that is part of."""
    writer = _Writer(api, log)
    with set_up("an entry"):
        made = writer.append(writer.request())
        before = writer.entries(made.body)
    for operation in log.survives:
        with set_up(f"{operation} after it"):
            body = api.expect_success(api.send(build(api, operation, writer.context)))
        _expect_kept(writer, made, before, operation, body)


@check()
def concurrent(api: Api, log: Log) -> None:
    """Of appends that come at one instant each that is answered with a success adds its entry."""
    writer = _Writer(api, log)
    requests = [writer.request() for _ in range(TOGETHER)]
    replies = api.together(requests)
    place = log.fields[log.text]
    taken = [place.sent(one) for one, reply in zip(requests, replies, strict=True) if api.succeeded(reply)]
    entries = writer.entries(read(api, subject(api, log.subject, writer.context)))
    shown = [get(entry, f"/{log.text}") for entry in entries.values()]
    lost = [text for text in taken if shown.count(text) != 1]
    if lost and log.capped:
        grown = writer.entries(writer.append(writer.request()).body)
        if len(grown) <= len(entries):
            raise Inconclusive(f"a log that is full may be full after {len(entries)} entries")
    expect(not lost, f"one entry of each of {len(taken)} appends at one instant", f"{lost} not once")


@check(variants=enumerated)
def takes(api: Api, log: Log, variant: str) -> None:
    """An entry with a value that the contract lists is taken, and shows it."""
    name, _, value = variant.partition("-")
    writer = _Writer(api, log)
    request = writer.request(log.fields[name], value)
    for _, body in sightings(api, writer.append(request)):
        _expect_new(log, request, writer.entries(body), {})


@check(when=lambda log: log.capped)
def full(api: Api, log: Log) -> None:
    """In a full log a new entry takes the place of the oldest one, and the others stay."""
    filled = _filled(api, log)
    writer, before, entries, request = replace(filled.writer, api=api), filled.before, filled.entries, filled.request
    for _ in range(2):
        oldest = writer.oldest(before)
        expect_equal(len(entries), len(before), "number of entries in a full log")
        expect(oldest not in entries, "the oldest entry gone", before[oldest])
        _expect_new(log, request, entries, before)
        request, before = writer.request(), entries
        *_, (_, body) = sightings(api, writer.append(request))
        entries = writer.entries(body)


@check(when=lambda log: log.capped, level="observe")
def capacity(api: Api, log: Log) -> None:
    """A log is full after a number of entries."""
    api.observe(entries=len(_filled(api, log).before))


@dataclass(frozen=True)
class _Filled:
    """A log when it was full, the log after one append more, the request that appended, and who wrote."""

    writer: _Writer
    before: Entries
    entries: Entries
    request: Request


def _filled(api: Api, log: Log) -> _Filled:
    """A full log, which takes a hundred requests to fill: by whoever needs it first."""
    return made_once(api, f"{log.subject}/log/filled", lambda way: _fill(_Writer(way, log)), apart=False)


def _fill(writer: _Writer) -> _Filled:
    """A log whose oldest entry is of another kind than the others, where the contract lists several."""
    before, place, value = Entries(), *_last_of_a_kind(writer.api.vendor, writer.log)
    for number in range(LIMIT):
        request = writer.request(place if number == 0 else None, value)
        entries = writer.entries(writer.append(request).body)
        if len(entries) <= len(before):
            return _Filled(writer, before, entries, request)
        before = entries
    raise Inconclusive(f"the log still grows after {LIMIT} entries")
