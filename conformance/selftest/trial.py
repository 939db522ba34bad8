"""Trials: one run of the plan, or of part of it, on one mock, and whether it went as it ought to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from pathlib import Path

from conformance.contract.vendor import Vendor
from conformance.engine.plan import Case, mode_of, plan
from conformance.engine.suite import Options, execute
from conformance.errors import TrialError
from conformance.mocks import catalogue
from conformance.mocks.kit.model import Deviation, Settings
from conformance.results import CaseLine, Verdict
from conformance.selftest.target import in_process

CLEAN: frozenset[Verdict] = frozenset({"PASS", "OBSERVED"})
CAUGHT: frozenset[Verdict] = frozenset({"FAIL", "WARN"})


@dataclass(frozen=True)
class Trial:
    """What to run: a mock in a mode, with choices made and rules broken; ``whole``, or only the named case.

    ``seed`` is that of the mock and of the run; ``progress`` is when what takes time on the mock is over.
    """

    vendor: Path
    name: str
    mode: str
    choices: dict[str, str] = field(default_factory=dict)
    deviation: str | None = None
    whole: bool = True
    seed: int = 1
    progress: str = "immediate"


@dataclass(frozen=True)
class Outcome:
    """How a trial went: ``problem`` is empty when it went as it ought to.

    ``alarms`` are the cases that raised one, in the order of the run; ``judged`` are the clauses that the named case
    cites, when it caught the deviation.
    """

    trial: Trial
    problem: str
    requests: int
    seconds: float
    alarms: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()


def honest(folder: Path, vendor: str) -> list[Trial]:
    """The honest mock in every mode, and as often again as it takes to try every setting of every choice."""
    mock = catalogue.find(vendor)
    trials: list[Trial] = []
    for mode in mock.MODES:
        trials.append(Trial(folder, "honest", mode))
        others = [[(choice.key, setting) for setting in choice.settings[1:]] for choice in mock.CHOICES]
        for number, made in enumerate(zip_longest(*others), 1):
            chosen = dict(pair for pair in made if pair is not None)
            trials.append(Trial(folder, f"choices {number}", mode, chosen))
    return trials


def deviant(folder: Path, vendor: str, *, full: bool) -> list[Trial]:
    """A trial a deviation: of the case named for it, or of the whole plan when ``full``."""
    mock = catalogue.find(vendor)
    return [
        Trial(folder, name, _mode(folder, mock.MODES, deviation), deviation=name, whole=full)
        for name, deviation in mock.deviations().items()
    ]


def _mode(folder: Path, modes: Sequence[str], deviation: Deviation) -> str:
    """The first mode whose plan has the case named for the deviation, citing a clause that it breaks."""
    for mode in modes:
        named = next((case for case in _plan(folder, mode) if case.id == deviation.case), None)
        if named is not None and {clause.id for clause in named.clauses} & set(deviation.clauses):
            return mode
    return modes[0]


def run_all(trials: Iterable[Trial], jobs: int) -> Iterator[Outcome]:
    """Every outcome, in order; trials run side by side in ``jobs`` processes, and TrialError says when one is gone."""
    if jobs == 1:
        yield from map(run, trials)
        return
    try:
        with ProcessPoolExecutor(jobs) as pool:
            yield from pool.map(run, trials, chunksize=2)
    except BrokenProcessPool:
        raise TrialError("a process of the trials was ended from outside", "--jobs 1 takes less memory") from None


def run(trial: Trial) -> Outcome:
    """Run one trial."""
    vendor = _vendor(trial.vendor)
    deviations = frozenset({trial.deviation}) if trial.deviation else frozenset()
    settings = Settings(
        mode=trial.mode, seed=trial.seed, choices=trial.choices, deviations=deviations, progress=trial.progress
    )
    deviation = catalogue.find(vendor.name).deviations()[trial.deviation] if trial.deviation else None
    lines = list(execute([in_process(vendor, settings, _cases(trial, deviation))], Options(trial.seed, strict=True)))
    cases = [line for line in lines if isinstance(line, CaseLine)]
    footer = lines[-1]
    assert footer.kind == "footer"
    alarms = tuple(case.case for case in cases if case.verdict in CAUGHT)
    if deviation is None:
        return Outcome(trial, _false_alarm(cases), footer.requests, footer.seconds, alarms)
    problem = _missed(deviation, cases, first=trial.whole)
    if not problem and footer.exit_code != 1:
        problem = f"the run ends with {footer.exit_code}, not 1: {_worst(cases)}"
    judged = () if problem else next(case.clauses for case in cases if case.case == deviation.case)
    return Outcome(trial, problem, footer.requests, footer.seconds, alarms, judged)


def _cases(trial: Trial, deviation: Deviation | None) -> tuple[Case, ...]:
    """The plan, or the case named for the deviation; one that judges a whole run brings what it looks back on."""
    cases = _plan(trial.vendor, trial.mode)
    if trial.whole or deviation is None:
        return cases
    named = [case for case in cases if case.id == deviation.case]
    if any(case.phase == "last" for case in named):
        return tuple(case for case in cases if case.subject_name == named[0].subject_name)
    return tuple(named)


def _worst(cases: Iterable[CaseLine]) -> str:
    """The first case that keeps a run from being one that judged all it set out to."""
    wrong = next((case for case in cases if case.verdict in {"ERROR", "BLOCKED", "SKIPPED"}), None)
    return f"{wrong.verdict} {wrong.case}: {wrong.reason}" if wrong else "no case is ERROR, BLOCKED or SKIPPED"


def _false_alarm(cases: Iterable[CaseLine]) -> str:
    wrong = [case for case in cases if case.verdict not in CLEAN]
    if not wrong:
        return ""
    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    return f"{wrong[0].verdict} {wrong[0].case}: {wrong[0].reason}{more}"


def _missed(deviation: Deviation, cases: Iterable[CaseLine], *, first: bool) -> str:
    """Why the deviation does not count as caught by the case named for it; empty when it does."""
    cases = tuple(cases)
    named = next((case for case in cases if case.case == deviation.case), None)
    if named is None:
        return f"the plan has no case {deviation.case}"
    wanted: Verdict = "FAIL" if named.level == "must" else "WARN"
    if named.verdict != wanted:
        return f"{named.case} is {named.verdict}, not {wanted} {named.reason}".strip()
    if (deviation.clauses or named.clauses) and set(deviation.clauses).isdisjoint(named.clauses):
        cited = ", ".join(named.clauses) or "none"
        return f"{named.case} cites {cited}, not {', '.join(deviation.clauses)}"
    if first:
        earliest = next(case for case in cases if case.verdict == wanted)
        if earliest.case != named.case:
            return f"{earliest.case} is the first {wanted}, before {named.case}"
    return ""


@cache
def _plan(folder: Path, mode: str) -> tuple[Case, ...]:
    vendor = _vendor(folder)
    return plan(vendor, mode=mode_of(vendor, mode))


@cache
def _vendor(folder: Path) -> Vendor:
    return Vendor.load(folder)
