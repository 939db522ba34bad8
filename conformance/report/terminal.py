"""The report for a terminal: a block for each cause of failure, then a matrix."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from io import StringIO

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from conformance.report.causes import Cause, causes, reasons
from conformance.report.exchanges import acting
from conformance.report.matrix import Matrix, Row, matrix
from conformance.report.words import (
    again,
    clauses_judged,
    clauses_of,
    counts,
    curl_lines,
    ending,
    ids_alone,
    printed,
    short,
    traffic,
    visible,
)
from conformance.results import CaseLine, ExchangeLine, Results, Verdict

NAMED = 8
"""Further cases of one cause, and things left behind, that are named."""
BODY = 240
"""Characters of a body that are shown."""
WIDEST = 120
"""Columns beyond which a terminal's width is left empty."""

STYLES: dict[Verdict, str] = {
    "PASS": "green",
    "FAIL": "bold red",
    "WARN": "yellow",
    "OBSERVED": "cyan",
    "KNOWN": "magenta",
    "NOT_APPLICABLE": "dim",
    "SKIPPED": "blue",
    "BLOCKED": "red",
    "INCONCLUSIVE": "magenta",
    "ERROR": "bold red",
}
_SHORT: dict[Verdict, str] = {
    "OBSERVED": "OBS.",
    "NOT_APPLICABLE": "N/A",
    "SKIPPED": "SKIP",
    "BLOCKED": "BLOCK",
    "INCONCLUSIVE": "INC.",
    "ERROR": "ERR.",
}
_PLAIN = box.Box("    \n    \n -- \n    \n    \n -- \n    \n    \n", ascii=True)
_LINE = box.Box("    \n    \n ── \n    \n    \n ── \n    \n    \n")


