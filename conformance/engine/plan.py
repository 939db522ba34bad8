"""The plan: every check paired with everything that declares what it tests, as named cases. No network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from conformance.contract.semantics.clause import Clause, Level
from conformance.contract.semantics.document import Call
from conformance.contract.semantics.model import Facet
from conformance.contract.semantics.resource import Command, Resource
from conformance.contract.vendor import Vendor
from conformance.engine.check import PHASES, Check, Phase, discover, of_file, told_of
from conformance.engine.citations import Citations

_RANK: dict[Level, int] = {"must": 0, "should": 1, "observe": 2}


@dataclass(frozen=True)
class Case:
    """One check on one subject: ``id`` is ``vendor/subject/facet/check[/variant]``, and never reused."""

    id: str
    vendor: str
    subject_name: str
    subject: Any
    check: Check
    variant: str | None
    clauses: tuple[Clause, ...]
    level: Level
    effect: str
    phase: Phase

    @property
    def path(self) -> str:
        """The id without the vendor, as clauses name it."""
        return self.id.partition("/")[2]


def plan(
    vendor: Vendor, only: str | None = None, mode: str | None = None, target: str | None = None
) -> tuple[Case, ...]:
    """Every case of ``vendor`` in the order of the run, as far as ``only`` matches it on ``target``.

    With ``mode``, only what a server in that mode is to be judged by: a case that clauses of other modes alone cite is
    left out, and so is one on an operation that the mode does not have.
    """
    cases: list[Case] = []
    citations = Citations.of(vendor.semantics.clauses.values())
    for check in discover(vendor.name):
        cases += _cases(vendor, citations, check)
    for check in of_file(file := vendor.folder / "checks.py"):
        with told_of(file, check):
            cases += _cases(vendor, citations, check)
    if mode is not None:
        cases = [kept for case in cases if (kept := _in_mode(vendor, case, mode)) is not None]
    if only is not None:
        cases = [case for case in cases if matches(case.id, only, target)]
    order = {name: index for index, name in enumerate([*vendor.document.operations, *vendor.semantics.resources])}
    cases.sort(key=lambda case: (PHASES.index(case.phase), order.get(case.subject_name, len(order))))
    return tuple(cases)


def mode_of(vendor: Vendor, mode: str | None) -> str | None:
    """The mode that a target is in: the one that it names, else the vendor's first; ``None`` where there are none."""
    return mode if mode in vendor.semantics.modes else next(iter(vendor.semantics.modes), None)


def _in_mode(vendor: Vendor, case: Case, mode: str) -> Case | None:
    """The case as it stands in ``mode``, with the clauses that hold there; ``None`` when it has no place in it."""
    call = vendor.semantics.operations.get(case.subject_name)
    if (call and call.modes and mode not in call.modes) or (case.check.modes and mode not in case.check.modes):
        return None
    clauses = tuple(clause for clause in case.clauses if not clause.modes or mode in clause.modes)
    if case.clauses and not clauses:
        return None
    return replace(case, clauses=clauses, level=_level(vendor, case.check, clauses))


def concerns(pattern: str, target: str) -> bool:
    """Whether cases of ``target`` can be meant: a pattern that names no target means those of every one."""
    name, colon, _ = pattern.partition(":")
    return not colon or fnmatchcase(target, name)


def matches(case: str, pattern: str, target: str | None = None) -> bool:
    """Whether a case id fits a pattern: a glob over it or its beginning, whole segments, with or without the vendor.

    ``TARGET:PATH``, as verdicts are printed, fits on that target only; before it is known, ``None``, on any.
    """
    if target is not None and not concerns(pattern, target):
        return False
    _, colon, path = pattern.partition(":")
    wanted, bare = path if colon else pattern, case.partition("/")[2]
    names = (bare,) if colon else (case, bare)
    return any(fnmatchcase(name, glob) for name in names for glob in (wanted, f"{wanted}/*"))


def _subjects(vendor: Vendor, kind: type) -> Iterator[tuple[str, Any]]:
    semantics = vendor.semantics
    if kind is Call:
        yield from semantics.operations.items()
    elif kind is Resource:
        yield from semantics.resources.items()
    elif kind is Command:
        for resource in semantics.resources.values():
            for command in resource.commands.values():
                yield command.operation, command
    elif kind is Vendor:
        yield "api", vendor
    elif issubclass(kind, Facet):
        for facet in semantics.every_facet:
            if type(facet) is kind:
                yield facet.subject, facet
    else:
        raise TypeError(f"no subject is a {kind.__name__}")


def _cases(vendor: Vendor, citations: Citations, check: Check) -> Iterator[Case]:
    for name, subject in _subjects(vendor, check.subject):
        if check.applies(vendor, subject):
            yield from _cases_on(vendor, citations, check, name, subject)


def _cases_on(vendor: Vendor, citations: Citations, check: Check, name: str, subject: Any) -> Iterator[Case]:
    variants: Iterable[str | None] = (None,) if check.variants is None else check.variants(vendor, subject)
    for variant in variants:
        path = "/".join(part for part in (name, check.facet, check.name, _command(vendor, subject), variant) if part)
        clauses = citations.by(path)
        call = vendor.semantics.operations.get(name)
        effect = check.effect or (call.effect if call else "write-own" if isinstance(subject, Resource) else "read")
        level = _level(vendor, check, clauses)
        yield Case(
            id=f"{vendor.name}/{path}",
            vendor=vendor.name,
            subject_name=name,
            subject=subject,
            check=check,
            variant=variant,
            clauses=clauses,
            level=level,
            effect=effect,
            phase=check.phase_for(subject),
        )


def _command(vendor: Vendor, subject: Any) -> str | None:
    """The name of a command whose operation is that of others too, to tell their cases apart."""
    if not isinstance(subject, Command):
        return None
    commands = vendor.semantics.resources[subject.resource].commands.values()
    return subject.name if sum(one.operation == subject.operation for one in commands) > 1 else None


def _level(vendor: Vendor, check: Check, clauses: tuple[Clause, ...]) -> Level:
    """The gentlest level of the clauses, else the check's own; of a catalogued vendor the uncited is only observed."""
    if clauses:
        return max((clause.level for clause in clauses), key=_RANK.__getitem__)
    return check.level or ("observe" if vendor.semantics.clauses else "must")
