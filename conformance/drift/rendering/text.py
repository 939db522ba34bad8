"""Changes for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from conformance.contract.pointer import ABSENT
from conformance.drift.change import LEVELS, Change, verdict
from conformance.drift.containment.rewriting import text as canonical

QUIET = frozenset({"additive", "docs"})
"""Levels of which a line a change is enough."""


def text(changes: Iterable[Change]) -> str:
    """A block a change, the worst first, changes that are the same in many operations once; then the counts."""
    changes = tuple(changes)
    lines: list[str] = []
    for (level, rule, says, _), group in _grouped(changes).items():
        first = group[0]
        others = [change.operation for change in group[1:]]
        lines.append(f"{level:<9} {rule}  {first.operation or 'the document'}: {says}")
        if level not in QUIET:
            lines += [f"          {line}" for line in _details(first)]
            if others:
                lines.append(
                    f"          also in {', '.join(others[:6])}{f' and {len(others) - 6} more' * (len(others) > 6)}"
                )
    counts = Counter(change.level for change in changes)
    told = ", ".join(f"{counts[level]} {level}" for level in LEVELS if counts[level]) or "no change"
    return "\n".join([*lines, *([""] if lines else []), f"{verdict(changes)}: {told}"]) + "\n"


def _grouped(changes: Iterable[Change]) -> dict[tuple[str, str, str, str], list[Change]]:
    found: dict[tuple[str, str, str, str], list[Change]] = {}
    for change in changes:
        shown = change.counterexample if change.level not in QUIET else ABSENT
        example = "" if shown is ABSENT else canonical(shown)
        found.setdefault((change.level, change.rule, change.says, example), []).append(change)
    return found


def _details(change: Change) -> Iterator[str]:
    if change.pointer:
        yield f"at {change.pointer}"
    for word, value in (("before", change.before), ("after", change.after), ("counterexample", change.counterexample)):
        if value is not ABSENT:
            yield f"{word} {_short(canonical(value))}"
    yield from (f"tried: {one}" for one in change.tried)
    yield from (f"client: {one}" for one in change.client if one != change.says)


def _short(told: str) -> str:
    return told if len(told) <= 160 else f"{told[:157]}..."
