"""Ways into a document of unknown quality: each either gives what belongs there or says what does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from conformance.contract.pointer import ABSENT, join
from conformance.contract.references import References
from conformance.errors import DocumentError


@dataclass(frozen=True)
class Access:
    """Access to the places of one document."""

    root: Mapping[str, Any]

    @property
    def references(self) -> References:
        """The references of the document."""
        return References(self.root)

    def followed(self, value: Any, at: str) -> tuple[Mapping[str, Any], str]:
        """``value`` and its pointer, or what its ``$ref`` leads to.

        :raises DocumentError: it is no object, or the reference leads nowhere.
        """
        found, place = self.references.followed(value, at)
        return self.mapping(found, place), place

    def mapping(self, value: Any, at: str) -> Mapping[str, Any]:
        """``value``, which has to be an object."""
        if not isinstance(value, dict):
            raise DocumentError(f"{at or '/'}: {_shown(value)} stands where an object belongs", "correct it there")
        return value

    def sequence(self, value: Any, at: str) -> list[Any]:
        """``value``, which has to be a list, or an empty one for nothing."""
        if value is None:
            return []
        if not isinstance(value, list):
            raise DocumentError(f"{at}: {_shown(value)} stands where a list belongs", "correct it there")
        return value

    def text(self, value: Mapping[str, Any], name: str, at: str) -> str:
        """The text that ``value`` has to have under ``name``."""
        found = value.get(name)
        if not isinstance(found, str):
            what = "is missing" if name not in value else f"is {_shown(found)}"
            raise DocumentError(f"{at}: {name} {what}", f"write {name} as a text")
        return found

    def entries(self, value: Any, at: str) -> Iterator[tuple[str, Any, str]]:
        """Name, value and pointer of each member of an object; none for nothing."""
        for name, member in self.mapping({} if value is None else value, at).items():
            yield str(name), member, at + join(name)

    def items(self, at: str) -> Iterator[tuple[str, Any, str]]:
        """The members of the object at a pointer."""
        found = self.references.value(at)
        yield from self.entries(None if found is ABSENT else found, at)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
