"""Changes as a page: grouped by what a person plans by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from conformance.contract.pointer import ABSENT
from conformance.drift.change import LEVELS, Change, Level, verdict
from conformance.drift.containment.rewriting import text as canonical
from conformance.report.markdown import escape

_TITLES: dict[Level, str] = {
    "breaking": "Breaking",
    "unknown": "Unknown",
    "client": "For client authors only",
    "additive": "Additive",
    "docs": "Documentation only",
}


def markdown(changes: Iterable[Change], title: str) -> str:
    """A summary, then a section a level and in it a list a rule, the same change of many operations once."""
    changes = tuple(changes)
    counts = Counter(change.level for change in changes)
    rows = [f"| {_TITLES[level]} | {counts[level]} |" for level in LEVELS if counts[level]]
    parts = [f"# {escape(title)}", f"**{verdict(changes)}**"]
    if rows:
        parts.append("\n".join(["| Level | Changes |", "| --- | ---: |", *rows]))
    for level in LEVELS:
        mine = [change for change in changes if change.level == level]
        if mine:
            parts += [f"## {_TITLES[level]}", *_section(mine)]
    return "\n\n".join(parts) + "\n"


def _section(changes: list[Change]) -> Iterator[str]:
    rules: dict[str, list[Change]] = {}
    for change in changes:
        rules.setdefault(change.rule, []).append(change)
    for rule, mine in sorted(rules.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"### {escape(rule)} ({len(mine)})"
        yield "\n".join(_line(group) for group in _alike(mine))


def _alike(changes: list[Change]) -> Iterator[list[Change]]:
    """Changes that say the same of several operations, together."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        place = _place(change.pointer)
        example = "" if change.counterexample is ABSENT else canonical(change.counterexample)
        found.setdefault(canonical([change.says, place, example]), []).append(change)
    yield from found.values()


def _place(pointer: str) -> str:
    """The part of a pointer that is the same for all operations; none for a place in one of them."""
    for start in ("/components/schemas/", "/components/"):
        if pointer.startswith(start):
            return pointer.removeprefix(start)
    return pointer.rpartition("/schema/")[2] if "/schema/" in pointer else ""


def _line(group: list[Change]) -> str:
    first = group[0]
    operations = list(dict.fromkeys(change.operation for change in group if change.operation))
    where = ", ".join(f"<code>{escape(name)}</code>" for name in operations)
    place = _place(first.pointer)
    told = [
        f"- {escape(first.says)}",
        f" at <code>{escape(place)}</code>" if place else "",
        f": {where}" if where else "",
    ]
    if first.counterexample is not ABSENT:
        told.append(f"; such as <code>{escape(_short(canonical(first.counterexample)))}</code>")
    beside = dict.fromkeys(one for change in group for one in change.client if one != first.says)
    told += [f"\n  - client: {escape(one)}" for one in beside]
    return "".join(told)


def _short(told: str) -> str:
    return told if len(told) <= 160 else f"{told[:157]}..."
