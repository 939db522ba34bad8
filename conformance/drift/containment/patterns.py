"""Regular expressions of schemas: whether one holds another, and strings that match."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from greenery import parse
from greenery.parse import NoMatch

MOST_STATES = 400
LONGEST_PATTERN = 200
"""Letters of a pattern that is looked into; automata grow quickly."""

_CLASSES = {"d": "0-9", "w": "0-9A-Za-z_"}


@lru_cache(maxsize=256)
def automaton(pattern: str) -> Any:
    """The automaton of the whole strings in which ``pattern`` is found; ``None`` where it cannot be made."""
    if len(pattern) > LONGEST_PATTERN or re.search(r"\(\?|\\[bB1-9pP]|(?<!\\)\$.|.\^(?<!\[\^)(?<!\\\^)", pattern):
        return None
    start, end = pattern.startswith("^"), pattern.endswith("$") and not pattern.endswith(r"\$")
    body = pattern[1 if start else 0 : -1 if end else None]
    if "|" in body and (start or end):
        body = f"({body})" if _grouped(body) else ""
        if not body:
            return None
    body = _spelled(body)
    try:
        found = parse(("" if start else ".*") + f"({body})" + ("" if end else ".*")).to_fsm()
    except (NoMatch, ValueError, KeyError, RecursionError, IndexError):
        return None
    return found if len(found.states) <= MOST_STATES else None


def _spelled(body: str) -> str:
    """A pattern in which the classes of digits and of word letters are written out."""
    found, inside, place = "", False, 0
    while place < len(body):
        letter = body[place]
        if letter == "\\" and body[place + 1 : place + 2] in _CLASSES:
            letters = _CLASSES[body[place + 1]]
            found += letters if inside else f"[{letters}]"
            place += 2
            continue
        if letter == "\\":
            found += body[place : place + 2]
            place += 2
            continue
        inside = letter == "[" or (inside and letter != "]")
        found += letter
        place += 1
    return found


def _grouped(body: str) -> bool:
    """Whether every ``|`` of an anchored pattern stands within parentheses, so that the anchors are for all of it."""
    depth = 0
    for place, letter in enumerate(body):
        if letter in "()" and body[place - 1 : place] != "\\":
            depth += 1 if letter == "(" else -1
        if letter == "|" and not depth and body[place - 1 : place] != "\\":
            return False
    return True


def holds(wider: str, narrower: str) -> bool | None:
    """Whether every string that matches ``narrower`` matches ``wider``; ``None`` when nobody can tell."""
    if wider == narrower:
        return True
    one, other = automaton(wider), automaton(narrower)
    if one is None or other is None:
        return None
    return bool((other - one).empty())


def beyond(wider: str, narrower: str) -> Iterator[str]:
    """Some strings that match ``narrower`` and not ``wider``, short ones first."""
    one, other = automaton(wider), automaton(narrower)
    if one is not None and other is not None:
        yield from _strings(other - one)


def matching(pattern: str) -> Iterator[str]:
    """Some strings that match, short ones first."""
    found = automaton(pattern)
    if found is not None:
        yield from _strings(found)


def _strings(automaton: Any) -> Iterator[str]:
    for letters in islice(automaton.strings([]), 8):
        yield "".join(letter if isinstance(letter, str) else "~" for letter in letters)
