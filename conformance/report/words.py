"""Wording that every renderer shares: names of cases, verdicts in order of weight, the exit code in words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping

from conformance.results import CaseLine, ClauseText, Results, Verdict

BY_WEIGHT: tuple[Verdict, ...] = (
    "FAIL",
    "ERROR",
    "BLOCKED",
    "WARN",
    "INCONCLUSIVE",
    "KNOWN",
    "SKIPPED",
    "PASS",
    "OBSERVED",
    "NOT_APPLICABLE",
)
"""Verdicts, the one that wants a reader's eye first."""

TOLD = 5
"""Clauses of one case that are told with their text; of more the ids are named."""

_WORD = re.compile(r"""(?:[^\s'"]|'[^']*'|"[^"]*"|['"])+""")


def printed(case: CaseLine) -> str:
    """The case as it is printed and as pytest names it: ``target:operation/facet/check``."""
    return f"{case.target}:{case.case.removeprefix(f'{case.vendor}/')}"


def counts(results: Results) -> dict[Verdict, int]:
    """How many cases got each verdict that occurs, the weightiest first."""
    counted = Counter(case.verdict for case in results.cases)
    return {verdict: counted[verdict] for verdict in BY_WEIGHT if counted[verdict]}


def clauses_of(results: Results, case: CaseLine) -> Mapping[str, ClauseText | None]:
    """The clauses that ``case`` cites, with their text where the header has it."""
    known = next((target.clauses for target in results.header.targets if target.name == case.target), {})
    return {name: known.get(name) for name in case.clauses}


def ids_alone(case: CaseLine) -> str:
    """The ids of the clauses that ``case`` cites when they are too many to be told; else nothing."""
    return " ".join(case.clauses) if len(case.clauses) > TOLD else ""


def short(text: str, limit: int) -> str:
    """``text`` on one line, cut after ``limit`` characters with a note of how many it has."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit].rstrip()} ... ({len(text)} characters)"


def visible(text: str) -> str:
    """``text`` with control and format characters spelled out, so that no reply can steer a terminal."""
    return "".join(f"\\u{ord(char):04x}" if _steers(char) else char for char in text)


def curl_lines(curl: str) -> list[str]:
    """A curl command broken before each header and body, to be pasted as it stands."""
    lines: list[str] = []
    for word in _WORD.findall(curl):
        if not lines or word in {"-H", "--data-binary", "--data-raw"}:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return [f"{line} \\" for line in lines[:-1]] + lines[-1:]


def clauses_judged(results: Results) -> str:
    """``110 of 153`` for a run that ended; nothing for one that did not."""
    footer = results.footer
    if footer is None:
        return ""
    judged = len(footer.clauses_judged)
    return f"{judged} of {judged + len(footer.clauses_not_judged)}"


def traffic(results: Results) -> str:
    """What the run sent, made and left, on one line; nothing for a run that did not end."""
    footer = results.footer
    if footer is None:
        return ""
    left = len(footer.left_behind)
    return (
        f"{many(footer.requests, 'request')} ({many(footer.writes, 'write')}); "
        f"{footer.created} created, {footer.removed} removed, {left} left behind; {footer.seconds:.1f} s"
    )


def ending(results: Results) -> str:
    """The exit code in words, or how far a run came that did not end."""
    footer = results.footer
    if footer is None:
        return (
            f"unfinished: the file holds {len(results.cases)} of {results.header.planned} planned cases and no footer"
        )
    why = (_why(results, footer.exit_code, complete=footer.complete), *footer.problems)
    return f"exit {footer.exit_code}: {'; '.join(filter(None, why))}"


def again(results: Results) -> str:
    """How to send the same requests once more."""
    jobs = " --jobs 1" if results.header.options.get("jobs", 1) != 1 else ""
    return f"the same command with --seed {results.header.seed}{jobs} sends the same requests"


def _steers(char: str) -> bool:
    return char not in "\n\t" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _why(results: Results, code: int, *, complete: bool) -> str:
    """What the cases make of a run; nothing where only the problems do."""
    tally = counts(results)
    problems = results.footer.problems if results.footer else ()
    if code == 0:
        warned = tally.get("WARN", 0)
        return f"nothing promised is broken; {many(warned, 'case')} WARN" if warned else "every judged case holds"
    if code == 1 and "FAIL" in tally:
        return f"{many(tally['FAIL'], 'case')} FAIL"
    if code == 1 and not problems and "WARN" in tally and results.header.options.get("strict"):
        return f"{many(tally['WARN'], 'case')} WARN under --strict"
    if code == 1:
        return ""
    return _unfinished(results, complete=complete) if code == 3 else "wrong usage, specification or configuration"


def _unfinished(results: Results, *, complete: bool) -> str:
    tally = counts(results)
    if "ERROR" in tally:
        return f"the suite itself failed in {many(tally['ERROR'], 'case')}"
    if not complete:
        return f"the run was interrupted; {many(tally.get('SKIPPED', 0), 'case')} SKIPPED"
    if "BLOCKED" in tally:
        return f"{many(tally['BLOCKED'], 'case')} BLOCKED: what they build on failed"
    if not set(tally) & {"PASS", "FAIL", "WARN", "OBSERVED", "KNOWN"}:
        return "no case was judged"
    problems = results.footer.problems if results.footer else ()
    return "" if problems else f"the run is unfinished: {many(tally.get('SKIPPED', 0), 'case')} SKIPPED"


def many(count: int, noun: str) -> str:
    """``1 case``, ``2 cases``."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
