"""Moments at which jobs ended, held against those between which they can have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.contract.facets.job import Job
from conformance.contract.http_date import http_date
from conformance.contract.pointer import ABSENT, dig
from conformance.engine.api import Api
from conformance.engine.jobs import Poll, follow, job_id, start
from conformance.engine.ordering import instant
from conformance.engine.outcome import expect
from conformance.engine.waiting import clock

DIGITS: Mapping[str, int] = {"seconds": 10, "milliseconds": 13}
"""Digits of a moment in units since 1970, from 2001 to 2286."""

APART = 600
"""Seconds by which the clocks of one server's machines may differ; those of its time zones differ by more."""

UNITS: Mapping[str, int] = {"seconds": 1, "milliseconds": 1000}
"""Units in a second."""

SLACK = 0.5
"""Seconds by which a job may take longer than its start waits: ends are written a little later than they are."""

UNTOLD = (ABSENT, None, "")
"""What stands where a job that goes on has no end."""


_ZONED = re.compile(r"([Zz]|[+-]\d\d:?\d\d)$")
"""The end of a moment that tells its time zone."""


@dataclass(frozen=True)
class Watch:
    """When a case began to look: the server's time, where a control tells it, and how many replies it had."""

    api: Api
    began: float | None
    replies: int

    @classmethod
    def start(cls, api: Api) -> Watch:
        """From now on."""
        return cls(api, _told(api), len(api.history))

    def span(self) -> tuple[float, float] | None:
        """The moments between which everything since happened, by the server's own time; ``None`` where none is told.

        Without a control that moves the clock, its replies tell by their Date.
        """
        if self.api.has_control("advance_clock"):
            now = _told(self.api)
            return None if self.began is None or now is None else (self.began, now)
        replies = [one.reply for one in self.api.history[self.replies :] if one.reply]
        told = [date for one in replies if (date := http_date(one.headers.get("date", ""))) is not None]
        dates = [date.timestamp() for date in told]
        return (min(dates), max(dates)) if dates else None


def expect_at_hand(span: tuple[float, float], told: Any, what: str) -> None:
    """Raise ``Mismatch`` unless ``told`` is a moment within ``span``, as far as clocks agree."""
    moment = instant(str(told))
    near = moment is not None and span[0] - APART <= moment.timestamp() <= span[1] + APART
    expect(near, f"{what} within {APART} s of the request", repr(told))


def expect_at_hand_if_zoned(watch: Watch, told: Any, what: str) -> None:
    """Raise ``Mismatch`` where ``told`` is a moment with its time zone, and not one since ``watch`` by a told time."""
    span = watch.span()
    if span is not None and _ZONED.search(str(told)):
        expect_at_hand(span, told, what)


def _told(api: Api) -> float | None:
    return clock(api) if api.has_control("advance_clock") else None


@dataclass(frozen=True)
class Stopwatch:
    """When a start that waits was sent; nothing where the job does not tell how long it took."""

    api: Api
    began: float | None

    @classmethod
    def start(cls, api: Api, job: Job) -> Stopwatch:
        """From now on."""
        return cls(api, clock(api) if job.synchronous and job.synchronous.took else None)

    def seconds(self) -> float | None:
        """The seconds since, by the server's time where a control moves it."""
        now = None if self.began is None else clock(self.api)
        return None if self.began is None or now is None else now - self.began


def expect_waited(job: Job, body: Any, seconds: float, what: str = "a reply") -> None:
    """Raise ``Mismatch`` when ``what`` came ``seconds`` after the start, and the ended job took longer than that."""
    took = _took(job, body)
    if took is not None:
        expect(seconds >= took - SLACK, f"{what} after the {took:g} s that the job took", f"after {seconds:.1f} s")


def _took(job: Job, body: Any) -> float | None:
    """The seconds that an ended job took; ``None`` where that is not told."""
    if job.synchronous is None or job.synchronous.took is None:
        return None
    end, beginning = (dig(body, pointer) for pointer in job.synchronous.took)
    told = is_epoch(end, job.ended_in) and is_epoch(beginning, job.ended_in)
    return (end - beginning) / UNITS[job.ended_in] if told else None


@dataclass(frozen=True)
class Course:
    """A job that was followed to its end, and the seconds from its start to the reply and to the end being shown."""

    job: Job
    polls: tuple[Poll, ...]
    answered: float | None
    shown: float | None

    @classmethod
    def of(cls, api: Api, job: Job, way: str) -> Course:
        """One that is started now, in that way."""
        stopwatch = Stopwatch.start(api, job)
        reply = start(api, job, way)
        answered = stopwatch.seconds()
        polls = tuple(follow(api, job, job_id(api, job.id, reply)))
        travels = 0.0 if api.has_control("advance_clock") else max(one.reply.seconds for one in polls)
        return cls(job, polls, None if answered is None else answered - travels, stopwatch.seconds())

    @property
    def body(self) -> Any:
        """What the job shows at its end."""
        return self.polls[-1].body

    def expect_gone_through(self) -> None:
        """Raise ``Mismatch`` when the end was shown before the time was over that the job took."""
        if self.shown is not None:
            expect_waited(self.job, self.body, self.shown, "the end")

    @property
    def was_waited_for(self) -> str:
        """After which seconds the start was answered, when it looks as if it had waited for the end; else nothing."""
        took = _took(self.job, self.body)
        if took is None or self.answered is None or took < 2 * SLACK or len(self.polls) > 1:
            return ""
        return f"after {self.answered:.1f} s, with the job ended" if self.answered >= took - SLACK else ""


def expect_end_times(job: Job, polls: Iterable[Poll], span: tuple[float, float] | None) -> None:
    """Raise ``Mismatch`` unless each poll of an ended job tells when within ``span`` that was, and others do not."""
    at = job.ended_at or ""
    for one in polls:
        seen = dig(one.body, at)
        if not one.ended:
            expect(job.early or seen in UNTOLD, f"nothing at {at} before the end", repr(seen))
            continue
        for pointer in (at, *job.moments):
            _expect_within(job, span, dig(one.body, pointer), pointer)


def _expect_within(job: Job, span: tuple[float, float] | None, seen: Any, at: str) -> None:
    """Raise ``Mismatch`` unless what is ``seen`` at a pointer is a moment within ``span``, as far as clocks agree."""
    expect(is_epoch(seen, job.ended_in), f"{DIGITS[job.ended_in]} digits at {at}", repr(seen))
    if span is not None:
        unit = UNITS[job.ended_in]
        low, high = (int(span[0]) - APART) * unit, (int(span[1]) + APART) * unit
        expect(low <= seen <= high, f"a moment between {low} and {high} at {at}", repr(seen))


def is_epoch(value: Any, unit: str = "seconds") -> bool:
    """Whether a value is a moment in whole units since 1970, from 2001 to 2286."""
    return isinstance(value, int) and not isinstance(value, bool) and len(str(value)) == DIGITS[unit] and value > 0
