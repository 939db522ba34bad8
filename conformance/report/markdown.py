"""A summary in Markdown for the page of a CI job."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from conformance.report.causes import Cause, causes
from conformance.report.exchanges import plain
from conformance.report.matrix import matrix
from conformance.report.words import (
    again,
    clauses_judged,
    clauses_of,
    counts,
    ending,
    ids_alone,
    printed,
    short,
    traffic,
    visible,
)
from conformance.results import CaseLine, Results, Verdict

NAMED = 20
"""Further cases of one cause that are named."""
LEFT = 5
"""Things left behind that are named."""

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&$@]")
_SIGNS: dict[Verdict, str] = {
    "PASS": "✅",
    "FAIL": "❌",
    "WARN": "⚠️",
    "OBSERVED": "👁️",
    "KNOWN": "📌",
    "BLOCKED": "⛔",
    "ERROR": "💥",
}


def markdown(results: Results) -> str:
    """The results as GitHub-flavoured Markdown: the ending, a block for each cause, a table, what is left."""
    found = causes(results.cases)
    parts = ["## Conformance", f"**{escape(ending(results))}**", _facts(results)]
    if found:
        parts += ["### What did not hold", *(_block(results, cause) for cause in found)]
    parts += ["### All cases" if found and results.cases else "", _table(results), _left(results)]
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """``text`` on one line, without meaning to Markdown or HTML."""
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", visible(" ".join(text.split())))


def _facts(results: Results) -> str:
    header = results.header
    facts = [f"{target.name}: {target.url} ({target.profile})" for target in header.targets]
    facts.append(", ".join(f"{count} {verdict}" for verdict, count in counts(results).items()) or "no cases")
    if results.footer:
        facts += [f"{clauses_judged(results)} clauses judged", traffic(results)]
    facts.append(f"workflow-conformance {header.suite}; {again(results)}")
    return _list(facts)


def _left(results: Results) -> str:
    left = results.footer.left_behind if results.footer else ()
    named = [*left[:LEFT], *([f"and {len(left) - LEFT} more"] if len(left) > LEFT else [])]
    return f"### Left behind\n\n{_list(named)}" if left else ""


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {escape(item)}" for item in items)


def _table(results: Results) -> str:
    if not results.cases:
        return ""
    shown = matrix(results)
    heads = [f"{_SIGNS.get(verdict, '')} {verdict}".strip() for verdict in shown.verdicts]
    rows = [_row(["Target", "Facet", *heads, "All"]), _row(["---", "---", *["---:"] * (len(heads) + 1)])]
    for row in shown.rows:
        numbers = [str(row.counts.get(verdict, "")) for verdict in shown.verdicts]
        rows.append(_row([escape(row.target), escape(row.facet), *numbers, str(row.total)]))
    totals = [f"**{shown.totals[verdict]}**" for verdict in shown.verdicts]
    return "\n".join([*rows, _row(["**total**", "", *totals, f"**{len(results.cases)}**"])])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _block(results: Results, cause: Cause) -> str:
    case = cause.case
    more = f" and {len(cause.others)} more" if cause.others else ""
    sign = _SIGNS.get(case.verdict, "")
    summary = f"{sign} <b>{escape(case.verdict)}</b> <code>{escape(printed(case))}</code>{more}".strip()
    parts = [f"<details><summary>{summary}</summary>", "\n".join(f"- {fact}" for fact in _told(results, case))]
    if case.exchanges:
        parts.append(_fenced("http", "\n\n\n".join(plain(exchange) for exchange in case.exchanges)))
    if case.curl:
        parts.append(_fenced("sh", case.curl))
    if cause.others:
        parts.append("\n".join(f"- <code>{escape(printed(other))}</code>" for other in cause.others[:NAMED]))
    if len(cause.others) > NAMED:
        parts.append(f"and {len(cause.others) - NAMED} more")
    return "\n\n".join([*parts, "</details>"])


def _told(results: Results, case: CaseLine) -> Iterator[str]:
    yield f"claim: {escape(case.claim)}"
    if case.expected or case.actual:
        yield f"expected: {escape(short(case.expected, 600))}"
        yield f"actual: {escape(short(case.actual, 600))}"
        if case.scenario:
            yield "scenario:\n" + "\n".join(escape(short(line, 600)) for line in case.scenario)
    elif case.reason:
        yield f"reason: {escape(short(case.reason, 600))}"
    if case.blame not in {None, "server"}:
        yield f"blame: {case.blame}"
    if ids_alone(case):
        yield f"clauses: {escape(ids_alone(case))}"
        return
    for name, clause in clauses_of(results, case).items():
        says = f"{clause.level}: {clause.says} ({clause.where})" if clause else case.level
        yield f"**{escape(name)}** {escape(says)}"


def _fenced(language: str, text: str) -> str:
    """A code block whose fence is longer than any that ``text`` holds."""
    text = visible(text)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text}\n{fence}"
