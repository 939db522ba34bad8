"""What the run created, written down before the request that creates it."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from itertools import repeat


@dataclass(frozen=True)
class Entry:
    """Something that the run creates.

    ``id`` is empty until it is known: from the start where the caller's key is the id, else by the reply. Until then
    ``key`` is what the caller chose, if anything. ``parent`` is the id of what it belongs to.
    """

    resource: str
    id: str
    identity: str
    key: str = ""
    parent: str = field(default="", compare=False)

    @property
    def name(self) -> tuple[str, str]:
        """What tells it from others, whoever made it."""
        return self.resource, self.id.lower()

    @property
    def is_any(self) -> bool:
        """Whether nothing tells it from others, so that each create made another one."""
        return not (self.id or self.key)

    def __str__(self) -> str:
        if self.id:
            return f"{self.resource} {self.id}"
        return f"{self.resource} of unknown id" + (f", created with the key {self.key}" if self.key else "")


@dataclass
class Ledger:
    """The ids that belong to this run; nothing else is changed, cancelled or deleted.

    A create under a key that the run made up, or under none, is written down as intended before it is sent. A reply
    settles it: a success enters what was made, a refusal leaves nothing. One whose reply was lost stays intended, for
    all that is known the resource exists.
    What the run itself brought to its end is entered as ended, unless it is made once more.
    """

    writes: int = 0
    executions: int = 0
    _intended: Counter[Entry] = field(default_factory=Counter)
    _made: dict[Entry, None] = field(default_factory=dict)
    _ended: dict[Entry, None] = field(default_factory=dict)
    _ours: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What exists, or may exist, because of this run; what was made comes first, oldest first."""
        with self._lock:
            pending = ((one, times) for one, times in self._intended.items() if one not in self._made)
            return (*self._made, *(each for one, times in pending for each in repeat(one, times if one.is_any else 1)))

    @property
    def ended(self) -> tuple[Entry, ...]:
        """What the run made and brought to its end, so that nothing is left to undo."""
        with self._lock:
            return tuple(self._ended)

    def claim(self, id: str) -> None:  # noqa: A002 - an id is what it is
        """Remember a value that this run made up, so that it cannot name anything of others."""
        with self._lock:
            self._ours.add(id.lower())

    def intend(self, entry: Entry) -> None:
        """Write down a create that is about to be sent."""
        with self._lock:
            self._intended[entry] += 1

    def settle(self, intended: Entry | None, made: Entry | None) -> None:
        """Strike out what was intended, now that its reply is known, and enter what was ``made``, if anything.

        What was made under a key is what any other create under it may have made.
        """
        with self._lock:
            if intended is not None:
                known = made is not None and intended.key
                self._intended[intended] -= self._intended[intended] if known else 1
                self._intended += Counter()
            if made is not None:
                self._ours.add(made.id.lower())
                self._made.setdefault(made)
                self._ended.pop(made, None)

    def end(self, resource: str, id: str) -> None:  # noqa: A002
        """Enter that what was made with this id came to its end, whoever made it.

        A create of it whose reply was lost before made nothing else.
        """
        with self._lock:
            for entry in [one for one in self._made if one.name == (resource, id.lower())]:
                del self._made[entry]
                self._intended.pop(entry, None)
                self._ended.setdefault(entry)

    def holds(self, id: str) -> bool:  # noqa: A002
        """Whether ``id`` belongs to this run."""
        return id.lower() in self._ours

    def refund(self, *, starts: bool) -> None:
        """Take back the count of one request that was not sent after all."""
        with self._lock:
            self.writes -= 1
            self.executions -= starts

    def spend(self, *, writes: int | None, executions: int | None, starts: bool) -> str:
        """Count one request that may change something; what is spent already, or nothing when it may be sent.

        ``writes`` and ``executions`` are the limits of the run (``None`` is none), ``starts`` says that the request
        starts an execution.
        """
        with self._lock:
            if writes is not None and self.writes >= writes:
                return f"{writes} writes"
            if starts and executions is not None and self.executions >= executions:
                return f"{executions} executions"
            self.writes += 1
            self.executions += starts
        return ""
