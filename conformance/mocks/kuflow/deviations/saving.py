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
    server.rules.json.kept = lambda _, __, value: _trimmed(value)


def _trimmed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _trimmed(inner) for name, inner in value.items()}
    return value.strip() if isinstance(value, str) else value


def _tidied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _tidied(one) for name, one in value.items() if one not in (None, [])}
    return [_tidied(one) for one in value] if isinstance(value, list) else value


@deviation("put-tidies", clauses=("KF-115",), case=REPLACES)
def put_tidies(server: KuFlow) -> None:
    """Nulls and empty lists are left out of what is stored."""
    server.rules.json.kept = lambda _, __, value: {name: _tidied(one) for name, one in value.items()}


def _normalised(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _normalised(one) for name, one in value.items()}
    return normalize("NFKC", value) if isinstance(value, str) else value


@deviation("put-normalises", clauses=("KF-115",), case=REPLACES)
def put_normalises(server: KuFlow) -> None:
    """Texts are stored in a normal form of Unicode."""
    server.rules.json.kept = lambda _, __, value: {name: _normalised(one) for name, one in value.items()}


def _bend_texts(server: KuFlow, bend: Callable[[str], Any]) -> None:
    """Let ``bend`` change every text within data that are put."""

    def bent(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: bent(one) for name, one in value.items()}
        if isinstance(value, list):
            return [bent(one) for one in value]
        return bend(value) if isinstance(value, str) else value

    server.rules.json.kept = lambda _, __, value: {name: bent(one) for name, one in value.items()}


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

    def renamed(value: Any) -> Any:
        if isinstance(value, dict):
            return {f"_{name[1:]}" if name[:1] == "$" else name: renamed(one) for name, one in value.items()}
        return value

    server.rules.json.kept = lambda _, __, value: {name: renamed(one) for name, one in value.items()}


def _bend_everything(server: KuFlow, bend: Callable[[Any], Any]) -> None:
    """Let ``bend`` change every value within data that are put, the innermost first."""
    server.rules.json.kept = lambda _, __, value: {name: _bent(one, bend) for name, one in value.items()}


def _bent(value: Any, bend: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return bend({name: _bent(one, bend) for name, one in value.items()})
    return bend([_bent(one, bend) for one in value] if isinstance(value, list) else value)


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
    _bend_everything(
        server,
        lambda one: (
            {name: inner for name, inner in one.items() if name and not {*"/~"} & {*name}}
            if isinstance(one, dict)
            else one
        ),
    )


@deviation("new-task-data-trimmed", clauses=("KF-096b",), case="kuflow/createProcessItem/stores/together")
def new_task_data_trimmed(server: KuFlow) -> None:
    """Blanks at either end of a text within the data that an item is created with are lost."""
    honest = server.rules.documents.copied

    def copied(server: KuFlow, call: Call, process: Process, value: Json) -> Json:
        trimmed: Json = _trimmed(honest(server, call, process, value))
        return trimmed

    server.rules.documents.copied = copied


@deviation("new-metadata-normalised", clauses=("KF-096b",), case="kuflow/createProcess/stores/together")
def new_metadata_normalised(server: KuFlow) -> None:
    """Texts within the metadata that a process is created with are stored in a normal form of Unicode."""

    def mend(value: Any) -> Any:
        return {name: _normalised(one) if name == "metadata" else one for name, one in value.items()}

    mend_json(server, ("createProcess",), lambda value: mend(value) if isinstance(value, dict) else value)
