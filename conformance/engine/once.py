"""What is made once for several cases, and once more where weather kept it from being made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from conformance.engine.api import Api
from conformance.engine.outcome import Outcome
from conformance.engine.weather import weather

T = TypeVar("T")


def made_once(api: Api, name: str, make: Callable[[Api], T], *, apart: bool = True) -> T:
    """What ``make`` makes for all cases, by whoever asks first; ``apart``, so that ids do not depend on who that is.

    What failed and met weather is not everybody's: its exchanges are those of the case, which is played again for them.
    """
    way = Api(api.session, name) if apart else api
    try:
        return api.session.shared.once(name, lambda: make(way))
    except Outcome:
        if weather(way.history):
            api.session.shared.forget(name)
            api.history.extend(way.history if apart else ())
        raise
