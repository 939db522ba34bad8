"""What goes wrong while a scenario is drawn is told as it was raised, not as Hypothesis tells it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from conformance.model import drawing


@pytest.mark.parametrize("times", [1, 2, 1000])
def test_an_exception_of_a_scenario_is_raised_whether_it_comes_again_or_not(
    monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    left = list(range(times))

    def play(*_: Any) -> None:
        if left:
            left.pop()
            raise KeyError("id")

    monkeypatch.setattr(drawing.Machine, "play", play)
    search = cast("Any", SimpleNamespace(over=False, foci=[None] * 5))
    with pytest.raises(KeyError, match="id"):
        drawing.draw(cast("Any", [None]), search, 4, 1)
