"""Asynchronous jobs: start, poll, end, result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Literal

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.pointer import without
from conformance.contract.semantics.model import Model, OperationFacet, Pointer, Value
from conformance.contract.semantics.names import OperationName, SchemaName
from conformance.contract.semantics.resource import Reader

Told = dict[Place, tuple[Any, ...]]
"""Values of which a reply shows one at each place."""

Shown = dict[Pointer, tuple[Any, ...]]
"""Values of which a poll shows one at each pointer; where none are named, it shows any but null.

The pointers behind a ``/*/`` go on inside one item of an array, whichever shows them all.
"""


class Acceptance(Model):
    """What a start that does not wait tells: ``told``, and with ``alone`` no other names at its top.

    In ``alone`` a ``*`` stands for any letters.
    """

    told: Told = Field(default_factory=dict)
    alone: tuple[str, ...] = ()

    def beside(self, names: Iterable[str]) -> list[str]:
        """Those of ``names`` that are more than it tells."""
        return sorted(name for name in names if not _among(name, self.alone))


class Synchronous(Model):
    """A start that waits for the end: ``operation``, unless it is the same one, with ``request`` beside it.

    ``told`` is what its reply shows of a job that ended well. ``outputs`` is where the reply has the result, of which
    the names in ``without`` are no part, a ``*`` standing for any letters; ``id`` is where it shows the job's id, when
    it shows one. ``ways`` are further starts that wait, by name, each with what is beside ``request``. ``took`` points
    to the end and the beginning of its work in what a poll shows, in the unit of the job's ``ended_in``.
    """

    operation: OperationName | None = None
    request: dict[Place, Value] = Field(default_factory=dict)
    told: Told = Field(default_factory=dict)
    id: Place | None = None
    outputs: Pointer | None = None
    without: tuple[str, ...] = ()
    ways: dict[str, dict[Place, Value]] = Field(default_factory=dict)
    took: tuple[Pointer, Pointer] | None = None

    def result(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """What of the object at ``outputs`` is the result."""
        return {name: value for name, value in found.items() if not _among(name, self.without)}


def _among(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


class Ends(Model):
    """The states that a job does not leave, by how it went.

    ``good`` and ``bad`` are what a job that ended well, and one that failed, shows beside its state.
    """

    success: tuple[Any, ...]
    failure: tuple[Any, ...] = ()
    good: Shown = Field(default_factory=dict)
    bad: Shown = Field(default_factory=dict)


class Details(Model):
    """A text that is JSON, held against the schema of that name in the contract.

    ``good`` and ``bad`` are what it shows of a job that ended well, and of one that failed.
    """

    at: Pointer
    schema_name: SchemaName = Field(alias="schema")
    good: Shown = Field(default_factory=dict)
    bad: Shown = Field(default_factory=dict)


class Wait(Model):
    """Where a poll, an ``operation``, says for how many seconds it may be held back."""

    operation: OperationName
    place: Place


class Progress(Model):
    """How far a job is: a number between ``min`` and ``max``; with ``rises`` it is not to fall.

    ``complete`` is the number at the end.
    """

    at: Pointer
    min: float = 0
    max: float
    rises: bool = False
    complete: float | None = None


class Result(Model):
    """What a job that ended well has at ``at``; with ``late`` nothing is there before the end."""

    at: Pointer
    late: bool = False


class Job(OperationFacet):
    """An operation that starts a job and does not wait for its end.

    ``id`` is where the reply names the job (of a URL its last segment), ``hint`` where it says how many seconds to
    wait. ``ways`` are requests that start it so, by name: each the smallest one and what is beside it.
    ``poll`` reads the job; in what it shows, ``echo`` is the job's id, ``state`` one of ``ends`` at the end, and
    ``moving`` are pointers to what changes even then. ``unready`` are the statuses that a poll may have before the
    end; the end comes within ``deadline`` seconds. A pointer's ``#`` goes on inside a text that is JSON.
    ``ended_at`` points to the moment of the end, in seconds since 1970 unless ``ended_in`` is another unit; before the
    end nothing or null is there, or anything when it is told ``early``. ``moments`` are further ones that an ended job
    tells of itself, in that unit.
    ``fails`` is what starts a job that ends in failure, ``slow`` one that the first polls find going on. ``wait`` says
    how a poll is held back. A job that shows one of ``rests`` does not go on, whether or not it has ended. ``named`` is
    where one that ended well shows what the reply to its start told.
    """

    id: Place
    ways: dict[str, dict[Place, Value]] = Field(default={"plain": {}})
    accepted: Acceptance = Acceptance()
    hint: Place | None = None
    synchronous: Synchronous | None = None
    poll: Reader
    wait: Wait | None = None
    unready: tuple[int, ...] = ()
    echo: Pointer | None = None
    state: Pointer
    ends: Ends
    moving: tuple[Pointer, ...] = ()
    deadline: float = 60
    progress: Progress | None = None
    details: Details | None = None
    ended_at: Pointer | None = None
    ended_in: Literal["seconds", "milliseconds"] = "seconds"
    early: bool = False
    moments: tuple[Pointer, ...] = ()
    result: Result | None = None
    fails: dict[Place, Value] = Field(default_factory=dict)
    slow: dict[Place, Value] = Field(default_factory=dict)
    named: dict[Pointer, Place] = Field(default_factory=dict)
    rests: Shown = Field(default_factory=dict)

    def still(self, body: Any) -> Any:
        """What an ended job shows, without what changes even then."""
        return without(body, self.moving)

    def reads(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """What a poll shows."""
        for where, pointer in {"state": self.state, "echo": self.echo, "ended_at": self.ended_at}.items():
            if pointer:
                yield self.poll.operation, pointer, (where,)
        for number, pointer in enumerate(self.moments):
            yield self.poll.operation, pointer, ("moments", str(number))