def render(results: Results) -> None:
    """Print the report to stdout: in colour on a terminal unless ``NO_COLOR`` is set, as plain text elsewhere."""
    console = Console()
    live = console.is_terminal and not console.is_dumb_terminal
    encoding = sys.stdout.encoding or "utf-8"
    report = text(
        results,
        width=min(console.width, WIDEST),
        colour=live and not console.no_color,
        unicode=live and encoding.lower().startswith("utf"),
    )
    sys.stdout.write(report.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def text(results: Results, *, width: int, colour: bool, unicode: bool = False) -> str:
    """The report in lines of ``width`` columns; only a curl command may run over, so that it can be copied."""
    file = StringIO()
    console = Console(
        file=file,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        safe_box=not unicode,
        _environ={},
    )
    for part in _parts(results, unicode=unicode, width=width):
        console.print(part, soft_wrap=isinstance(part, Text) and part.no_wrap is True)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


def _parts(results: Results, *, unicode: bool, width: int) -> Iterator[RenderableType]:
    yield from _header(results)
    stopped: set[str] = set()
    for cause in causes(results.cases):
        yield ""
        if cause.stops_target(results.cases):
            stopped.add(cause.case.target)
            yield _stop(cause)
        else:
            yield from _block(results, cause, unicode=unicode, width=width)
    known = causes(results.cases, {"KNOWN"})
    if known:
        yield ""
        yield from (_known(cause) for cause in known)
    yield ""
    if {case.target for case in results.cases} - stopped:
        yield _matrix(results, unicode=unicode, width=width)
        yield ""
    yield from _closing(results)


def _header(results: Results) -> Iterator[RenderableType]:
    header = results.header
    options = " ".join(name if value is True else f"{name}={value}" for name, value in header.options.items())
    title = Text(f"workflow-conformance {header.suite}", style="bold")
    yield title.append(f"  seed {header.seed}  {header.started}  {visible(options)}".rstrip(), style="not bold")
    table = Table.grid(padding=(0, 2))
    for target in header.targets:
        mode = f"mode {target.mode}" if target.mode else ""
        table.add_row("", *(_plain(cell) for cell in (target.name, target.url, target.profile, mode)))
    yield table


def _stop(cause: Cause) -> Text:
    """One line for a target of which nothing could be judged."""
    line = Text("BLOCKED  ", style=STYLES["BLOCKED"]).append(visible(cause.case.target), style="bold")
    blame = f" (blame: {cause.case.blame})" if cause.case.blame else ""
    return line.append(f"  {visible(cause.case.reason)}{blame}", style="not bold")


def _block(results: Results, cause: Cause, *, unicode: bool, width: int) -> Iterator[RenderableType]:
    case = cause.case
    yield Text(f"{case.verdict}  ", style=STYLES[case.verdict]).append(visible(printed(case)), style="bold")
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", min_width=8, no_wrap=True)
    facts.add_column(overflow="fold")
    for label, value in _facts(results, case):
        facts.add_row(label, _plain(value))
    for exchange in case.exchanges:
        facts.add_row("exchange", _exchange(results, case, exchange, "→" if unicode else "->", width - 14))
    if cause.others:
        facts.add_row("also", _plain(_named([printed(other) for other in cause.others])))
    yield Padding(facts, (0, 0, 0, 2))
    if case.curl:
        yield Text("  curl", style="dim")
        for line in curl_lines(case.curl):
            yield Text(f"    {visible(line)}", no_wrap=True)


def _facts(results: Results, case: CaseLine) -> Iterator[tuple[str, str]]:
    yield "claim", case.claim
    if case.expected or case.actual:
        yield "expected", case.expected
        yield "actual", case.actual
        if case.scenario:
            yield "scenario", "\n".join(case.scenario)
    elif case.reason:
        yield "reason", case.reason
    if case.blame not in {None, "server"}:
        yield "blame", str(case.blame)
    if case.identity != "main":
        yield "identity", case.identity
    yield from _cited(results, case)


def _cited(results: Results, case: CaseLine) -> Iterator[tuple[str, str]]:
    alone = ids_alone(case)
    if alone:
        yield "clauses", f"{alone}\n'conformance clauses {case.vendor}' tells what they say"
        return
    label = "clause"
    for name, clause in clauses_of(results, case).items():
        yield label, f"{name} ({clause.level}): {clause.says}\n{clause.where}" if clause else f"{name} ({case.level})"
        label = ""


def _exchange(results: Results, case: CaseLine, exchange: ExchangeLine, arrow: str, width: int) -> Text:
    base = next((target.url for target in results.header.targets if target.name == case.target), "")
    path = exchange.url.removeprefix(base.rstrip("/"))
    shown = _plain(f"{exchange.method} {path}{acting(exchange)} {arrow} {exchange.status or 'no reply'}")
    for sign, body in ((">", exchange.request_body), ("<", exchange.response_body)):
        if body:
            shown.append(f"\n{sign} {_sliced(visible(short(body, BODY)), max(width, 20))}", style="dim")
    return shown


def _sliced(body: str, width: int) -> str:
    """``body`` in lines of ``width``: broken anywhere, since JSON has hardly any blank to break at."""
    return "\n  ".join(body[start : start + width] for start in range(0, len(body), width))


def _named(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return "\n".join([*names[:NAMED], f"and {more} more"] if more > 0 else names)


def _known(cause: Cause) -> Text:
    more = f" (and {len(cause.others)} more)" if cause.others else ""
    line = Text("KNOWN  ", style=STYLES["KNOWN"])
    return line.append(visible(f"{printed(cause.case)}{more}: {short(cause.case.reason, BODY)}"), style="not bold")


def _matrix(results: Results, *, unicode: bool, width: int) -> Table:
    shown = matrix(results)
    headings = _headings(shown, width)
    table = Table(box=_LINE if unicode else _PLAIN, show_footer=True, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("facet", "total", no_wrap=True)
    for verdict in shown.verdicts:
        total = str(shown.totals[verdict])
        table.add_column(headings[verdict], total, justify="right", no_wrap=True, header_style=STYLES[verdict])
    table.add_column("all", str(sum(shown.totals.values())), justify="right", no_wrap=True)
    several = len({row.target for row in shown.rows}) > 1
    before = ""
    for row in shown.rows:
        if several and row.target != before:
            table.add_row(Text(visible(row.target), style="bold"))
        facet = _plain(f"  {row.facet}" if several else row.facet)
        table.add_row(facet, *(_cell(row, verdict) for verdict in shown.verdicts), str(row.total))
        before = row.target
    return table


def _headings(shown: Matrix, width: int) -> dict[Verdict, str]:
    """The verdicts' names, or their first letters where the names would not fit."""
    longest = max(len(row.facet) + 2 for row in shown.rows)
    needed = longest + 8 + sum(len(verdict) + 2 for verdict in shown.verdicts)
    return {verdict: verdict if needed <= width else _SHORT.get(verdict, verdict) for verdict in shown.verdicts}


def _cell(row: Row, verdict: Verdict) -> Text:
    count = row.counts.get(verdict, 0)
    return Text(str(count), style=STYLES[verdict]) if count else Text(".", style="dim")


def _closing(results: Results) -> Iterator[RenderableType]:
    for verdict in ("SKIPPED", "NOT_APPLICABLE"):
        for reason, count in reasons(results.cases, verdict).items():
            yield _plain(f"{verdict}  {count} x {reason}")
    totals = [Text(f"{count} {verdict}", style=STYLES[verdict]) for verdict, count in counts(results).items()]
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    facts.add_row("cases", Text(", ").join(totals) if totals else "none")
    if results.footer:
        facts.add_row("clauses", f"{clauses_judged(results)} judged")
        facts.add_row("traffic", traffic(results))
        left = results.footer.left_behind
        if left:
            facts.add_row("left", _plain(_named(left)))
    facts.add_row("seed", again(results))
    yield facts
    good = results.footer is not None and results.footer.exit_code == 0
    yield Text(ending(results), style="bold green" if good else "bold red")


def _plain(value: str) -> Text:
    return Text(visible(value))
