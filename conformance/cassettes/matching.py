"""Which recorded interaction a request is: by method, path, query as a multiset, and canonical body.

The functions are matchers of vcrpy: the request being made, then the recorded one; an ``AssertionError`` tells how
they differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from vcr.cassette import Cassette as Tape
from vcr.request import Request

from conformance.cassettes.bodies import canonical, difference


def method(made: Request, recorded: Request) -> None:
    """The same method."""
    if made.method != recorded.method:
        raise AssertionError(f"{recorded.method} recorded, {made.method} now")


def path(made: Request, recorded: Request) -> None:
    """The same path, however its segments are escaped; the host does not matter."""
    here, there = (urlsplit(one.uri).path or "/" for one in (made, recorded))
    if [*map(unquote, here.split("/"))] != [*map(unquote, there.split("/"))]:
        raise AssertionError(f"{there} recorded, {here} now")


def query(made: Request, recorded: Request) -> None:
    """The same parameters, each as often, in any order."""
    here, there = (Counter(parse_qsl(urlsplit(one.uri).query, keep_blank_values=True)) for one in (made, recorded))
    if here != there:
        only_there, only_here = (_pairs(counts) for counts in (there - here, here - there))
        raise AssertionError(f"{only_there} recorded, {only_here} now")


def body(made: Request, recorded: Request) -> None:
    """A body that says the same."""
    told = [canonical(one.body or b"", one.headers.get("content-type")) for one in (recorded, made)]
    found = difference(*told)
    if found:
        raise AssertionError(found)


MATCHERS: tuple[Callable[[Request, Request], None], ...] = (method, path, query, body)


@dataclass(frozen=True)
class Nearest:
    """The recorded interaction most like a request: its number from 1, and each matcher that told a difference."""

    number: int
    differences: tuple[tuple[str, str], ...]
    played: bool

    def __str__(self) -> str:
        """The interaction and its first differences, in one line."""
        told = "; ".join(f"{name}: {text}" for name, text in self.differences)
        return f"interaction {self.number}" + (f", {told}" if told else ", which was played already")


def nearest(tape: Tape, made: Request) -> Nearest | None:
    """The interaction that fits ``made`` best, one that was not played before others; ``None`` on an empty tape."""
    found: list[Nearest] = []
    for index, (recorded, _) in enumerate(tape.data):
        differences = [(match.__name__, told) for match in MATCHERS if (told := _told(match, made, recorded))]
        found.append(Nearest(index + 1, tuple(differences), tape.play_counts[index] > 0))
    return min(found, key=_distance, default=None)


def _distance(one: Nearest) -> tuple[int, bool, int]:
    weights = {"method": 2, "path": 4, "query": 1, "body": 1}
    return sum(weights[name] for name, _ in one.differences), one.played, one.number


def _told(match: Callable[[Request, Request], None], made: Request, recorded: Request) -> str:
    try:
        match(made, recorded)
    except AssertionError as told:
        return str(told)
    return ""


def _pairs(counts: Counter[tuple[str, str]]) -> str:
    pairs: Sequence[str] = [f"{name}={value}" for name, value in counts.elements()]
    return "&".join(pairs) or "nothing"
