"""Checks: claims about a subject, found by scanning packages."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module, util
from pathlib import Path
from pkgutil import iter_modules
from traceback import walk_tb
from typing import Any, Literal, TypeVar, get_args, get_type_hints

from conformance.contract.semantics.clause import Level
from conformance.contract.semantics.document import Call, Effect
from conformance.contract.semantics.model import Facet
from conformance.contract.semantics.resource import Command, Resource
from conformance.contract.vendor import Vendor
from conformance.engine.own import own_package
from conformance.errors import DocumentError, nearest

Phase = Literal["first", "middle", "broad", "quiet", "late", "last"]
PHASES: tuple[Phase, ...] = ("first", "middle", "broad", "quiet", "late", "last")
_KINDS = "it is a Call, Resource, Command or Vendor, or of one of the facets in conformance.contract.facets"
_OWN = "conformance_user.own"
F = TypeVar("F", bound=Callable[..., None])
Variants = Callable[[Vendor, Any], Iterable[str | None]]


@dataclass(frozen=True)
class Check:
    """A claim that a function tests on one kind of subject.

    ``subject`` is the type of the function's second parameter. ``variants`` splits a subject into several cases,
    whose names the function takes as its third parameter; ``None`` is the whole subject. ``level`` stands where no
    clause says otherwise.
    ``when`` keeps the check to the subjects that promise what it is about, ``given`` to those whose vendor offers
    what it needs. ``quiet`` checks run when nothing else does, and so do ``late`` ones; they and the ``broad`` ones,
    which test many things each, come after those that test one; ``first`` and ``last`` ones run before and after all
    others. The phase can depend on the subject.
    ``claims`` has the claims of variants that each have one of their own; ``modes`` are those in which the check
    makes sense, none meaning all; ``effect`` is that of what it sends, where its subject does not tell; ``origin``
    is the function that was marked, where it is not the one that tests.
    """

    name: str
    facet: str
    claim: str
    function: Callable[..., None] = field(repr=False)
    subject: type
    variants: Variants | None = None
    level: Level | None = None
    phase: Phase | Callable[[Any], Phase] = "middle"
    when: Callable[[Any], bool] | None = None
    given: Callable[[Vendor, Any], bool] | None = None
    controls: tuple[str, ...] = ()
    identities: tuple[str, ...] = ()
    claims: Mapping[str, str] = field(default_factory=dict, repr=False)
    modes: tuple[str, ...] = ()
    effect: Effect | None = None
    origin: Callable[..., None] | None = field(default=None, repr=False)

    def claim_of(self, variant: str | None) -> str:
        """What the case of ``variant`` claims."""
        return self.claims.get(variant or "", self.claim)

    def applies(self, vendor: Vendor, subject: Any) -> bool:
        """Whether the check has anything to test on ``subject``."""
        return (self.when is None or self.when(subject)) and (self.given is None or self.given(vendor, subject))

    def phase_for(self, subject: Any) -> Phase:
        """When the check runs on ``subject``."""
        return _phase(self.function, self.phase(subject)) if callable(self.phase) else self.phase


def check(
    *,
    variants: Variants | None = None,
    level: Level | None = None,
    phase: Phase | Callable[[Any], Phase] = "middle",
    when: Callable[[Any], bool] | None = None,
    given: Callable[[Vendor, Any], bool] | None = None,
    controls: tuple[str, ...] = (),
    identities: tuple[str, ...] = (),
) -> Callable[[F], F]:
    """Mark a function as a check; its facet is its module's name, its claim the first line of its docstring.

    ``when`` keeps the check to the subjects that promise what it is about, ``given`` to those whose vendor offers what
    it needs.
    """

    def mark(function: F) -> F:
        subject, claim = _subject(function, varied=variants is not None), inspect.getdoc(function)
        if not claim:
            raise DocumentError(f"{function.__name__} claims nothing", "its docstring is its claim: write one sentence")
        if level is not None and level not in get_args(Level):
            raise DocumentError(f"{function.__name__}: no level {level!r}", nearest(str(level), get_args(Level)))
        if not callable(phase):
            _phase(function, phase)
        function.__check__ = Check(  # type: ignore[attr-defined]
            name=function.__name__.strip("_").replace("_", "-"),
            facet=function.__module__.rpartition(".")[2].replace("_", "-"),
            claim=claim.splitlines()[0],
            function=function,
            subject=subject,
            variants=variants,
            level=level,
            phase=phase,
            when=when,
            given=given,
            controls=controls,
            identities=identities,
        )
        return function

    return mark


def _phase(function: Callable[..., None], phase: Phase) -> Phase:
    if phase not in PHASES:
        raise DocumentError(f"{function.__name__}: no phase {phase!r}", nearest(str(phase), PHASES))
    return phase


def only(*operations: str) -> Callable[[Call], bool]:
    """Whether a call is of one of ``operations``."""
    return lambda call: call.id in operations


def _subject(function: Callable[..., None], *, varied: bool) -> Any:
    """The type of the second parameter of a function that can be called as a check is."""
    signature, hints = inspect.signature(function), get_type_hints(function)
    names = list(signature.parameters)
    if not any(_can_be_called(signature, count) for count in ((2, 3) if varied else (2,))):
        says = f"{function.__name__}({', '.join(names)}) takes other parameters than a check"
        takes = ", and the name of a variant" if varied else " and nothing else"
        raise DocumentError(says, f"the first is the API, the second what the check is about{takes}")
    about = names[1]
    kind = hints.get(about)
    if not isinstance(kind, type) or kind is Facet or not issubclass(kind, (Call, Resource, Command, Vendor, Facet)):
        told = f"is of the type {getattr(kind, '__name__', kind)}" if about in hints else "has no type"
        raise DocumentError(
            f"{function.__name__}: its parameter {about!r}, which says what it is about, {told}", _KINDS
        )
    return kind


def _can_be_called(signature: inspect.Signature, count: int) -> bool:
    try:
        signature.bind(*range(count))
    except TypeError:
        return False
    return len(signature.parameters) > 1


@cache
def discover(vendor: str) -> tuple[Check, ...]:
    """The generic checks, then those of ``vendor``'s own, then its scenarios, in the order of their files.

    A module whose ``PRESUPPOSES`` names another of its package comes right after that one.
    """
    own = own_package(vendor)
    found: list[Check] = list(_in_package("conformance.checks"))
    for package in (own, f"{own}.scenarios") if own else ():
        if util.find_spec(package) is not None:
            found += _in_package(package)
    return tuple(found)


@cache
def of_file(path: Path) -> tuple[Check, ...]:
    """The checks that a user wrote in ``checks.py`` beside a vendor's files; facet ``own``, and a must unless they say.

    :raises DocumentError: the file cannot be loaded, or a function is marked that is no check.
    """
    if not path.is_file():
        return ()
    spec = util.spec_from_file_location(_OWN, path)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    with told_of(path):
        spec.loader.exec_module(module)
    found = [getattr(item, "__check__", None) for item in vars(module).values()]
    own = [one for one in found if isinstance(one, Check) and one.facet == "own"]
    return tuple(replace(one, level=one.level or "must") for one in own)


@contextmanager
def told_of(path: Path, one: Check | None = None) -> Iterator[None]:
    """Whatever goes wrong inside with a user's file, or with ``one`` of its checks, is told with its place.

    :raises DocumentError: something went wrong.
    """
    try:
        yield
    except DocumentError as wrong:
        raise DocumentError(f"{_where(path, wrong, one)}: {wrong.message}", wrong.hint) from None
    except (Exception, SystemExit) as wrong:
        says = " ".join(f"{type(wrong).__name__}: {wrong}".split())
        raise DocumentError(f"{_where(path, wrong, one)}: {says}", "docs/pytest.md shows a check") from None


def _where(path: Path, wrong: BaseException, one: Check | None) -> str:
    """The file, with the line of it that was last run before ``wrong`` was raised, else with that of the check."""
    frames = walk_tb(wrong.__traceback__)
    lines = [number for frame, number in frames if frame.f_globals.get("__name__") == _OWN]
    if not lines and one is not None:
        lines = [inspect.unwrap(one.function).__code__.co_firstlineno]
    return f"{path}:{lines[-1]}" if lines else str(path)


def _in_package(package: str) -> Iterator[Check]:
    root = import_module(package)
    modules = {module.name: import_module(f"{package}.{module.name}") for module in iter_modules(root.__path__)}
    for name in sorted(modules, key=lambda name: _rank(name, getattr(modules[name], "PRESUPPOSES", None))):
        for item in vars(modules[name]).values():
            own = getattr(item, "__check__", None)
            if isinstance(own, Check) and item.__module__ == f"{package}.{name}":
                yield own


def _rank(name: str, presupposes: str | None) -> tuple[str, str]:
    return (presupposes, name) if presupposes else (name, "")
