"""What is made once for several cases, and once more where nobody is to blame that it was not made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from conformance.engine.api import Api
from conformance.engine.outcome import Outcome
from conformance.engine.reuse import knew_a_key
from conformance.engine.weather import weather

T = TypeVar("T")


def made_once(api: Api, name: str, make: Callable[[Api], T], *, apart: bool = True) -> T:
    """What ``make`` makes for all cases, by whoever asks first; ``apart``, so that ids do not depend on who that is.

    What failed and met weather, or keys that the server knew, is not everybody's: its exchanges are those of the case,
    which is played again for them. What is made again has keys of its own, since the server may know those before.
    """
    turn = api.session.shared.turn(name)
    way = Api(api.session, f"{name}/{turn}" if turn else name) if apart else api
    try:
        return api.session.shared.once(name, lambda: make(way))
    except Outcome:
        if weather(way.history) or knew_a_key(way):
            api.session.shared.forget(name)
            api.history.extend(way.history if apart else ())
        raise
