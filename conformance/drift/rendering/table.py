"""The outcome of the drift gate as a table: a row a pair of witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conformance.drift.finding import Finding
from conformance.drift.verdict import Drift, Row
from conformance.report.markdown import escape
from conformance.report.words import visible


def table(drift: Drift) -> str:
    """Plain text: the table, a block a finding, the verdict."""
    cells = [_cells(row) for row in drift.rows]
    widths = [max(len(row[column]) for row in [("vendor", "witnesses", ""), *cells]) for column in range(2)]
    lines = [f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}".rstrip() for row in cells]
    blocks = [line for row in drift.rows for line in _findings(row)]
    count = len(drift.findings)
    held = " that was held" if any(row.absent for row in drift.rows) else ""
    ending = f"every pair of witnesses{held} agrees" if not count else f"{count} finding{'s' if count > 1 else ''}"
    return "\n".join([*lines, *blocks, "", f"{drift.verdict}: {ending}"]) + "\n"


def markdown(drift: Drift) -> str:
    """The same for the page of a CI job."""
    rows = [f"| {' | '.join(escape(cell) for cell in _cells(row))} |" for row in drift.rows]
    parts = [
        "## Drift",
        f"**{drift.verdict}**",
        "\n".join(["| Vendor | Witnesses | |", "| --- | --- | --- |", *rows]),
    ]
    found = [line for one in drift.findings for line in _item(one)]
    return "\n\n".join([*parts, *(["\n".join(found)] if found else [])]) + "\n"


def _item(one: Finding) -> Iterator[str]:
    """A finding as an item of a list, its details as code below it."""
    yield f"- `{escape(one.rule)}` {escape(str(one))}"
    if one.details:
        yield from ("", *(f"      {visible(line)}".rstrip() for line in one.details), "")


def _cells(row: Row) -> tuple[str, str, str]:
    return row.vendor, row.witnesses, " ".join(_told(row))


def _told(row: Row) -> Iterator[str]:
    if row.absent:
        yield f"not held: {row.absent}"
    else:
        yield f"{len(row.findings)} finding{'s' * (len(row.findings) > 1)}" if row.findings else "agree"
    if row.accepted:
        yield f"({len(row.accepted)} waived)"


def _findings(row: Row) -> Iterable[str]:
    for one in row.findings:
        yield ""
        yield f"{one.rule}  {one}"
        yield from (f"    {line}".rstrip() for line in one.details)
        if one.mend:
            yield f"  to mend it: {one.mend}"
