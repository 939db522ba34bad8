"""The references of a document (``$ref``): where each leads, and what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from conformance.contract import pointer
from conformance.errors import DocumentError


def referred(root: Mapping[str, Any], value: Any) -> str | None:
    """The pointer that the reference ``value`` names in ``root``; ``None`` where it is none, or leads nowhere there."""
    reference = value.get("$ref") if isinstance(value, Mapping) else None
    if not isinstance(reference, str) or not reference.startswith("#"):
        return None
    place = unquote(reference[1:])
    stands = (not place or place.startswith("/")) and pointer.get(root, place) is not pointer.ABSENT
    return place if stands else None


@dataclass(frozen=True)
class References:
    """The references inside the document ``root``; none may leave it.

    ``at`` is the place where a reference stands, for the one who has to correct it, as far as it is known.
    """

    root: Mapping[str, Any]

    def value(self, place: str) -> Any:
        """What stands at a pointer, or ``ABSENT``."""
        return pointer.get(self.root, place)

    def place(self, reference: str, at: str = "") -> str:
        """The pointer of what ``reference`` names.

        :raises DocumentError: it leaves the document or points at nothing.
        """
        if not reference.startswith("#"):
            raise _wrong(reference, at, "leaves the document", "bundle it into one file")
        place = referred(self.root, {"$ref": reference})
        if place is None:
            raise _wrong(reference, at, "points at nothing", "correct it or define what it names")
        return place

    def target(self, reference: str, at: str) -> str:
        """The pointer of what ``reference`` leads to in the end, past references that stand alone.

        :raises DocumentError: as ``place``, or it leads back to itself.
        """
        seen = [self.place(reference, at)]
        while set(value := self._keys(seen[-1])) == {"$ref"} and isinstance(value["$ref"], str):
            self._onward(value["$ref"], at, seen)
        return seen[-1]

    def followed(self, value: Any, at: str = "") -> tuple[Any, str]:
        """``value`` and its pointer, or what it refers to in the end, past whatever stands beside a reference.

        :raises DocumentError: as ``target``.
        """
        seen: list[str] = []
        while isinstance(value, Mapping) and isinstance(value.get("$ref"), str):
            self._onward(value["$ref"], at, seen)
            value = self.value(seen[-1])
        return value, seen[-1] if seen else at

    def _onward(self, reference: str, at: str, seen: list[str]) -> None:
        place = self.place(reference, at)
        if place in seen:
            raise _wrong(reference, at, "leads back to itself", "point it at a definition")
        seen.append(place)

    def _keys(self, place: str) -> Mapping[str, Any]:
        value = self.value(place)
        return value if isinstance(value, Mapping) else {}


def _wrong(reference: str, at: str, what: str, hint: str) -> DocumentError:
    return DocumentError(f"{at}: $ref {reference!r} {what}".removeprefix(": "), hint)
