"""Scenarios: a user's way through an API, told once as a function on a client, and judged step by step."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from conformance.contract.semantics.document import Effect
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import Check, discover
from conformance.engine.journey import Journey, travel
from conformance.engine.outcome import Outcome
from conformance.engine.reuse import knew_a_key
from conformance.engine.weather import weather

FACET = "scenario"
F = TypeVar("F", bound=Callable[[Journey], None])


@dataclass(frozen=True)
class Scenario:
    """A journey by name; ``steps`` maps the name of each step to its claim, in the order in which they come."""

    name: str
    says: str
    steps: Mapping[str, str]
    function: Callable[[Journey], None] = field(repr=False)
    modes: tuple[str, ...] = ()


def scenario(
    steps: Mapping[str, str], *, effect: Effect = "write-own", modes: tuple[str, ...] = ()
) -> Callable[[F], F]:
    """Mark a function as a scenario of the vendor in whose package it stands.

    ``steps`` maps the name of each step to what it claims: one sentence, present tense, no modals. ``effect`` is the
    strongest of its operations, ``modes`` those of the server in which the journey makes sense; none means all.
    """

    def mark(function: F) -> F:
        told = Scenario(
            name=function.__name__.replace("_", "-"),
            says=(inspect.getdoc(function) or "").splitlines()[0],
            steps=dict(steps),
            function=function,
            modes=modes,
        )

        function.__scenario__ = told  # type: ignore[attr-defined]
        function.__check__ = Check(  # type: ignore[attr-defined]
            name=told.name,
            facet=FACET,
            claim=told.says,
            function=_judge_of(told),
            subject=Vendor,
            variants=lambda *_: told.steps,
            phase="quiet",
            claims=told.steps,
            modes=modes,
            effect=effect,
            origin=function,
        )
        return function

    return mark


def _judge_of(told: Scenario) -> Callable[[Api, Vendor, str], None]:
    """What tells one step of a scenario; it is travelled once for all steps, unless weather or a used key met it."""

    def judge(api: Api, _: Vendor, step: str) -> None:
        name = f"{FACET} {told.name}"
        trip = api.session.shared.once(name, lambda: travel(told, api.session))
        try:
            trip.tell(api, step)
        except Outcome:
            if weather(trip.history) or knew_a_key(replace(api, history=list(trip.history))):
                api.session.shared.forget(name)
                api.history[:] = trip.history
            raise

    return judge


def scenarios(vendor: str, mode: str | None = None) -> tuple[Scenario, ...]:
    """The scenarios of ``vendor``, in the order of their files; with ``mode`` those that make sense in it."""
    found = [check.origin.__scenario__ for check in discover(vendor) if check.facet == FACET and check.origin]  # type: ignore[attr-defined]
    return tuple(one for one in found if mode is None or not one.modes or mode in one.modes)
