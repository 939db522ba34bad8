"""The targets that pytest's options name, known before anything is sent, and opened when the first case runs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from conformance.commands._run import loaded_vendors, plan_of
from conformance.commands._targets import file_targets
from conformance.commands._usage import refuse
from conformance.contract.vendor import Vendor, folders
from conformance.engine.api import Api
from conformance.engine.cleanup import clean_up
from conformance.engine.environment import Target
from conformance.engine.known import KnownFailure, excuse, known_of, today
from conformance.engine.opening import opened
from conformance.engine.plan import Case, mode_of, plan
from conformance.engine.run import Runner
from conformance.engine.session import Session
from conformance.errors import UsageError, nearest
from conformance.mocks import catalogue
from conformance.mocks.embedded import embedded
from conformance.mocks.kit.model import Settings
from conformance.mocks.kit.settings import unknown_deviation
from conformance.results import CaseLine


@dataclass(frozen=True)
class Wanted:
    """What the options ask for."""

    vendors: tuple[str, ...]
    files: tuple[str, ...]
    names: tuple[str, ...]
    only: str | None
    mode: str | None
    deviations: tuple[str, ...]
    specs: tuple[Path, ...]
    seed: int


@dataclass
class Place:
    """A target with its plan: one of an environment file, or an embedded mock that starts when it is needed."""

    name: str
    vendor: Vendor
    cases: tuple[Case, ...]
    seed: int
    target: Target | None = None
    settings: Settings | None = None
    known: tuple[KnownFailure, ...] = ()
    left: tuple[str, ...] = ()
    stack: ExitStack = field(default_factory=ExitStack, repr=False)
    _runner: Runner | None = field(default=None, repr=False)

    def run(self, case: Case) -> CaseLine:
        """The line of a case; a failure that is known is no other one here than in a run."""
        return excuse(self.runner().run_case(case), self.known, today())

    def api(self, name: str) -> Api:
        """A way to the target for a test of somebody's own."""
        return Api(self.runner().session, name)

    def runner(self) -> Runner:
        """What runs cases here; the first call opens the target and sends the known-good request."""
        if self._runner is None:
            target = self.target or self._started()
            session, transport = opened(self.vendor, target, self.seed)
            self.stack.callback(transport.close)
            self.stack.callback(self._undo, session)
            self._runner = Runner(session)
            self._runner.trouble = self._runner.known_good()
        return self._runner

    def close(self) -> None:
        """Undo what the cases made, and end the mock; what a server of somebody's still has is ``left`` then."""
        self.stack.close()

    def _undo(self, session: Session) -> None:
        if session.ledger.entries:
            found = clean_up(session).left
            self.left = found if self.target is not None else ()

    def _started(self) -> Target:
        assert self.settings is not None
        running = self.stack.enter_context(embedded(self.vendor.name, self.settings))
        return Target.model_validate({**running.environment, "name": self.name})


def places(wanted: Wanted) -> list[Place]:
    """A place for every target; ``UsageError`` for what does not exist."""
    found = _places(wanted)
    if wanted.only is not None and not any(place.cases for place in found):
        raise UsageError(f"no case matches {wanted.only!r}", "conformance run --list shows the cases")
    return found


def _places(wanted: Wanted) -> list[Place]:
    specs = list(wanted.specs)
    refuse(
        (wanted.files and wanted.deviations, "deviations are for the embedded mocks", "leave them or the file out"),
        (wanted.files and wanted.mode, "modes are asked for of the embedded mocks", "in a file a target names its own"),
    )
    targets = file_targets(wanted.files, wanted.names, wanted.vendors, specs)
    if targets:
        vendors = loaded_vendors(sorted({one.vendor for one in targets}), specs)
        plans = [(one, vendors[one.vendor], plan_of(one, vendors[one.vendor], wanted.only)) for one in targets]
        return [Place(one.name, vendor, cases, wanted.seed, one, known=known_of(one)) for one, vendor, cases in plans]
    names = wanted.vendors or tuple(sorted(folders(specs).keys() & set(catalogue.vendors())))
    vendors = loaded_vendors(names, specs)
    return [place for name in names for place in _mocks(vendors[name], wanted)]


def _mocks(vendor: Vendor, wanted: Wanted) -> list[Place]:
    mock = catalogue.find(vendor.name)
    for name in wanted.deviations:
        if name not in mock.deviations():
            raise unknown_deviation(name, mock.deviations())
    return [_mock(vendor, mode, mock.MODES, wanted) for mode in _modes(mock.MODES, wanted.mode)]


def _modes(modes: Sequence[str], wanted: str | None) -> Sequence[str]:
    if wanted is None:
        return modes
    if wanted not in modes:
        raise UsageError(f"no mode {wanted!r}", nearest(wanted, modes))
    return [wanted]


def _mock(vendor: Vendor, mode: str, modes: Sequence[str], wanted: Wanted) -> Place:
    settings = Settings(mode=mode, seed=wanted.seed, deviations=frozenset(wanted.deviations))
    label = vendor.name if len(modes) == 1 else f"{vendor.name}@{mode}"
    cases = plan(vendor, wanted.only, mode_of(vendor, mode), label)
    return Place(label, vendor, cases, wanted.seed, settings=settings)
