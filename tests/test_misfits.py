"""What does not fit a model is told with its place, and with the key or the value that was probably meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from conformance.misfits import Misfit


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Inner(Strict):
    colour: Literal["red", "green"] = "red"
    width: int = 0


class Outer(Strict):
    name: str = ""
    url: str
    one: Inner | None = None
    many: tuple[Inner, ...] = Field(default=(), alias="several")
    named: Mapping[str, Inner] = {}


def misfit(value: dict[str, Any]) -> Misfit:
    with pytest.raises(ValidationError) as caught:
        Outer.model_validate(value)
    return Misfit.first(caught.value, Outer, {"name"})


@pytest.mark.parametrize(
    ("value", "says", "hint"),
    [
        ({"ulr": "x"}, "ulr: unknown key", "did you mean 'url'?"),
        ({"url": "x", "zz": 1}, "zz: unknown key", "known: named, one, several, url"),
        ({"url": "x", "one": {"widht": 1}}, "one.widht: unknown key", "did you mean 'width'?"),
        ({"url": "x", "several": [{}, {"color": 1}]}, "several.1.color: unknown key", "did you mean 'colour'?"),
        ({"url": "x", "named": {"width": {"widht": 1}}}, "named.width.widht: unknown key", "did you mean 'width'?"),
        (
            {"url": "x", "one": {"colour": "gren"}},
            "one.colour: Input should be 'red' or 'green'",
            "did you mean 'green'?",
        ),
        ({"url": "x", "one": {"colour": "no"}}, "one.colour: Input should be 'red' or 'green'", ""),
        ({"url": "x", "several": 3}, "several: Input should be a valid list", ""),
        ({}, "url: Field required", ""),
    ],
)
def test_the_place_and_what_was_meant(value: dict[str, Any], says: str, hint: str) -> None:
    assert (str(misfit(value)), misfit(value).hint) == (says, hint)
