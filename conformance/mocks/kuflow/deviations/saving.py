"""JSON data that are changed on their way into the store."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from re import fullmatch
from typing import Any
from unicodedata import normalize

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._mending import UPDATES, mend_json
from conformance.mocks.kuflow.records import JsonData, Process
from conformance.mocks.kuflow.server import Call, KuFlow

TASK_DATA = "kuflow/updateProcessItemTaskData"
REPLACES = f"{TASK_DATA}/stores/replaces/data"
LEVELS, LONGEST = 3, 10
"""Objects within objects that a flat store keeps as such, and elements of a list that a narrow one keeps."""


def _bent(value: Any, bend: Callable[[Any], Any]) -> Any:
    """The value after ``bend`` has changed every value within it, the innermost first, and then itself."""
    if isinstance(value, dict):
        return bend({name: _bent(one, bend) for name, one in value.items()})
    return bend([_bent(one, bend) for one in value] if isinstance(value, list) else value)


def _of_texts(bend: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda one: bend(one) if isinstance(one, str) else one


def _of_objects(bend: Callable[[Json], Json]) -> Callable[[Any], Any]:
    return lambda one: bend(one) if isinstance(one, dict) else one


def _bend_everything(server: KuFlow, bend: Callable[[Any], Any]) -> None:
    """Let ``bend`` change every value within data that are put."""
    server.rules.json.kept = lambda _, __, value: {name: _bent(one, bend) for name, one in value.items()}


def _bend_texts(server: KuFlow, bend: Callable[[str], Any]) -> None:
    """Let ``bend`` change every text within data that are put."""
    _bend_everything(server, _of_texts(bend))


def _normalised(text: str) -> str:
    return normalize("NFKC", text)


@deviation("put-merges", clauses=("KF-055", "KF-078", "KF-115"), case=REPLACES)
def put_merges(server: KuFlow) -> None:
    """Data that are put are merged into the data that are there."""
    server.rules.json.kept = lambda _, current, value: {**(current.value if current else {}), **value}


@deviation("put-merges-deeply", clauses=("KF-055", "KF-078", "KF-115"), case=REPLACES)
def put_merges_deeply(server: KuFlow) -> None:
    """Objects within data that are put are merged into the objects that are there."""

    def kept(_: str, current: JsonData | None, value: Json) -> Json:
        before = current.value if current else {}
        return {name: _merged(before.get(name), inner) for name, inner in value.items()}

    server.rules.json.kept = kept


def _merged(before: Any, value: Any) -> Any:
    return {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value


@deviation(
    "put-trims", clauses=("KF-055", "KF-078", "KF-115"), case="kuflow/updateProcessEntity/stores/replaces/entity"
)
def put_trims(server: KuFlow) -> None:
    """Blanks at either end of a text within data that are put are lost."""
    _bend_texts(server, str.strip)


@deviation("put-tidies", clauses=("KF-115",), case=REPLACES)
def put_tidies(server: KuFlow) -> None:
    """Nulls and empty lists are left out of what is stored."""
    _bend_everything(
        server, _of_objects(lambda one: {name: inner for name, inner in one.items() if inner not in (None, [])})
    )


@deviation("put-normalises", clauses=("KF-115",), case=REPLACES)
def put_normalises(server: KuFlow) -> None:
    """Texts are stored in a normal form of Unicode."""
    _bend_texts(server, _normalised)


@deviation("put-escapes", clauses=("KF-115",), case=REPLACES)
def put_escapes(server: KuFlow) -> None:
    """Texts are stored as they stand in HTML."""
    _bend_texts(server, lambda text: escape(text, quote=False))


@deviation("empty-put-is-none", clauses=("KF-115",), case=REPLACES)
def empty_put_is_none(server: KuFlow) -> None:
    """A value that is empty leaves the one before."""
    honest = server.rules.json.kept
    server.rules.json.kept = lambda operation, current, value: honest(
        operation, current, value or (current.value if current is not None else value)
    )


@deviation("put-drops-nothings", clauses=("KF-115",), case=REPLACES)
def put_drops_nothings(server: KuFlow) -> None:
    """Properties that are zero or false are left out."""

    def filled(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: filled(one) for name, one in value.items() if one is not False and one != 0}

    mend_json(server, UPDATES, filled)


@deviation("put-cuts", clauses=("KF-115",), case=REPLACES)
def put_cuts(server: KuFlow) -> None:
    """Texts are cut after 255 letters."""
    _bend_texts(server, lambda text: text[:255])


@deviation("put-takes-days-for-moments", clauses=("KF-115",), case=REPLACES)
def put_takes_days_for_moments(server: KuFlow) -> None:
    """A text that is a date is stored as the moment at which that day begins."""
    _bend_texts(server, lambda text: f"{text}T00:00:00Z" if fullmatch(r"\d{4}-\d\d-\d\d", text) else text)


@deviation("put-renames", clauses=("KF-115",), case=REPLACES)
def put_renames(server: KuFlow) -> None:
    """A dollar at the start of a name is replaced, as a database asks for."""

    def renamed(one: Json) -> Json:
        return {f"_{name[1:]}" if name[:1] == "$" else name: inner for name, inner in one.items()}

    _bend_everything(server, _of_objects(renamed))


@deviation("put-reads-texts", clauses=("KF-115",), case=REPLACES)
def put_reads_texts(server: KuFlow) -> None:
    """Texts of digits alone are stored as numbers."""
    _bend_texts(server, lambda text: int(text) if fullmatch(r"\d+", text) else text)


@deviation("put-unifies-line-ends", clauses=("KF-115",), case=REPLACES)
def put_unifies_line_ends(server: KuFlow) -> None:
    """Carriage returns before line feeds are lost."""
    _bend_texts(server, lambda text: text.replace("\r\n", "\n"))


@deviation("put-rounds", clauses=("KF-115",), case=REPLACES)
def put_rounds(server: KuFlow) -> None:
    """Numbers are stored with two digits after the point."""
    _bend_everything(server, lambda one: round(one, 2) if isinstance(one, float) else one)


@deviation("put-cuts-lists", clauses=("KF-115",), case=REPLACES)
def put_cuts_lists(server: KuFlow) -> None:
    """Lists end after ten elements."""
    _bend_everything(server, lambda one: one[:LONGEST] if isinstance(one, list) else one)


@deviation("put-unwraps", clauses=("KF-115",), case=REPLACES)
def put_unwraps(server: KuFlow) -> None:
    """A list of one element is stored as that element, as XML has it."""
    _bend_everything(server, lambda one: one[0] if isinstance(one, list) and len(one) == 1 else one)


@deviation("put-flattens", clauses=("KF-115",), case=REPLACES)
def put_flattens(server: KuFlow) -> None:
    """The elements of a list within a list become elements of the outer one."""

    def flat(one: Any) -> Any:
        if not isinstance(one, list):
            return one
        return [inner for outer in one for inner in (outer if isinstance(outer, list) else [outer])]

    _bend_everything(server, flat)


@deviation("put-keeps-few-levels", clauses=("KF-115",), case=REPLACES)
def put_keeps_few_levels(server: KuFlow) -> None:
    """Objects deep within others are stored as texts."""

    def cut(value: Any, level: int = 0) -> Any:
        if not isinstance(value, dict):
            return value
        return {name: cut(one, level + 1) for name, one in value.items()} if level <= LEVELS else json.dumps(value)

    server.rules.json.kept = lambda _, __, value: {name: cut(one) for name, one in value.items()}


@deviation("put-loses-odd-names", clauses=("KF-115",), case=REPLACES)
def put_loses_odd_names(server: KuFlow) -> None:
    """Properties without a name, or with a slash or a tilde in it, are lost."""

    def named(one: Json) -> Json:
        return {name: inner for name, inner in one.items() if name and not {*"/~"} & {*name}}

    _bend_everything(server, _of_objects(named))


@deviation("put-loses-keywords", clauses=("KF-055", "KF-078", "KF-115"), case=REPLACES)
def put_loses_keywords(server: KuFlow) -> None:
    """Properties that are called as types of the store are lost."""

    def kept(_: str, __: JsonData | None, value: Json) -> Json:
        return {name: one for name, one in value.items() if name not in {"text", "object", "list"}}

    server.rules.json.kept = kept


@deviation("new-task-data-trimmed", clauses=("KF-096b",), case="kuflow/createProcessItem/stores/together")
def new_task_data_trimmed(server: KuFlow) -> None:
    """Blanks at either end of a text within the data that an item is created with are lost."""
    honest = server.rules.documents.copied

    def copied(server: KuFlow, call: Call, process: Process, value: Json) -> Json:
        trimmed: Json = _bent(honest(server, call, process, value), _of_texts(str.strip))
        return trimmed

    server.rules.documents.copied = copied


@deviation("new-metadata-normalised", clauses=("KF-096b",), case="kuflow/createProcess/stores/together")
def new_metadata_normalised(server: KuFlow) -> None:
    """Texts within the metadata that a process is created with are stored in a normal form of Unicode."""

    def mend(value: Json) -> Json:
        return {name: _bent(one, _of_texts(_normalised)) if name == "metadata" else one for name, one in value.items()}

    mend_json(server, ("createProcess",), _of_objects(mend))
