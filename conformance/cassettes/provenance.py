"""Where a cassette comes from: the ``metadata`` that vcrpy keeps beside the interactions."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Source = Literal["live", "mock", "document"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sample(_Frozen):
    """What a vendor's document prints of one interaction; the rest of it was made up around what is printed.

    ``operation`` is what it is of, ``line`` where it stands, as in ``16-21``, and ``repairs`` say what print broke.
    ``constants`` are the pointers into the reply whose values every server gives; ``part`` says that the reply is
    printed in part only. ``binds`` maps pointers into the printed request to the fixtures that stand for what is
    printed there; what ``omits`` points at is not sent, for it suits other callers.
    """

    operation: str
    printed: Literal["request", "reply", "both"]
    line: str
    repairs: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    part: bool = False
    omits: tuple[str, ...] = ()
    binds: dict[str, str] = Field(default_factory=dict)


class ControlCall(_Frozen):
    """A control that was called when ``before`` interactions had been recorded."""

    before: int
    name: str
    arguments: dict[str, Any] = Field(default_factory=dict)


class Provenance(_Frozen):
    """Who said it, when, and what a replay needs.

    ``provenance`` is ``live`` (a vendor's server), ``mock`` (the mock of this suite: no evidence of anything but that
    the scenario runs) or ``document`` (printed by the vendor, transcribed by hand). ``contract`` is the digest of the
    contract at that time. ``base`` is the server's address, ``seed`` and ``fresh`` what the ids derive from and what
    they were, ``fixtures``, ``auth`` and ``identities`` what the scenario used of the environment: all scrubbed.
    ``callers`` are the identities of the interactions, by their numbers from 1, that another than the main one made.
    ``samples`` say of each interaction of a document where it is printed, ``repairs`` what holds of all of them.
    """

    provenance: Source
    vendor: str
    base: str
    recorded: date
    suite: str
    contract: str
    scenario: str | None = None
    environment: str | None = None
    mode: str | None = None
    seed: int | None = None
    fresh: tuple[str, ...] = ()
    auth: dict[str, Any] = Field(default_factory=dict)
    identities: dict[str, dict[str, Any]] = Field(default_factory=dict)
    callers: dict[int, str] = Field(default_factory=dict)
    fixtures: dict[str, Any] = Field(default_factory=dict)
    controls: tuple[ControlCall, ...] = ()
    repairs: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()

    @field_validator("base")
    @classmethod
    def _address(cls, base: str) -> str:
        try:
            parts = urlsplit(base)
            named = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
        except ValueError:
            named = False
        if not named:
            raise ValueError(f"{base!r} is no http address of a server")
        return base

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.provenance == "document":
            if self.scenario or self.environment:
                raise ValueError("what a document prints was recorded by no scenario in no environment")
        elif self.samples or not self.scenario or not self.environment:
            raise ValueError(f"a {self.provenance} cassette names scenario and environment, and has no samples")
        return self

    @property
    def is_evidence(self) -> bool:
        """Whether agreement with it says something about the vendor: a mock's agreement with itself does not."""
        return self.provenance != "mock"

    def age(self, today: date) -> int:
        """Days since it was recorded or transcribed."""
        return (today - self.recorded).days

    def stored(self) -> dict[str, Any]:
        """The metadata as they stand in the file, in a fixed order."""
        return self.model_dump(mode="json", exclude_defaults=True)
