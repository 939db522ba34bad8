"""One HTML page, complete in itself: a picture of the run, what did not hold, and every case."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files

from conformance.report.causes import Cause, causes
from conformance.report.exchanges import acting, request_text, response_text
from conformance.report.picture import picture
from conformance.report.words import (
    BY_WEIGHT,
    again,
    clauses_judged,
    clauses_of,
    counts,
    curl_lines,
    ending,
    ids_alone,
    many,
    printed,
    traffic,
    visible,
)
from conformance.results import CaseLine, ExchangeLine, Results, Verdict

_OPEN: frozenset[Verdict] = frozenset({"FAIL", "ERROR"})
"""Verdicts whose causes are shown unfolded."""
_TOLD: frozenset[Verdict] = frozenset(BY_WEIGHT[: BY_WEIGHT.index("KNOWN") + 1])


def html(results: Results) -> str:
    """The results as a page that loads nothing; its policy lets no text of a server under test run or load."""
    style, script = _asset("report.css"), _asset("report.js")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    title = f"Conformance of {', '.join(target.name for target in results.header.targets)}"
    body = "\n".join(_body(results, title))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_text(title)}</title>
<style>{style}</style>
</head>
<body>
{body}
<script>{script}</script>
</body>
</html>
"""


def _body(results: Results, title: str) -> Iterator[str]:
    footer = results.footer
    header = results.header
    good = footer is not None and footer.exit_code == 0
    yield f"<header><h1>{_text(title)}</h1>"
    yield f'<p class="soft">workflow-conformance {_text(header.suite)}, {_text(header.started)}, seed {header.seed}</p>'
    for target in header.targets:
        yield f"<p><b>{_text(target.name)}</b> <code>{_text(target.url)}</code> {_text(target.profile)}</p>"
    yield f'<p class="ending {"good" if good else "bad"}">{_text(ending(results))}</p>'
    yield f'<ul class="tiles">{"".join(_tiles(results))}</ul>'
    if footer:
        yield f"<p>{_text(clauses_judged(results))} clauses judged. {_text(traffic(results))}.</p>"
    yield f'<p class="soft">{_text(again(results))}</p></header>'
    for target in header.targets:
        yield f"<h2>{_text(target.name)}</h2><div class=picture>{picture(results, target.name)}</div>"
    found = causes(results.cases, _TOLD)
    if found:
        yield "<h2>What did not hold</h2>"
        yield from (_cause(results, cause) for cause in found)
    yield from _remainder(results)
    yield from _cases(results)


def _tiles(results: Results) -> Iterator[str]:
    for verdict, count in counts(results).items():
        yield f'<li class="v-{verdict}"><b>{count}</b>{verdict}</li>'


def _cause(results: Results, cause: Cause) -> str:
    case = cause.case
    more = f" and {len(cause.others)} more" if cause.others else ""
    folding = " open" if case.verdict in _OPEN else ""
    parts = [
        f"<details{folding}><summary>{_tag(case)} <code>{_text(printed(case))}</code>{more}",
        f"<br>{_text(case.claim)}</summary>",
        f"<dl>{''.join(_facts(results, case))}</dl>",
        *(_exchange(exchange) for exchange in case.exchanges),
    ]
    if case.curl:
        parts.append(f"<pre>{_text(chr(10).join(curl_lines(case.curl)))}</pre>")
    if cause.others:
        named = "".join(f"<li><code>{_text(printed(other))}</code></li>" for other in cause.others)
        parts.append(f"<p>Alike in:</p><ul>{named}</ul>")
    return "\n".join([*parts, "</details>"])


def _facts(results: Results, case: CaseLine) -> Iterator[str]:
    facts = {
        "expected": case.expected,
        "actual": case.actual,
        "reason": "" if case.expected and case.verdict != "KNOWN" else case.reason,
        "blame": case.blame or "",
        "identity": "" if case.identity == "main" else case.identity,
    }
    yield from (f"<dt>{name}</dt><dd>{_text(value)}</dd>" for name, value in facts.items() if value)
    if case.scenario:
        yield f"<dt>scenario</dt><dd>{'<br>'.join(map(_text, case.scenario))}</dd>"
    if ids_alone(case):
        yield f"<dt>clauses</dt><dd>{_text(ids_alone(case))}</dd>"
        return
    for name, clause in clauses_of(results, case).items():
        if clause:
            says = f'{_text(clause.says)} <span class="soft">{clause.level}; {_text(clause.where)}</span>'
        else:
            says = case.level
        yield f"<dt>{_text(name)}</dt><dd>{says}</dd>"


def _exchange(exchange: ExchangeLine) -> str:
    line = f"{exchange.method} {exchange.url}{acting(exchange)} → {exchange.status or 'no reply'}"
    return (
        f"<details><summary><code>{_text(line)}</code></summary>"
        f"<pre>{_text(request_text(exchange))}</pre><pre>{_text(response_text(exchange))}</pre></details>"
    )


def _remainder(results: Results) -> Iterator[str]:
    if results.footer is None:
        return
    if results.footer.left_behind:
        yield "<h2>Left behind</h2>" + _list(results.footer.left_behind)
    if results.footer.clauses_not_judged:
        rows = "".join(
            f"<tr><td>{_text(name)}</td><td>{_text(why)}</td></tr>"
            for name, why in results.footer.clauses_not_judged.items()
        )
        count = many(len(results.footer.clauses_not_judged), "clause")
        yield f"<h2>Clauses not judged</h2><details><summary>{count}</summary><table>{rows}</table></details>"


def _cases(results: Results) -> Iterator[str]:
    rows = "\n".join(
        f"<tr data-case><td>{_tag(case)}</td><td><code>{_text(printed(case))}</code><br>{_text(case.claim)}"
        f"{_observed(case)}</td><td>{_text(' '.join(case.clauses))}</td>"
        f'<td class="number">{case.requests}</td><td class="number">{case.seconds:.2f}</td></tr>'
        for case in results.cases
    )
    yield f"""<h2>Every case</h2>
<input id="filter" type="search" placeholder="Words to filter by, such as: fail pagination" aria-label="Filter cases">
<table><thead><tr><th>Verdict</th><th>Case</th><th>Clauses</th><th class="number">Requests</th>
<th class="number">Seconds</th></tr></thead><tbody>
{rows}
</tbody></table>"""


def _observed(case: CaseLine) -> str:
    facts = ", ".join(f"{name}: {value}" for name, value in case.observed.items())
    told = facts or (case.reason if case.verdict in {"SKIPPED", "NOT_APPLICABLE"} else "")
    return f'<br><span class="soft">{_text(told)}</span>' if told else ""


def _tag(case: CaseLine) -> str:
    return f'<span class="tag v-{case.verdict}">{case.verdict}</span>'


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{_text(item)}</li>' for item in items)}</ul>"


def _text(text: str) -> str:
    return escape(visible(text))


def _asset(name: str) -> str:
    return (files("conformance.report") / "assets" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
