"""What several cases of a target use and one of them makes."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

T = TypeVar("T")


@dataclass
class Shared:
    """Things by name, each made once, by whoever asks first; a failure to make one is everybody's.

    Who asks for one that is being made waits for it, and for nothing else.
    """

    _made: dict[str, Any] = field(default_factory=dict)
    _failed: dict[str, Exception] = field(default_factory=dict)
    _turns: Counter[str] = field(default_factory=Counter)
    _given_up: set[str] = field(default_factory=set)
    _making: dict[str, threading.RLock] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def give_up(self, name: str) -> None:
        """Remember that waiting for what is called ``name`` was in vain."""
        with self._lock:
            self._given_up.add(name)

    def has_given_up(self, name: str) -> bool:
        """Whether waiting for it was in vain before."""
        with self._lock:
            return name in self._given_up

    def find(self, name: str) -> Any:
        """The thing called ``name``; ``None`` where there is none."""
        with self._lock:
            return self._made.get(name)

    def put(self, name: str, thing: Any) -> None:
        """Have ``thing`` under this name from now on."""
        with self._lock:
            self._made[name] = thing

    def forget(self, name: str) -> None:
        """Have what is called ``name`` made by whoever asks next, however making it ended."""
        with self._lock:
            self._turns[name] += 1
            self._made.pop(name, None)
            self._failed.pop(name, None)

    def turn(self, name: str) -> int:
        """How often it was forgotten."""
        with self._lock:
            return self._turns[name]

    def once(self, name: str, make: Callable[[], T]) -> T:
        """The thing called ``name``; raises how making it ended when that was not well."""
        with self._lock:
            making = self._making.setdefault(name, threading.RLock())
        with making:
            if name in self._failed:
                raise self._failed[name]
            if name not in self._made:
                try:
                    self._made[name] = make()
                except Exception as ending:
                    self._failed[name] = ending
                    raise
            return cast("T", self._made[name])
