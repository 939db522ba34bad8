"""Wrong secrets: one that says nothing about the right one, and some that are nearly the right one."""

from __future__ import annotations

import re

LEAST = 8
"""Letters and digits of a secret that has near misses: a shorter one is hit by chance."""

MORE = "0000"
"""What follows a secret in a longer one: whole bytes of base64, where a single letter can stand for none."""

UNREAD = range(69, 77)
"""Lengths of secrets to which nothing is added: bcrypt reads 72 bytes of a secret and no more."""

_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")


def wrong(secret: str) -> dict[str, str]:
    """Another secret of the same shape, under an empty name, those that are nearly it, by what they miss, and none."""
    nearly = near(secret)
    return {"": other(secret), **nearly, **({"everything is missing": ""} if nearly else {})}


def other(secret: str) -> str:
    """A text of the same shape that says nothing about the secret; a signed token loses its signature only."""
    claims, dot, signature = secret.rpartition(".")
    if secret.startswith("eyJ") and claims.count(".") == 1:
        return claims + dot + re.sub(r"[A-Za-z0-9]", "0", signature)
    filled = re.sub(r"[A-Za-z0-9]", "0", secret)
    if filled == secret:
        filled = filled.replace("0", "1")
    return filled if filled != secret else f"{secret}0"


def near(secret: str) -> dict[str, str]:
    """What a server takes for ``secret`` that compares a part of it or of what is sent, or letters whatever their case.

    The last characters stay as they are, for those of a text in base64 can stand for the same bytes as others, and
    nothing follows its padding, where readers stop. Case is tried where the secret has letters of both: in hexadecimal
    digits, UUIDs and base32 it tells nothing.
    """
    places = [at for at, character in enumerate(secret) if character.isascii() and character.isalnum()]
    if len(places) < LEAST:
        return {}
    late = places[-3]
    found = {
        "one character is another": secret[:late] + _next(secret[late]) + secret[late + 1 :],
        "the end is missing": secret[:late].rstrip(),
    }
    if not secret.endswith("=") and len(secret.encode()) not in UNREAD:
        found["the end goes on"] = secret + MORE
    letters = [at for at in places if secret[at] not in _HEXADECIMAL and secret[at].isalpha()]
    if len({secret[at].isupper() for at in letters}) > 1:
        last = letters[-1]
        found["one letter has the other case"] = secret[:last] + secret[last].swapcase() + secret[last + 1 :]
    return found


def _next(character: str) -> str:
    """Another character of the same kind, which hexadecimal digits are too."""
    first, second = next(pair for pair in ("01", "ab", "AB") if _kind(pair[0]) == _kind(character))
    return first if character != first else second


def _kind(character: str) -> tuple[bool, bool]:
    return character.isdigit(), character.isupper()
