"""Resources lent by one case to the next: what is only read, or refused to be changed, is not made again for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from conformance.contract.message import Exchange, Request
from conformance.contract.pointer import get
from conformance.contract.semantics.inside import inside
from conformance.contract.semantics.model import Value
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.making import Context, Made, build, read, set_up
from conformance.engine.outcome import Mismatch
from conformance.engine.ownership import WRITES

Needs = tuple[tuple[str, str | None], ...]
"""Resources that a request names, each with the state that it has to be in."""


@dataclass
class Loan:
    """A valid ``request``, with keys and texts of its own, and the resources that it denotes, lent to one case.

    The resources go to the next case only if this one ends well and each change that it asked for was refused, or if
    the case hands them on as they are. ``borrowed`` says that another case had them before.
    """

    api: Api
    request: Request
    context: Context
    borrowed: bool = False
    _shown: dict[str, Any] = field(default_factory=dict)
    _since: int = 0
    _looked: int = 0
    _spoiled: bool = False
    _handed_on: bool = False

    def look(self) -> None:
        """Have seen what reads show of the resources; what was seen before and not touched since is not read again."""
        for name, made in self.context.items():
            if made.resource.read and name not in self._shown:
                self._shown[name] = made.resource.still(read(self.api, made))
        self._looked = len(self.api.history)

    def _look_if_possible(self) -> None:
        """Look, so that a later change is noticed; what cannot be read is for this case alone, and no matter to it."""
        try:
            self.look()
        except Mismatch:
            self._spoiled = True

    def look_again(self) -> Iterator[tuple[Made, Any, Any]]:
        """Each resource that can be read, what it showed when it was looked at, and what a read shows now."""
        for name, before in list(self._shown.items()):
            made = self.context[name]
            now = made.resource.still(read(self.api, made))
            self._spoiled |= now != before
            yield made, before, now
        self._looked = len(self.api.history)

    def is_used(self) -> bool:
        """Whether something was asked of the resources that was not clearly refused."""
        return not all(_is_refused(self.api, one) for one in self._asked())

    def _asked(self) -> list[Exchange]:
        """The changes that were asked for since the resources are lent."""
        return [one for one in self.api.history[self._since :] if _asks(self.api, one)]

    def hand_on(self) -> None:
        """Say that the resources are good for the next case of the same purpose as they are now, changed or not."""
        self._handed_on = True

    def renew(self) -> None:
        """Leave what was lent alone and go on with resources made for this case."""
        self.context.clear()
        self._shown.clear()
        self.borrowed = False
        self.request = build(self.api, self.request.operation, self.context)
        self._since = self._looked = len(self.api.history)


@dataclass(frozen=True)
class _Kept:
    """Resources on the shelf, and what reads showed of them; ``unsure`` when they may have changed after that."""

    context: Context
    shown: dict[str, Any]
    unsure: bool


@contextmanager
def lent(api: Api, operation: str, *, succeeds: bool = False, purpose: str = "") -> Iterator[Loan]:
    """The smallest valid request of ``operation`` about resources that other cases had before, or that are new.

    ``succeeds`` says that the request is to be carried out: what a change is about is then made for this case alone.
    What is lent for a ``purpose`` goes only to cases of the same purpose.
    """
    shelf, changes = api.session.shelf, api.vendor.semantics.operations[operation].effect in WRITES
    needs = needs_of(api.vendor, operation)
    if not needs or (succeeds and changes):
        context: Context = {}
        yield Loan(api, build(api, operation, context), context)
        return
    key, emptied = (purpose, needs, api.identity), shelf.emptied
    kept = _found(api, key)
    context = dict(kept.context) if kept else {}
    loan = Loan(api, build(api, operation, context), context, kept is not None, dict(kept.shown) if kept else {})
    if changes and not purpose:
        loan._look_if_possible()
    loan._since = loan._looked = len(api.history)
    yield loan
    if _can_go_on(loan):
        shown = {} if loan._handed_on else loan._shown
        moves = any(made.resource.settles for made in loan.context.values())
        unsure = bool(shown) and (moves or any(_asks(api, one) for one in api.history[loan._looked :]))
        shelf.put(key, _Kept(loan.context, shown, unsure), emptied)


def shown_to_work(api: Api, operation: str) -> None:
    """Have seen the operation carry something out, since the refusals of one that refuses everything say nothing.

    ``Blocked`` when a valid request is refused too.
    """
    if operation not in api.session.watch.successes:
        with set_up(f"{operation} with a valid request"), lent(api, operation, succeeds=True) as loan:
            api.expect_success(api.send(loan.request))


def needs_of(vendor: Vendor, operation: str) -> Needs:
    """What a valid request of ``operation`` names, each once, in the order in which it is made."""
    values = (one.value for one in inside(vendor.semantics.operations[operation].request))
    named = ((one.resource, one.state) for one in values if isinstance(one, Value) and one.resource is not None)
    return tuple(dict.fromkeys(named))


def _found(api: Api, key: Any) -> _Kept | None:
    """What is on the shelf and still as it was seen; what has changed unseen goes to nobody."""
    while kept := api.session.shelf.take(key):
        if not kept.unsure or _is_unchanged(api, kept):
            return _Kept(kept.context, kept.shown, unsure=False)
    return None


def _is_unchanged(api: Api, kept: _Kept) -> bool:
    try:
        made = kept.context
        return all(made[name].resource.still(read(api, made[name])) == shown for name, shown in kept.shown.items())
    except Mismatch:
        return False


def _can_go_on(loan: Loan) -> bool:
    """Whether another case can have the resources: they rest and can be read, and nothing says that they changed."""
    if not all(_rests(made, loan._shown.get(name)) for name, made in loan.context.items()):
        return False
    if loan._handed_on:
        return all(one.reply is not None and one.reply.status < 500 for one in loan._asked())
    return not loan._spoiled and not loan.is_used()


def _rests(made: Made, shown: Any) -> bool:
    """Whether a read can tell if it changes, and it does not by itself: it never does, or was seen where it rests."""
    settles = made.resource.settles
    return made.resource.read is not None and (settles is None or get(shown, settles.at) in settles.until)


def _asks(api: Api, exchange: Exchange) -> bool:
    """Whether something was asked to be changed."""
    return api.vendor.semantics.operations[exchange.operation].effect in WRITES


def _is_refused(api: Api, exchange: Exchange) -> bool:
    """Whether the server said clearly that it does not do what it was asked for."""
    reply = exchange.reply
    return reply is not None and reply.status // 100 in {2, 4} and not api.succeeded(reply)
