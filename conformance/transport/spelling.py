"""What a text says once its escapes and its base64 are read, and where in the text that stands."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

DEPTH = 3
"""How often a text is read that was escaped again and again, such as JSON within JSON."""

_ESCAPE = re.compile(
    r"""(?:%[0-9a-fA-F]{2})+|(?:\\u[0-9a-fA-F]{4})+|\\[/"'\\bfnrt]|&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|\w{2,31});"""
)
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_BASE64 = re.compile(r"([A-Za-z0-9+/_-]{8,})={0,2}")


@dataclass(frozen=True)
class Reading:
    """A ``text``, and where each of its characters begins and ends in the one that was written; ``None``: as here."""

    text: str
    places: Sequence[tuple[int, int]] | None = None

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Where what stands from ``first`` to before ``last`` begins and ends as it was written."""
        return (first, last) if self.places is None else (self.places[first][0], self.places[last - 1][1])

    def unescaped(self) -> Reading:
        """The same with one layer of escapes read: those of JSON, of URLs and of XML."""
        characters: list[str] = []
        places: list[tuple[int, int]] = []
        end = 0
        for found in _ESCAPE.finditer(self.text):
            characters += self.text[end : found.start()]
            places += (self.place(at, at + 1) for at in range(end, found.start()))
            meant = _meaning(found[0])
            characters += meant
            places += [self.place(*found.span())] * len(meant)
            end = found.end()
        characters += self.text[end:]
        places += (self.place(at, at + 1) for at in range(end, len(self.text)))
        return Reading("".join(characters), places)

    def decoded(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """What each run of base64 says, wherever in the run it begins, and where the run stands as it was written."""
        for run in _BASE64.finditer(self.text):
            place = self.place(*run.span())
            for first in range(4):
                digits = run[1][first:].translate(str.maketrans("-_", "+/"))
                whole = digits[: len(digits) - (len(digits) % 4 == 1)]
                yield base64.b64decode(whole + "=" * (-len(whole) % 4)).decode(errors="replace"), place


def readings(text: str) -> Iterator[Reading]:
    """``text`` as it is, and as it reads once its escapes are read, layer by layer."""
    reading = Reading(text)
    for _ in range(DEPTH):
        yield reading
        if not _ESCAPE.search(reading.text):
            return
        reading = reading.unescaped()
    yield reading


def _meaning(escape: str) -> str:
    if escape[0] == "%":
        return bytes.fromhex(escape.replace("%", "")).decode(errors="replace")
    if escape.startswith("\\u"):
        return bytes.fromhex(escape.replace("\\u", "")).decode("utf-16-be", errors="replace")
    return unescape(escape) if escape[0] == "&" else _LETTERS.get(escape[1], escape[1])
