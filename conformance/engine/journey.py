"""What a scenario does with a server: a client whose requests the suite carries, and steps that come to a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from conformance.contract import json_text
from conformance.contract.message import Exchange, Reply, Wire
from conformance.contract.reading import read_back
from conformance.engine.api import Api, describe
from conformance.engine.listing import LAG
from conformance.engine.outcome import Blocked, Mismatch, Outcome, Skip
from conformance.engine.session import Session
from conformance.engine.waiting import TRAVEL, attempts
from conformance.transport.base import TransportError
from conformance.transport.client import Carrier, Unanswered

C = TypeVar("C")
M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")
PATIENCE = 60.0
"""Seconds that a scenario waits for what takes time, unless it says otherwise."""
FIRST_PAUSE = 0.02
"""Seconds before a scenario asks again; each pause is twice the one before."""


class Told(Protocol):
    """What a journey needs of a scenario."""

    @property
    def name(self) -> str:
        """The scenario's name."""

    @property
    def steps(self) -> Mapping[str, str]:
        """The claim of each step by its name."""

    @property
    def function(self) -> Callable[[Journey], None]:
        """What is done."""


@dataclass
class Step:
    """How a step went: ``ending`` is ``None`` when its claim holds."""

    name: str
    ending: Exception | None = None
    history: tuple[Exchange, ...] = ()


@dataclass(frozen=True)
class Trip:
    """A journey that was made; ``stop`` is where and how it stopped, and every later step is judged by that."""

    steps: Mapping[str, Step]
    history: tuple[Exchange, ...]
    stop: tuple[str, Exception] | None = None

    def tell(self, api: Api, name: str) -> None:
        """End the case of a step as the step ended; ``api`` gets the exchanges of the step."""
        if name not in self.steps:
            raise self._unreached(name)
        step = self.steps[name]
        api.history.extend(step.history)
        if step.ending is not None:
            raise step.ending

    def _unreached(self, name: str) -> Exception:
        if self.stop is None:
            return RuntimeError(f"the scenario comes to its end without the step {name!r}")
        where, ending = self.stop
        if isinstance(ending, (Skip, Blocked)) or not isinstance(ending, Outcome):
            return ending
        return Blocked(f"{where}: {ending}")

    @property
    def problem(self) -> tuple[str, Exception] | None:
        """The first step that did not hold, or where else the journey stopped, with how it ended."""
        failed = next((step for step in self.steps.values() if step.ending is not None), None)
        return (failed.name, failed.ending) if failed and failed.ending else self.stop


