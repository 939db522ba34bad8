"""Every field of every model of ``semantics.yaml`` is compared, or named as what is no promise."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
import yaml

from conformance.contract.facets import discover
from conformance.contract.place import Place
from conformance.contract.semantics.document import Call, Semantics
from conformance.contract.semantics.model import (
    Facet,
    Faceted,
    Model,
    OperationFacet,
    ResourceFacet,
    Value,
    VendorFacet,
)
from conformance.contract.semantics.resource import Resource
from conformance.drift import promised
from conformance.drift.promised import NO_PROMISE, is_named
from conformance.drift.promises import compare_semantics

Way = tuple[tuple[type[Model], str], ...]


def pairs(annotation: Any) -> Iterator[tuple[Way, Any, Any]]:
    """Two values of a type for each field of each model in it, which differ in that field, and the way there."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from pairs(inner[0])
    elif origin in (Union, types.UnionType):
        yield from pairs(next(one for one in inner if one is not type(None)))
    elif origin is dict:
        ((_, name, _),) = list(pairs(inner[0]))[:1]
        yield from ((way, {name: one}, {name: other}) for way, one, other in pairs(inner[1]))
    elif origin is tuple and inner[1:] != (...,):
        rest = tuple(sample(one) for one in inner[1:])
        yield from ((way, (one, *rest), (other, *rest)) for way, one, other in pairs(inner[0]))
    elif origin is tuple:
        yield from ((way, (one,), (other,)) for way, one, other in pairs(inner[0]))
    elif origin is Literal:
        yield (), inner[0], inner[-1]
    elif isinstance(annotation, type) and issubclass(annotation, Model) and annotation is not Value:
        yield from of_model(annotation)
    else:
        one, other = leaves(annotation)
        yield (), one, other


def leaves(kind: Any) -> tuple[Any, Any]:
    if kind is Value:
        return Value(literal="one"), Value(literal="other")
    if kind is Place:
        return Place("request", "query", "one"), Place("request", "query", "other")
    return {bool: (False, True), int: (1, 2), float: (1.5, 2.5), str: ("one", "other"), Any: (1, True)}[kind]


def sample(annotation: Any) -> Any:
    return next(pairs(annotation))[1]


def of_model(kind: type[Model]) -> Iterator[tuple[Way, Any, Any]]:
    needed = {
        field.alias or name: sample(field.annotation)
        for name, field in kind.model_fields.items()
        if field.is_required()
    }
    for name, field in kind.model_fields.items():
        for way, one, other in pairs(field.annotation):
            key = field.alias or name
            made = [kind.model_construct(**{**needed, key: value}) for value in (one, other)]
            yield ((kind, name), *way), *made


def with_facet(sort: type[Facet], facet: Facet) -> Semantics:
    """Semantics in which one thing has that facet."""

    def held(thing: Any) -> Any:
        return thing.with_facets({facet.word(): facet})

    semantics: Semantics = sample(Semantics)
    if sort is OperationFacet:
        return semantics.model_copy(update={"operations": {"one": held(sample(Call))}})
    if sort is ResourceFacet:
        return semantics.model_copy(update={"resources": {"one": held(sample(Resource))}})
    return held(semantics)  # type: ignore[no-any-return]


def every_pair() -> Iterator[tuple[Way, Semantics, Semantics]]:
    yield from of_model(Semantics)
    for sort in (OperationFacet, ResourceFacet, VendorFacet):
        for facet in discover(sort).values():
            for way, one, other in of_model(facet):
                yield way, with_facet(sort, one), with_facet(sort, other)


def spelled(way: Way) -> str:
    return " ".join(f"{kind.__name__}.{name}" for kind, name in way)


EVERY = {spelled(way): (way, one, other) for way, one, other in every_pair()}


@pytest.mark.parametrize("way", EVERY)
def test_every_field_is_compared_or_named_as_no_promise(way: str) -> None:
    steps, one, other = EVERY[way]
    is_no_promise = any(is_named(kind, name, NO_PROMISE) for kind, name in steps)
    assert (not list(compare_semantics(one, other))) == is_no_promise


