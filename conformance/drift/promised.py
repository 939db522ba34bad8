"""What of the models of ``semantics.yaml`` is a promise, and what another value of it does to those who rely on it.

Whatever the tables here do not name is a promise that is kept as it is: another value breaks it, and a first one, where
nothing was said before, is a promise more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from conformance.contract.facets.accounts import Accounts
from conformance.contract.facets.address import Address
from conformance.contract.facets.auth import Auth, Caller
from conformance.contract.facets.box import Box
from conformance.contract.facets.documents import Link
from conformance.contract.facets.echo import Echo
from conformance.contract.facets.errors import Errors
from conformance.contract.facets.events import Trigger
from conformance.contract.facets.job import Job, Synchronous
from conformance.contract.facets.list import Filter, List, Size
from conformance.contract.facets.log import Log
from conformance.contract.facets.offers import Offers
from conformance.contract.facets.payload import Payload
from conformance.contract.facets.retention import Retention
from conformance.contract.facets.set import Set
from conformance.contract.facets.stores import Kept
from conformance.contract.facets.token import Refresh, Token
from conformance.contract.facets.validity import Validity
from conformance.contract.facets.visibility import Visibility
from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT
from conformance.contract.semantics.clause import Clause
from conformance.contract.semantics.document import Call, Semantics
from conformance.contract.semantics.model import Facet, Model, Value
from conformance.contract.semantics.resource import Command, Reader, Resource, Settling
from conformance.drift.change import Level

Fields = Mapping[type[Model], Collection[str]]

NO_PROMISE: Fields = {
    Semantics: (
        *("format", "vendor", "title", "known_good"),
        *("modes", "capabilities", "identities", "fixtures", "controls"),
    ),
    Clause: ("id", "where", "cases", "unseen"),
    Call: ("id", "request", "media_type"),
    Resource: ("name", "request", "undo", "nudges"),
    Command: ("name", "resource"),
    Reader: ("beside",),
    Facet: ("subject",),
    Auth: ("revoke", "change"),
    Caller: ("each",),
    Echo: ("value",),
    Filter: ("value", "member", "lacks"),
    Job: ("fails", "slow"),
    Kept: ("value", "beside", "instead_of"),
    Link: ("beside",),
    List: ("population",),
    Payload: ("open",),
    Set: ("members", "control"),
    Size: ("wide",),
    Token: ("rotation",),
    Trigger: ("request", "leave_out"),
    Validity: ("beside", "valid", "invalid"),
    Visibility: ("hidden", "shown", "shared"),
}
"""Names, texts, what an environment gives, and how the suite fills requests, finds out, and clears up."""

ALLOWANCES: Fields = {
    Call: ("capability",),
    Resource: ("audit", "moving", "spelled", "settles"),
    Reader: ("unready",),
    Errors: ("bare",),
    Job: ("unready", "moving", "deadline", "early"),
    Kept: ("late",),
    Retention: ("tolerance",),
    Settling: ("within",),
    Synchronous: ("without",),
    Token: ("client",),
}
"""What a server is let do, or asks for: more of it is a weaker promise, less of it a stronger one."""

EACH: Fields = {
    Accounts: ("of", "named", "lasts"),
    Address: ("whoever",),
    Auth: ("equivalent", "accepted"),
    Box: ("follows",),
    Echo: ("also",),
    Job: ("moments",),
    List: ("unique",),
    Log: ("generated", "outlives", "survives"),
    Offers: ("also",),
    Resource: ("fixed",),
    Token: ("also", "exact"),
}
"""Lists of which every item is promised by itself, so that a further one takes nothing away."""

SCOPES: Fields = {Call: ("modes",), Clause: ("modes", "operation")}
"""What a promise is about; nothing, or ``*``, is everything."""

ALWAYS: Fields = {
    Command: ("request",),
    Echo: ("request",),
    Refresh: ("request",),
    Resource: ("created_id",),
    Synchronous: ("operation", "request"),
    Trigger: ("kind",),
}
"""Where saying nothing says something too, such as that a caller has nothing to send."""


@dataclass(frozen=True)
class Departure:
    """A promise, ``at`` its place in a model, that is another one: ``breaking``, or ``additive`` where it is more."""

    level: Level
    at: tuple[str, ...]
    before: Any = ABSENT
    after: Any = ABSENT


def is_named(kind: type[Model], name: str, fields: Fields) -> bool:
    """Whether a table names a field of a model, be it in a class that the model is made from."""
    return any(name in fields.get(base, ()) for base in kind.__mro__)


def departures(old: Model, new: Model, apart: Collection[str] = ()) -> Iterator[Departure]:
    """Every promise of ``old`` that is another one in ``new``, except for the fields ``apart``."""
    kind = type(old)
    for name, field in kind.model_fields.items():
        if name not in apart and not is_named(kind, name, NO_PROMISE):
            for one in _field(kind, name, getattr(old, name), getattr(new, name)):
                yield replace(one, at=(field.alias or name, *one.at))


def plain(value: Any) -> Any:
    """A value without what is no promise in it, as JSON has it."""
    match value:
        case Model():
            fields = type(value).model_fields.items()
            promised = [(name, field) for name, field in fields if not is_named(type(value), name, NO_PROMISE)]
            return {field.alias or name: plain(getattr(value, name)) for name, field in promised}
        case Mapping():
            return {str(name): plain(item) for name, item in value.items()}
        case tuple() | list():
            return [plain(item) for item in value]
        case Place():
            return str(value)
    return value


def _field(kind: type[Model], name: str, old: Any, new: Any) -> Iterator[Departure]:
    if _same(old, new):
        return
    if is_named(kind, name, ALLOWANCES) and not (isinstance(old, Model) and isinstance(new, Model)):
        yield _departure(_is_part(new, old), old, new)
    elif is_named(kind, name, SCOPES):
        yield _departure(_is_all(new) or (not _is_all(old) and _is_part(_listed(old), _listed(new))), old, new)
    elif is_named(kind, name, ALWAYS):
        yield _departure(False, old, new)
    else:
        yield from _values(old, new, each=is_named(kind, name, EACH))


def _values(old: Any, new: Any, *, each: bool) -> Iterator[Departure]:
    if _same(old, new):
        return
    if _is_nothing(old):
        yield _departure(True, old, new)
    elif isinstance(old, Model) and isinstance(new, Model) and not isinstance(old, Value):
        yield from departures(old, new)
    elif isinstance(old, Mapping) and isinstance(new, Mapping) and not (_is_request(old) or _is_request(new)):
        yield from _entries(old, new, each=each)
    else:
        yield _departure(each and _is_part(old, new), old, new)


def _entries(old: Mapping[Any, Any], new: Mapping[Any, Any], *, each: bool) -> Iterator[Departure]:
    for name in dict.fromkeys((*old, *new)):
        if name not in new:
            found = iter((_departure(False, old[name], ABSENT),))
        elif name not in old:
            found = iter((_departure(True, ABSENT, new[name]),))
        else:
            found = _values(old[name], new[name], each=each)
        yield from (replace(one, at=(str(name), *one.at)) for one in found)


def _departure(is_more: bool, old: Any, new: Any) -> Departure:
    return Departure("additive" if is_more else "breaking", (), plain(old), plain(new))


def _same(one: Any, other: Any) -> bool:
    """Whether two values promise the same; to Python true is 1."""
    return bool(plain(one) == plain(other)) and repr(plain(one)) == repr(plain(other))


def _is_nothing(value: Any) -> bool:
    return value is None or value is False or value in ((), {}, "unspecified", "moving")


def _is_all(value: Any) -> bool:
    return value in ((), "*")


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _is_part(one: Any, other: Any) -> bool:
    """Whether ``one`` is nothing, or no more than ``other`` is."""
    if _is_nothing(one):
        return True
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(name in other and _same(item, other[name]) for name, item in one.items())
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(any(_same(item, held) for held in other) for item in one)
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
    return numbers and one <= other


def _is_request(value: Mapping[Any, Any]) -> bool:
    """Whether these are values to send, which a request carries all together."""
    return any(isinstance(item, Value) for item in value.values()) and all(isinstance(name, Place) for name in value)