@dataclass
class Journey:
    """A user's way through an API. Whatever a scenario needs of the outside comes from here.

    ``waits`` is false where nothing has to be waited for because the replies are recorded.
    """

    api: Api
    names: tuple[str, ...]
    waits: bool = True
    steps: dict[str, Step] = field(default_factory=dict)
    _failures: tuple[type[Exception], ...] = (Unanswered,)
    _losing: bool = False

    def client(self, kind: Callable[..., C], identity: str = "main", *, anonymous: bool = False, **options: Any) -> C:
        """A client of a generated package, whose requests the suite carries and proves where they prove nothing.

        ``anonymous`` leaves them unproven; ``options`` go to the client.
        """
        package = kind.__module__.partition(".")[0]
        self._failures = (*self._failures, import_module(f"{package}.errors").ApiError)
        carrier = Carrier(partial(self._carry, identity, anonymous))
        return kind(self.api.session.target.url, httpx_args={"transport": carrier}, **options)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """What happens inside is the step called ``name``; what is not as its claim says fails it."""
        if name not in self.names or name in self.steps:
            raise RuntimeError(f"{name!r} is no step that this scenario has left to make")
        step, before = Step(name), len(self.api.history)
        self.steps[name] = step
        try:
            yield
        except Exception as wrong:
            step.ending = self.told(wrong)
            if step.ending is wrong:
                raise
            raise step.ending from wrong
        finally:
            step.history = tuple(self.api.history[before:])

    @property
    def whereabouts(self) -> str:
        """The step that is being made, or between which ones nothing is."""
        last = next(reversed(self.steps.values()), None)
        if last is None:
            return "before the first step"
        return last.name if last.ending is not None else f"after {last.name}"

    def told(self, wrong: Exception) -> Exception:
        """How an exception of the scenario ends it: what a client raises of a reply is the server's doing."""
        return (
            Mismatch("a reply that the contract describes", str(wrong)) if isinstance(wrong, self._failures) else wrong
        )

    @contextmanager
    def lost_reply(self) -> Iterator[None]:
        """The reply to what is sent inside gets lost after the server has acted; the client's error ends here."""
        self._losing = True
        try:
            yield
        except Unanswered:
            return
        finally:
            self._losing = False
        raise RuntimeError("nothing was sent whose reply could get lost")

    def attempts(self, seconds: float = PATIENCE) -> Iterator[int]:
        """Count attempts, with pauses that double, until ``seconds`` are over."""
        return attempts(self.api, FIRST_PAUSE, seconds, waits=self.waits, real=TRAVEL)

    def in_time(self, look: Callable[[], T], holds: Callable[[T], bool]) -> T:
        """What ``look`` gives once that ``holds``, or when a list that is behind has had its time to show it."""
        found = look()
        if not self.api.session.in_process_controls:
            for _ in attempts(self.api, FIRST_PAUSE, LAG, waits=self.waits, real=LAG):
                if holds(found):
                    break
                found = look()
        return found

    def got(self, kind: type[T], parsed: object) -> T:
        """``parsed`` as a ``kind``; ``Mismatch`` when the reply was something else."""
        if isinstance(parsed, kind):
            return parsed
        seen = self.api.history[-1].reply if self.api.history else None
        raise Mismatch(f"a {kind.__name__}", describe(seen) if seen else "no reply")

    def parsed(self, kind: type[M], value: Any) -> M:
        """A JSON value that came otherwise than as a reply, as a model of a generated package; else ``Mismatch``."""
        try:
            return kind.model_validate(value)
        except ValidationError as wrong:
            first = wrong.errors(include_url=False, include_input=False)[0]
            at = "".join(f"/{part}" for part in first["loc"])
            raise Mismatch(f"a {kind.__name__}", f"{at}: {first['msg']}") from wrong

    def json_of(self, text: object) -> Any:
        """The JSON value that a text holds; ``Mismatch`` when it holds none."""
        try:
            return json_text.parsed(self.got(str, text))
        except (ValueError, RecursionError) as wrong:
            raise Mismatch("a text that is JSON", repr(text)[:160]) from wrong

    def fresh_uuid(self) -> UUID:
        """A UUID never used before, the same for the same seed."""
        return UUID(self.api.fresh_uuid())

    def fresh_text(self) -> str:
        """A short text never used before, the same for the same seed."""
        return self.api.fresh_text()

    def fixture(self, name: str) -> Any:
        """The environment's value for a fixture; without one the journey ends here, skipped."""
        return self.api.fixture(name)

    def credential(self, name: str) -> str:
        """One of the main identity's own credentials, as the environment names it."""
        return self.api.credential(name)

    def control(self, name: str, **arguments: Any) -> Any:
        """What a control of the environment answers; without it the journey ends here, skipped."""
        return self.api.control(name, **arguments)

    def _carry(self, identity: str, anonymous: bool, wire: Wire) -> Reply:
        target = self.api.session.target
        request = read_back(self.api.vendor.document, target.url, wire)
        if request is None:
            raise Blocked(f"{wire.method} {wire.url} is no operation of the contract", "suite")
        reply = self.api.carry(request, wire, identity, anonymous=anonymous)
        if self._losing:
            raise TransportError("lost", "the reply got lost on its way")
        return reply


def travel(scenario: Told, session: Session, *, waits: bool = True) -> Trip:
    """Make the journey that ``scenario`` tells, with ids that derive from the seed and its name; never raises."""
    return travelled(journey_of(scenario, session, waits=waits), scenario)


def journey_of(scenario: Told, session: Session, *, waits: bool = True) -> Journey:
    """A journey that is about to begin."""
    api = Api(session, f"{session.vendor.name}/scenario/{scenario.name}")
    return Journey(api, tuple(scenario.steps), waits)


def travelled(journey: Journey, scenario: Told) -> Trip:
    """The trip that ``journey`` makes of ``scenario``."""
    stop: tuple[str, Exception] | None = None
    try:
        scenario.function(journey)
    except Exception as wrong:
        stop = (journey.whereabouts, journey.told(wrong))
    return Trip(journey.steps, tuple(journey.api.history), stop)
