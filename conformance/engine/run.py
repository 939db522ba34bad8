"""Run a plan against a target: each case gets a fresh API object and ends in a verdict."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby

from conformance.contract.message import Exchange
from conformance.engine.api import Api, Session
from conformance.engine.making import build
from conformance.engine.outcome import (
    Blocked,
    Mismatch,
    NotApplicable,
    Outcome,
    Skip,
)
from conformance.engine.plan import Case
from conformance.engine.showing import curl, exchange_line
from conformance.engine.verdict import failed, passed
from conformance.results import Blame, CaseLine, Verdict
from conformance.transport.redaction import Redactor

SHOWN = 6
"""Exchanges shown with a failure: the last ones."""


@dataclass(frozen=True)
class Trouble:
    """Why a target cannot be tested at all."""

    reason: str
    blame: Blame


@dataclass
class Runner:
    """Runs cases on one target; ``trouble`` is set when the known-good request failed before the first case."""

    session: Session
    redactor: Redactor
    trouble: Trouble | None = field(default=None, init=False)

    def run(self, cases: Sequence[Case]) -> Iterator[CaseLine]:
        """Every case's line, in the order of the plan."""
        self.trouble = self.known_good()
        for phase, group in groupby(cases, key=lambda case: case.phase):
            jobs = self.session.jobs
            if jobs > 1 and phase not in {"quiet", "late", "last"}:
                with ThreadPoolExecutor(jobs) as pool:
                    yield from pool.map(self.run_case, group)
            else:
                yield from map(self.run_case, group)

    def known_good(self) -> Trouble | None:
        """What the vendor's known-good request says of the target: nothing when it succeeds."""
        api = Api(self.session, f"{self.session.vendor.name}/known-good")
        try:
            reply = api.send(build(api, self.session.vendor.semantics.known_good))
            api.expect_success(reply)
        except Mismatch as wrong:
            reply_seen = api.history[-1].reply if api.history else None
            if reply_seen is None:
                return Trouble(f"{self.session.target.url} gives no reply: {wrong.actual}", "network")
            if reply_seen.status in {401, 403}:
                return Trouble(
                    f"{self.session.target.url} refuses the credentials ({reply_seen.status})", "credentials"
                )
            return Trouble(f"{self.session.target.url} fails the known-good request: {wrong.actual}", "environment")
        except Blocked as blocked:
            return Trouble(blocked.reason, blocked.blame)
        except Outcome as other:
            return Trouble(str(other), "environment")
        return None

    def _concerns(self, trouble: Trouble, case: Case) -> bool:
        """Whether a trouble keeps a case from being judged: bad credentials do not where none are asked for."""
        call = self.session.vendor.semantics.operations.get(case.subject_name)
        if trouble.blame != "credentials" or call is None:
            return True
        return call.effect != "token" and bool(self.session.vendor.document.operations[call.id].security)

    def run_case(self, case: Case) -> CaseLine:
        """One case's line; whatever the suite itself does wrong is an ERROR, never a traceback."""
        api = Api(self.session, case.id)
        started = time.perf_counter()
        ending = self._judge(case, api)
        return self._line(case, api, ending, time.perf_counter() - started)

    def _judge(self, case: Case, api: Api) -> _Ending:
        if self.trouble is not None and self._concerns(self.trouble, case):
            return _Ending("BLOCKED", self.trouble.reason, self.trouble.blame)
        try:
            if case.subject_name in self.session.vendor.semantics.operations:
                api.expect_offered(case.subject_name)
            for name in case.check.identities:
                if name not in self.session.identities:
                    raise Skip("identity", f"the environment gives no identity {name!r}")
            arguments = (case.subject,) if case.variant is None else (case.subject, case.variant)
            case.check.function(api, *arguments)
        except Mismatch as wrong:
            return self._failure(case, wrong)
        except Blocked as blocked:
            return self._gone(case, blocked) or _ending(blocked)
        except Outcome as other:
            return _ending(other)
        except Exception as wrong:
            place = traceback.extract_tb(wrong.__traceback__)[-1]
            reason = f"{type(wrong).__name__}: {wrong} ({place.filename.rpartition('/')[2]}:{place.lineno})"
            return _Ending("ERROR", reason, "suite")
        return _Ending(passed(case.level))

    def _failure(self, case: Case, wrong: Mismatch) -> _Ending:
        verdict = failed(case.level)
        gone = self._gone(case, wrong) if verdict != "OBSERVED" else None
        return gone or _Ending(verdict, str(wrong), "server", wrong)

    def _gone(self, case: Case, wrong: Mismatch | Blocked) -> _Ending | None:
        """How a case ends when the known-good request fails too, so that nothing can be held against the server."""
        if isinstance(wrong, Blocked) and wrong.blame != "server":
            return None
        trouble = self.known_good()
        if trouble is None or not self._concerns(trouble, case):
            return None
        return _Ending("BLOCKED", f"{trouble.reason}; before that: {wrong}", "environment")

    def _line(self, case: Case, api: Api, ending: _Ending, seconds: float) -> CaseLine:
        text = self.redactor.text
        shown: Sequence[Exchange] = (
            api.history[-SHOWN:] if ending.verdict in {"FAIL", "WARN", "BLOCKED", "ERROR"} else ()
        )
        wrong = ending.mismatch
        observed = {name: text(value) if isinstance(value, str) else value for name, value in api.observed.items()}
        if wrong is not None and ending.verdict == "OBSERVED":
            observed["instead"] = text(wrong.actual)
        return CaseLine(
            target=self.session.target.name,
            case=case.id,
            vendor=case.vendor,
            operation=case.subject_name,
            facet=case.check.facet,
            check=case.check.name,
            clauses=tuple(clause.id for clause in case.clauses),
            level=case.level,
            verdict=ending.verdict,
            claim=case.check.claim_of(case.variant),
            reason=text(ending.reason),
            blame=ending.blame,
            effect=case.effect,
            requests=len(api.history),
            seconds=round(seconds, 4),
            observed=observed,
            scenario=tuple(map(text, wrong.scenario)) if wrong else (),
            expected=text(wrong.expected) if wrong else "",
            actual=text(wrong.actual) if wrong else "",
            exchanges=tuple(exchange_line(exchange, self.redactor) for exchange in shown),
            curl=curl(shown[-1].wire, self.redactor) if shown else "",
        )


@dataclass(frozen=True)
class _Ending:
    verdict: Verdict
    reason: str = ""
    blame: Blame | None = None
    mismatch: Mismatch | None = None


def _ending(outcome: Outcome) -> _Ending:
    """How a case ends that neither holds nor fails."""
    match outcome:
        case Blocked():
            return _Ending("BLOCKED", outcome.reason, outcome.blame)
        case Skip():
            return _Ending("SKIPPED", f"{outcome.cause}: {outcome.reason}")
        case NotApplicable():
            return _Ending("NOT_APPLICABLE", str(outcome))
        case _:
            return _Ending("INCONCLUSIVE", str(outcome))
