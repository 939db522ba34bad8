"""Run a plan against a target: each case gets a fresh API object and ends in a verdict."""

from __future__ import annotations

import secrets
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import groupby

from conformance.contract.message import Exchange, Reply
from conformance.engine.api import Api
from conformance.engine.making import build
from conformance.engine.outcome import (
    Blocked,
    Mismatch,
    Moved,
    NotApplicable,
    Outcome,
    Skip,
)
from conformance.engine.plan import Case
from conformance.engine.reuse import knew_a_key
from conformance.engine.session import Session
from conformance.engine.showing import curl, exchange_line
from conformance.engine.verdict import failed, passed
from conformance.engine.weather import SILENT, is_limited, is_weather, told, weather
from conformance.results import Blame, CaseLine, Verdict
from conformance.transport.patience import Outage

PLAYS = 3
"""How often a case is played once more that fails and met weather, or under which others moved a list."""

QUICK = 50
"""Requests of a case that is played once more when others moved a list under it."""

SHOWN = 6
"""Exchanges shown with a failure: the last ones."""


@dataclass(frozen=True)
class Trouble:
    """Why a target cannot be tested at all; ``passes`` says that it is weather."""

    reason: str
    blame: Blame
    passes: bool = False


@dataclass
class Runner:
    """Runs cases on one target.

    ``trouble`` is set when the known-good request failed before the first case, or got no reply ``SILENT`` times in a
    row after cases that failed. ``ended`` are the lines by case, also those whose turn has not come yet.
    """

    session: Session
    ended: dict[str, CaseLine] = field(default_factory=dict, init=False)
    trouble: Trouble | None = field(default=None, init=False)
    _silent: int = field(default=0, init=False)
    _outage: Outage = field(default_factory=Outage, init=False)
    _looking: threading.Lock = field(default_factory=threading.Lock, init=False)

    def run(self, cases: Sequence[Case]) -> Iterator[CaseLine]:
        """Every case's line, in the order of the plan."""
        self.trouble = self._look()
        for phase, group in groupby(cases, key=lambda case: case.phase):
            jobs = self.session.jobs
            if jobs > 1 and phase not in {"quiet", "late", "last"}:
                with ThreadPoolExecutor(jobs) as pool:
                    yield from pool.map(self._end, group)
            else:
                yield from map(self._end, group)

    def _end(self, case: Case) -> CaseLine:
        self.ended[case.id] = line = self.run_case(case)
        return line

    def _look(self) -> Trouble | None:
        """What the known-good request says once an outage is over, or has lasted for too long.

        That nothing else got a reply either was the outage's doing.
        """
        with self._looking:
            while (trouble := self.known_good()) is not None and trouble.passes:
                self.session.watch.forget_silence()
                if not self._outage.is_borne():
                    return trouble
            if trouble is None:
                self._outage.is_over()
        return trouble

    def known_good(self) -> Trouble | None:
        """What the vendor's known-good request says of the target: nothing when it succeeds."""
        api = Api(self.session, f"{self.session.vendor.name}/known-good")
        try:
            reply = api.send(build(api, self.session.vendor.semantics.known_good))
            api.expect_success(reply)
        except Mismatch as wrong:
            return self._fault(api, wrong)
        except Blocked as blocked:
            return Trouble(blocked.reason, blocked.blame)
        except Outcome as other:
            needs = f"the known-good request {self.session.vendor.semantics.known_good} cannot be sent: {other}"
            return Trouble(needs, "environment")
        except Exception as wrong:
            return Trouble(f"the known-good request cannot be sent: {_raised(wrong)}", "suite")
        return None

    def _fault(self, api: Api, wrong: Mismatch) -> Trouble | None:
        url, reply = self.session.target.url, api.history[-1].reply if api.history else None
        if reply is None:
            return Trouble(f"{url} gives no reply: {wrong.actual}", "network", passes=True)
        if reply.status in {401, 403}:
            if self.session.target.auth.kind == "none":
                return Trouble(f"{url} asks for credentials ({reply.status}), and no auth gives any", "credentials")
            return Trouble(f"{url} refuses the credentials ({reply.status})", "credentials")
        if self._is_garbled(reply):
            return None
        reason = f"{url} fails the known-good request: {wrong.actual}"
        return Trouble(reason, "environment", passes=is_weather(api.history[-1]))

    def _is_garbled(self, reply: Reply) -> bool:
        """Whether a reply is the vendor's, but for what its contract says: that is for cases to judge."""
        vendor = self.session.vendor
        if not 200 <= reply.status < 300 or not isinstance(reply.json, dict):
            return False
        return vendor.validators.reply(vendor.document.operations[vendor.semantics.known_good], reply) is not None

    def _concerns(self, trouble: Trouble, case: Case) -> bool:
        """Whether a trouble keeps a case from being judged: bad credentials do not where none are asked for."""
        call = self.session.vendor.semantics.operations.get(case.subject_name)
        if trouble.blame != "credentials" or call is None:
            return True
        return call.effect != "token" and bool(self.session.vendor.document.operations[call.id].security)

    def run_case(self, case: Case) -> CaseLine:
        """One case's line; whatever the suite itself does wrong is an ERROR, never a traceback."""
        started, plays = time.perf_counter(), _Plays(self.session, case)
        api, ending = self._settled(plays, *self._undisturbed(plays))
        return self._line(plays, api, ending, time.perf_counter() - started)

    def _undisturbed(self, plays: _Plays) -> tuple[Api, _Ending]:
        """A play that nothing came between, if there is one among a few that take few requests.

        Others move a list, and weather can keep a case from what it is about, or be what it observes.
        """
        api = plays.begin()
        ending = self._judge(plays, api)
        for _ in range(PLAYS):
            between = ending.moved or (ending.verdict in {"INCONCLUSIVE", "OBSERVED"} and weather(api.history))
            if not between or len(api.history) > QUICK:
                break
            api = plays.begin()
            ending = self._judge(plays, api)
        return api, ending

    def _judge(self, plays: _Plays, api: Api) -> _Ending:
        case = plays.case
        if self.trouble is not None and self._concerns(self.trouble, case):
            return _Ending("BLOCKED", self.trouble.reason, self.trouble.blame)
        try:
            self._play(case, api)
        except Mismatch as wrong:
            return self._failure(plays, api, wrong)
        except Blocked as blocked:
            return self._excuse(plays, api, blocked) or _blocked(case, blocked)
        except Outcome as other:
            return _ending(other)
        except (Exception, SystemExit) as wrong:
            return _Ending("ERROR", _raised(wrong), "suite")
        return _Ending(passed(case.level))

    def _play(self, case: Case, api: Api) -> None:
        """Run the check; it ends silently or with an ``Outcome``."""
        if case.subject_name in self.session.vendor.semantics.operations:
            api.expect_offered(case.subject_name)
        for name in case.check.identities:
            if name not in self.session.identities:
                raise Skip("identity", f"the environment gives no identity {name!r}")
        arguments = (case.subject,) if case.variant is None else (case.subject, case.variant)
        case.check.function(api, *arguments)

    def _failure(self, plays: _Plays, api: Api, wrong: Mismatch) -> _Ending:
        verdict = failed(plays.case.level)
        excuse = self._excuse(plays, api, wrong) if verdict != "OBSERVED" else None
        return excuse or _Ending(verdict, str(wrong), "server", wrong)

    def _excuse(self, plays: _Plays, api: Api, wrong: Mismatch | Blocked) -> _Ending | None:
        """How a case ends when nothing can be held against the server.

        That is when the known-good request fails too, or when a run before this one used the same seed here.
        """
        if isinstance(wrong, Blocked) and wrong.blame != "server":
            return None
        trouble = self._look()
        self._silent = self._silent + 1 if trouble is not None and trouble.blame == "network" else 0
        if trouble is not None and self._silent >= SILENT:
            self.trouble = Trouble(f"{trouble.reason}, {SILENT} times in a row; no more is sent", trouble.blame)
        if trouble is not None and self._concerns(trouble, plays.case):
            return _Ending("BLOCKED", f"{trouble.reason}; before that: {wrong}", "environment")
        return self._with_other_keys(plays, wrong) if not weather(api.history) and knew_a_key(api) else None

    def _with_other_keys(self, plays: _Plays, wrong: Outcome) -> _Ending | None:
        """How the case ends that holds, is skipped or meets weather when it is played once more; else nothing."""
        again = plays.begin()
        try:
            self._play(plays.case, again)
        except Skip as skipped:
            return _ending(skipped)
        except (Exception, SystemExit):
            met = weather(again.history)
            return _stormy(met, str(wrong)) if met else None
        reason = f"seed {self.session.seed} was used here before: take another one, with which the case holds"
        return _Ending("INCONCLUSIVE", f"{reason}; before that: {wrong}")

    def _settled(self, plays: _Plays, api: Api, ending: _Ending) -> tuple[Api, _Ending]:
        """The play that counts, and how it ends.

        What fails in fair weather, or each time at the same turn of one operation, is the server's; one that asks for
        fewer requests breaks no promise. Of a play that ended at the weather nothing is known: the next one counts.
        """
        at: list[tuple[str, int]] = []
        while ending.may_be_weather and (met := weather(api.history)) is not None:
            at.append((met.operation, _turn(met, api.history)))
            if len(at) > PLAYS:
                return api, ending if len(set(at)) == 1 and not is_limited(met) else _stormy(met, ending.reason)
            again = plays.begin()
            next_ending = self._judge(plays, again)
            if next_ending.verdict == passed(plays.case.level) and is_weather(api.history[-1]):
                again.observe(weather=told(met))
                return again, next_ending
            if next_ending.verdict in {passed(plays.case.level), "INCONCLUSIVE"}:
                return api, _stormy(met, ending.reason)
            api, ending = again, next_ending
        return api, ending

    def _line(self, plays: _Plays, api: Api, ending: _Ending, seconds: float) -> CaseLine:
        case = plays.case
        redactor = api.redactor()
        text = redactor.text
        shown: Sequence[Exchange] = (
            api.history[-SHOWN:] if ending.verdict in {"FAIL", "WARN", "BLOCKED", "ERROR"} else ()
        )
        wrong = ending.mismatch
        observed = redactor.value(api.observed)
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
            attempts=len(plays.begun),
            requests=sum(len(one.history) for one in plays.begun),
            seconds=round(seconds, 4),
            observed=observed,
            scenario=tuple(map(text, wrong.scenario)) if wrong else (),
            expected=text(wrong.expected) if wrong else "",
            actual=text(wrong.actual) if wrong else "",
            identity=shown[-1].identity if shown else "main",
            exchanges=tuple(exchange_line(exchange, redactor) for exchange in shown),
            curl=curl(shown[-1].wire, redactor) if shown else "",
        )


