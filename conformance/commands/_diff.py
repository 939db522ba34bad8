"""What ``conformance diff`` does: find what is compared with what, compare it, tell the changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import click

from conformance.codegen.attribution import with_impact
from conformance.commands._sides import Pair, pairs
from conformance.contract.document import Document
from conformance.drift.change import LEVELS, Change, verdict
from conformance.drift.comparison import compare, gone_or_new
from conformance.drift.promises import compare_semantics
from conformance.drift.rendering.github import github
from conformance.drift.rendering.json import as_json
from conformance.drift.rendering.markdown import markdown
from conformance.drift.rendering.note import Note, of_changes
from conformance.drift.rendering.sarif import sarif
from conformance.drift.rendering.text import text


@dataclass(frozen=True)
class Compared:
    """Two documents and what changed; ``vendor`` names them where they are not the only ones."""

    vendor: str
    old: Document
    new: Document
    changes: Sequence[Change]


def diff(old: str, new: str, shape: str, *, allow_unknown: bool, client: bool) -> int:
    """Carry out the command and return its exit code."""
    with ExitStack() as stack:
        compared = [_compared(pair, client=client) for pair in pairs(old, new, stack)]
        click.echo(rendered(compared, shape, f"{old} → {new}"), nl=False)
    changes = [change for one in compared for change in one.changes]
    return exit_code(changes, allow_unknown=allow_unknown, client=client)


def exit_code(changes: Sequence[Change], *, allow_unknown: bool, client: bool) -> int:
    """1 for a change of a level that fails, else 0."""
    failing = {"breaking"} | (set() if allow_unknown else {"unknown"}) | ({"client"} if client else set())
    return int(any(change.level in failing for change in changes))


def _compared(pair: Pair, *, client: bool) -> Compared:
    vendor, before, after = pair
    if before is None or after is None:
        one = after or before
        assert one is not None
        return Compared(vendor, one.document, one.document, gone_or_new(one.document, is_new=after is not None))
    changes: Sequence[Change] = compare(before.document, after.document)
    if before.is_folder and after.is_folder:
        changes = [*changes, *compare_semantics(before.semantics, after.semantics)]
    if client:
        changes = with_impact(changes, before.document, after.document)
    return Compared(
        vendor,
        before.document,
        after.document,
        sorted(changes, key=lambda change: LEVELS.index(change.level)),
    )


def rendered(compared: Sequence[Compared], shape: str, title: str) -> str:
    """The changes in one of the forms."""
    changes = [change for one in compared for change in one.changes]
    match shape:
        case "json":
            told = [change for one in compared for change in _told(one)]
            return json.dumps({"verdict": verdict(changes), "changes": told}, indent=2, ensure_ascii=False) + "\n"
        case "markdown":
            changed = [one for one in compared if one.changes] or compared[:1]
            return "\n".join(markdown(one.changes, " ".join(filter(None, (one.vendor, title)))) for one in changed)
        case "sarif":
            return json.dumps(sarif(_notes(compared)), indent=2, ensure_ascii=False) + "\n"
        case "github":
            return github(_notes(compared))
    blocks = [f"{one.vendor}\n{text(one.changes)}" if one.vendor else text(one.changes) for one in compared]
    ending = f"\n{verdict(changes)}: the worst of {len(compared)} vendors\n" if compared[0].vendor else ""
    return "\n".join(blocks) + ending


def _told(one: Compared) -> list[dict[str, object]]:
    vendor = {"vendor": one.vendor} if one.vendor else {}
    return [{**vendor, **change} for change in as_json(one.changes)["changes"]]


def _notes(compared: Sequence[Compared]) -> Iterator[Note]:
    for one in compared:
        yield from of_changes(one.changes, one.old, one.new)
