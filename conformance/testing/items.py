"""One case as a test of pytest: its verdict is the test's outcome."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.engine.plan import Case
from conformance.errors import ConformanceError
from conformance.report.words import printed, visible
from conformance.results import CaseLine
from conformance.testing.targets import Place
from conformance.transport.redaction import Redactor

SKIPS = frozenset({"SKIPPED", "NOT_APPLICABLE", "INCONCLUSIVE", "KNOWN"})
FAILS = frozenset({"FAIL", "ERROR", "BLOCKED"})


PART = "part: it judges the replies of the whole run, and a worker sees its own; run it without -n"


class NotHeld(Exception):
    """A case failed, could not be set up, or met an error of the suite; the text is what a reader needs."""


class CaseItem(pytest.Item):
    """A case on a target, called ``TARGET:OPERATION/FACET/CHECK``, marked with its facet and its level.

    ``is_part`` says that other workers run the rest of the cases.
    """

    place: Place
    case: Case
    strict: bool
    is_part: bool

    def runtest(self) -> None:
        """Run the case; a verdict that is no pass raises."""
        line = self.place.run(self.case)
        if self.is_part and self.case.phase == "last" and line.verdict in {"PASS", "OBSERVED"}:
            line = line.model_copy(update={"verdict": "SKIPPED", "reason": PART})
        self.user_properties += [("verdict", line.verdict), ("clauses", " ".join(line.clauses))]
        self.user_properties += [(f"observed {name}", str(value)) for name, value in line.observed.items()]
        if line.verdict in SKIPS:
            pytest.skip(visible(line.reason))
        if line.verdict in FAILS or (line.verdict == "WARN" and self.strict):
            raise NotHeld(told(line, self.case))
        if line.verdict == "WARN":
            self.add_report_section("call", "conformance", told(line, self.case))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *how: Any, **more: Any) -> Any:
        """The block of a case that does not hold, the line of a wrong environment; anything else as pytest tells it."""
        if isinstance(excinfo.value, NotHeld | ConformanceError):
            return visible(Redactor().text(str(excinfo.value)))
        return super().repr_failure(excinfo, *how, **more)

    def reportinfo(self) -> tuple[str, int | None, str]:
        """Where the case is told from, and its name."""
        return str(self.place.vendor.folder / "semantics.yaml"), None, self.name


def told(line: CaseLine, case: Case) -> str:
    """A verdict in lines that steer no terminal: clauses, claim, expected and actual, steps, and the curl line."""
    lines = [f"{line.verdict}  {printed(line)}"]
    lines += [f"  clause    {one.id} ({one.level}): {one.says} ({one.where})" for one in case.clauses]
    lines.append(f"  claim     {line.claim}")
    if line.expected or line.actual:
        lines += [f"  expected  {line.expected}", f"  actual    {line.actual}"]
        lines += [f"  {'' if index else 'scenario':<8}  {step}" for index, step in enumerate(line.scenario)]
    else:
        lines.append(f"  reason    {line.reason}")
    if line.blame and line.blame != "server":
        lines.append(f"  blame     {line.blame}")
    lines += [f"  exchange  {one.method} {one.url} -> {one.status}" for one in line.exchanges]
    if line.curl:
        lines.append(f"  {line.curl}")
    return visible("\n".join(lines))