@dataclass(frozen=True)
class _Plays:
    """The ways to the target of one case that is played once, or more often."""

    session: Session
    case: Case
    begun: list[Api] = field(default_factory=list)

    def begin(self) -> Api:
        """The next one: from the second on, its keys are such as no other run can have made up."""
        session = replace(self.session, seed=secrets.randbits(62)) if self.begun else self.session
        self.begun.append(Api(session, self.case.id))
        return self.begun[-1]


@dataclass(frozen=True)
class _Ending:
    verdict: Verdict
    reason: str = ""
    blame: Blame | None = None
    mismatch: Mismatch | None = None
    moved: bool = False

    @property
    def may_be_weather(self) -> bool:
        """Whether what weather can do is held against server or fixture; a scenario that fails did in fair weather."""
        return self.blame in {"server", "fixture"} and not (self.mismatch and self.mismatch.scenario)


def _raised(wrong: BaseException) -> str:
    """What the suite itself did wrong, and on which line."""
    place = traceback.extract_tb(wrong.__traceback__)[-1]
    return f"{type(wrong).__name__}: {wrong} ({place.filename.rpartition('/')[2]}:{place.lineno})"


def _turn(exchange: Exchange, history: Sequence[Exchange]) -> int:
    """Which one of its operation's exchanges in a history this is."""
    same = [one for one in history if one.operation == exchange.operation]
    return next(turn for turn, one in enumerate(same) if one is exchange)


def _stormy(met: Exchange, reason: str) -> _Ending:
    """How a case ends of which the weather lets nothing be said."""
    return _Ending("INCONCLUSIVE", f"{told(met)}, without which nothing tells against it: {reason}", "network")


def _blocked(case: Case, blocked: Blocked) -> _Ending:
    """How a case ends that could not be set up; nothing is missed where the server owes no more than a look."""
    if case.level == "observe" and blocked.blame == "server":
        return _Ending("INCONCLUSIVE", blocked.reason, blocked.blame)
    return _ending(blocked)


def _ending(outcome: Outcome) -> _Ending:
    """How a case ends that neither holds nor fails."""
    match outcome:
        case Blocked():
            return _Ending("BLOCKED", outcome.reason, outcome.blame)
        case Skip():
            return _Ending("SKIPPED", f"{outcome.cause}: {outcome.reason}")
        case NotApplicable():
            return _Ending("NOT_APPLICABLE", str(outcome))
        case Moved():
            return _Ending("INCONCLUSIVE", str(outcome), moved=True)
        case _:
            return _Ending("INCONCLUSIVE", str(outcome))
