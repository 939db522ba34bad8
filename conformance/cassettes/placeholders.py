"""What stands in a cassette for something that must not be in it: of the same form, and the same every time."""

from __future__ import annotations

import base64
import binascii
import json
import re
import uuid
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree as ET

SHORTEST = 4
"""Characters of the shortest value that is replaced: shorter ones stand in too many places by chance."""
UNSIGNED = "eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0"
"""The header of a JWT without a signature."""
JWT = re.compile(r"\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]*")
EMAIL = re.compile(r"\b[\w.+%-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}\b")
_NAMESPACE = uuid.UUID("0c7c1d5e-4b1b-5b7e-9a36-2f3c5ad3b1f4")
_TOLD = frozenset({"aud", "scope", "token_use", "typ"})
"""Claims whose text tells nothing of a person."""


def placeholder(value: str, name: str) -> str:
    """What stands for ``value``, which ``name`` names: of its form, and derived from the name alone."""
    for form, made in _FORMS:
        if form.fullmatch(value):
            return made(value, name)
    return f"placeholder-{_slug(name)}"


def digits(value: int, name: str) -> int:
    """What stands for a number that is secret: one of as many digits, with its sign."""
    least = int("1".ljust(len(str(abs(value))), "0"))
    made = int(sha256(name.encode()).hexdigest(), 16) % (9 * least) + least
    return made if value > 0 else -made


def unsigned(token: str, name: str) -> str:
    """A JWT with the claims of ``token``, no signature, and none of the texts that could name anybody."""
    try:
        claims = json.loads(_decoded(token.split(".")[1]))
    except (ValueError, binascii.Error):
        claims = {}
    kept = {key: _claim(key, value) for key, value in claims.items()} if isinstance(claims, dict) else {}
    return f"{UNSIGNED}.{_encoded(json.dumps({**kept, 'jti': name}, separators=(',', ':')))}."


def basic(number: int) -> str:
    """The pair that stands for the ``number``-th Basic pair, counted from 1."""
    suffix = "" if number == 1 else str(number)
    return base64.b64encode(f"user{suffix}:pass{suffix}".encode()).decode()


def _uuid(_: str, name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))


def _hex(value: str, name: str) -> str:
    return sha256(name.encode()).hexdigest()[:8].rjust(len(value), "0")


def _address(_: str, name: str) -> str:
    return f"{_slug(name)}@example.com"


def _path(_: str, name: str) -> str:
    return f"/placeholder/{_slug(name)}"


def _claim(name: str, value: Any) -> Any:
    if isinstance(value, bool | int | float) or name in _TOLD:
        return value
    return f"claim-{name}"


def _xml(value: str, name: str) -> str:
    """The same elements with other texts; without attributes, whose values could name somebody too."""
    try:
        root = ET.fromstring(value)  # noqa: S314 - it comes from the user's own environment file
    except ET.ParseError:
        return f"<placeholder-{_slug(name)}"
    for number, element in enumerate(root.iter(), 1):
        element.attrib.clear()
        element.tail = None
        if len(element.text or "") >= SHORTEST:
            element.text = placeholder(element.text or "", f"{name}.{number}")
    return ET.tostring(root, encoding="unicode")


def xml_texts(value: str) -> list[str]:
    """The texts of the elements of an XML document, in its order; none when ``value`` is no XML."""
    try:
        return [element.text or "" for element in ET.fromstring(value).iter()] if value.startswith("<") else []  # noqa: S314
    except ET.ParseError:
        return []


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str, str], str]], ...] = (
    (JWT, unsigned),
    (EMAIL, _address),
    (re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"), _uuid),
    (re.compile(r"[0-9a-fA-F]{16,}"), _hex),
    (re.compile(r"<.*", re.DOTALL), _xml),
    (re.compile(r"/.*", re.DOTALL), _path),
)
