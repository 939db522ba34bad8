"""Things that one case has done with and another can use."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Shelf:
    """Things by what they are good for. One that is taken is nobody else's until it is put back.

    ``emptied`` counts how often everything became useless, also what is out at the time.
    """

    emptied: int = 0
    _kept: dict[Hashable, list[Any]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def take(self, need: Hashable) -> Any:
        """The thing for ``need`` that was put back last; ``None`` when there is none."""
        with self._lock:
            kept = self._kept.get(need)
            return kept.pop() if kept else None

    def put(self, need: Hashable, thing: Any, emptied: int) -> None:
        """Keep a thing for whoever needs it next, unless the shelf was emptied since it was taken."""
        with self._lock:
            if emptied == self.emptied:
                self._kept.setdefault(need, []).append(thing)

    def empty(self) -> None:
        """Forget everything, also what is put back later and was taken before."""
        with self._lock:
            self._kept.clear()
            self.emptied += 1