def test_every_model_is_walked() -> None:
    def below(kind: type[Model]) -> Iterator[type[Model]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    abstract = {Facet, Faceted, OperationFacet, ResourceFacet, VendorFacet, Value}
    walked = {kind for steps, _, _ in EVERY.values() for kind, _ in steps}
    known = {one for one in below(Model) if one.__module__.startswith("conformance.")}
    assert {one.__name__ for one in known - abstract - walked} <= {"Told"}, "the base of a set's reader is walked there"


def test_what_is_named_is_there_and_named_once() -> None:
    tables = [promised.NO_PROMISE, promised.ALLOWANCES, promised.EACH, promised.SCOPES, promised.ALWAYS]
    named = [(kind, name) for table in tables for kind, names in table.items() for name in names]
    assert len(named) == len(set(named))
    assert [one for one in named if one[1] not in one[0].model_fields] == []


BASE: Mapping[str, Any] = {
    "format": 1,
    "vendor": "desk",
    "title": "Desk",
    "known_good": "listTickets",
    "operations": {
        "listTickets": {
            "effect": "read",
            "modes": ["cloud", "local"],
            "list": {"resource": "ticket", "style": "whole", "filters": {"state": {"place": "$request.query.state"}}},
        },
        "closeTicket": {"effect": "write-own", "request": {"$request.query.by": "me"}},
    },
    "resources": {
        "ticket": {
            "states": ["OPEN", "SEEN", "CLOSED"],
            "terminal": ["CLOSED"],
            "initial": "OPEN",
            "parent": {"resource": "ticket", "place": "$request.path.key", "at": "/ticket"},
            "audit": ["/version"],
            "fixed": ["/createdAt", "/reporter"],
            "created_at": "/createdAt",
            "settles": {"at": "/state", "until": ["OPEN"], "within": 2.0},
            "commands": {
                "close": {
                    "operation": "closeTicket",
                    "id": "$request.path.key",
                    "request": {"$request.query.how": "close"},
                    "from": ["OPEN"],
                    "to": "CLOSED",
                    "sets": {"/closed": True},
                }
            },
        }
    },
    "errors": {"statuses": [400, 404, 409], "bare": ["closeTicket"]},
    "clauses": {
        "D-1": {"says": "A ticket is there.", "where": "p. 1", "level": "must", "cases": ["*"], "modes": ["cloud"]}
    },
}


def loaded(tmp_path: Path, at: str = "", value: Any = None) -> Semantics:
    raw = yaml.safe_load(yaml.safe_dump(dict(BASE)))
    *way, last = at.split(".") if at else ("format",)
    holder = raw
    for step in way:
        holder = holder[step]
    if value == "gone":
        del holder[last]
    elif at:
        holder[last] = value
    file = tmp_path / "semantics.yaml"
    file.write_text(yaml.safe_dump(raw))
    return Semantics.load(file)


TICKET, CLOSE, CLAUSE = "resources.ticket", "resources.ticket.commands.close", "clauses.D-1"
FILTERS = "operations.listTickets.list.filters"
NUMBER = {"place": "$request.query.number"}


@pytest.mark.parametrize(
    ("at", "value", "told"),
    [
        (f"{TICKET}.fixed", [], ("breaking", "resource-changed")),
        (f"{TICKET}.fixed", ["/reporter"], ("breaking", "resource-changed")),
        (f"{TICKET}.fixed", ["/reporter", "/createdAt", "/key"], ("additive", "resource-extended")),
        (f"{TICKET}.created_at", "gone", ("breaking", "resource-changed")),
        (f"{TICKET}.modified_at", "/modifiedAt", ("additive", "resource-extended")),
        (f"{TICKET}.initial", "SEEN", ("breaking", "resource-changed")),
        (f"{TICKET}.parent.at", "/ticketId", ("breaking", "resource-changed")),
        (f"{TICKET}.audit", [], ("additive", "resource-extended")),
        (f"{TICKET}.audit", ["/version", "/seen"], ("breaking", "resource-changed")),
        (f"{TICKET}.settles.within", 1.0, ("additive", "resource-extended")),
        (f"{TICKET}.settles.within", 3.0, ("breaking", "resource-changed")),
        (f"{TICKET}.settles.at", "/rest", ("breaking", "resource-changed")),
        (f"{TICKET}.settles", "gone", ("additive", "resource-extended")),
        (f"{TICKET}.created_id", "/key", ("breaking", "resource-changed")),
        (f"{TICKET}.undo", "close", None),
        (f"{TICKET}.removal", {"operation": "x", "id": "$request.path.key"}, ("additive", "facet-added")),
        (f"{CLOSE}.from", ["SEEN"], ("breaking", "command-changed")),
        (f"{CLOSE}.repeat", "no-op", ("additive", "command-extended")),
        (f"{CLOSE}.request", {"$request.query.how": "shut"}, ("breaking", "command-changed")),
        (f"{CLOSE}.sets", {"/closed": 1}, ("breaking", "command-changed")),
        (f"{CLOSE}.sets", {"/closed": True, "/by": "me"}, ("additive", "command-extended")),
        ("errors.statuses", [400, 404], ("breaking", "facet-changed")),
        ("errors.bare", ["closeTicket", "listTickets"], ("breaking", "facet-changed")),
        ("errors.bare", [], ("additive", "facet-extended")),
        ("errors", "gone", ("breaking", "facet-removed")),
        (f"{FILTERS}.number", NUMBER, ("additive", "facet-extended")),
        (f"{FILTERS}.state", "gone", ("breaking", "facet-changed")),
        (f"{FILTERS}.state.value", "OPEN", None),
        ("operations.listTickets.modes", ["cloud"], ("breaking", "operation-changed")),
        ("operations.listTickets.modes", "gone", ("additive", "operation-extended")),
        ("operations.closeTicket.capability", "closing", ("breaking", "operation-changed")),
        ("operations.closeTicket.request", {}, None),
        (f"{CLAUSE}.modes", [], ("additive", "clause-extended")),
        (f"{CLAUSE}.modes", ["local"], ("breaking", "clause-changed")),
        (f"{CLAUSE}.operation", "closeTicket", ("breaking", "clause-changed")),
        (f"{CLAUSE}.where", "p. 2", None),
        ("known_good", "closeTicket", None),
    ],
)
def test_a_promise_that_is_another_one_is_told(
    tmp_path: Path, at: str, value: Any, told: tuple[str, str] | None
) -> None:
    found = compare_semantics(loaded(tmp_path), loaded(tmp_path, at, value))
    assert [(one.level, one.rule) for one in found] == ([told] if told else [])


def test_each_state_that_is_lost_has_a_place_of_its_own(tmp_path: Path) -> None:
    found = list(compare_semantics(loaded(tmp_path), loaded(tmp_path, f"{TICKET}.states", ["OPEN"])))
    assert [one.pointer for one in found] == ["/resources/ticket/states/1", "/resources/ticket/states/2"]
