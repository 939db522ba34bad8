"""The one redactor: nothing is written or printed that has not passed through it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile
from typing import Any
from urllib.parse import unquote

from conformance.transport.misses import near
from conformance.transport.spelling import readings

HIDDEN = "[redacted]"
TELLING = 16
"""Characters by which a longer secret is known where a text is cut."""

_HEADERS = {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"}
_NAMES = r"[\w.-]*(?:password|secret|token|private_?key|api_?key|certificate)[\w.-]*"
_TEXT = r"""(?:"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$))"""
_IN_JSON = re.compile(rf"""(["'](?i:{_NAMES})["']\s*:\s*){_TEXT}""")
_IN_FORM = re.compile(rf"((?:^|[?&])(?i:{_NAMES})=)[^&\s]*")
_IN_URL = re.compile(r"""(?<=://)([^/?#\s"'<>]*)@""")
_PLAIN_HEADER = re.compile(
    r"accept(-[\w-]+)?|content-[\w-]+|user-agent|cache-control|prefer|[\w-]*version", re.IGNORECASE
)


@dataclass(frozen=True)
class Redactor:
    """Replaces the secrets it was told of, wherever they stand, and what stands where secrets stand."""

    secrets: frozenset[str] = frozenset()

    @classmethod
    def of(cls, secrets: Iterable[str]) -> Redactor:
        """A redactor for ``secrets`` and the Basic pairs of them."""
        return _of(tuple(secret for secret in secrets if secret))

    def knowing(self, secrets: Iterable[str]) -> Redactor:
        """A redactor that also knows ``secrets``, and what is nearly one."""
        further = frozenset[str]().union(*map(_shapes, secrets)) - self.secrets
        return Redactor(self.secrets | further) if further else self

    def text(self, text: str) -> str:
        """``text`` without secrets, in whatever escapes or base64 they are written."""
        kept, end = "", 0
        for first, last in sorted(self._spans(text)):
            if first >= end:
                kept += text[end:first] + HIDDEN
            end = max(end, last)
        text = _IN_URL.sub("redacted@", kept + text[end:])
        text = _IN_JSON.sub(rf'\1"{HIDDEN}"', text)
        return _IN_FORM.sub(rf"\1{HIDDEN}", text)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where secrets begin and end in ``text``; a run of base64 that says one is one."""
        for reading in readings(text):
            for first, last in self._plain(reading.text):
                yield reading.place(first, last)
            for said, place in reading.decoded():
                if next(self._plain(said), None):
                    yield place

    def _plain(self, text: str) -> Iterator[tuple[int, int]]:
        """Where secrets stand as they are, also those that ``text`` cuts behind ``TELLING`` of their characters."""
        for head, secrets in self._by_head.items():
            first = text.find(head)
            while first >= 0:
                yield from ((first, first + _shared(secret, text[first : first + len(secret)])) for secret in secrets)
                first = text.find(head, first + 1)

    @cached_property
    def _by_head(self) -> Mapping[str, Sequence[str]]:
        """The secrets by the characters that tell them where a text is cut."""
        found: dict[str, list[str]] = {}
        for secret in self.secrets:
            found.setdefault(secret[:TELLING], []).append(secret)
        return found

    def value(self, value: Any) -> Any:
        """A JSON value with every text in it without secrets."""
        if isinstance(value, dict):
            return {self.text(key): self.value(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(item) for item in value]
        return self.text(value) if isinstance(value, str) else value

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """``headers`` with the credentials hidden, and the scheme of an authorization kept."""
        return {name: self._header(name, value) for name, value in headers.items()}

    def _header(self, name: str, value: str) -> str:
        if name.lower() not in _HEADERS and not re.fullmatch(_NAMES, name, re.IGNORECASE):
            return self.text(value)
        scheme, space, _ = value.partition(" ")
        return f"{scheme} {HIDDEN}" if space and name.lower().endswith("authorization") else HIDDEN


def in_headers(headers: Mapping[str, str]) -> Iterator[str]:
    """Every secret that ``headers`` may hold: their values but for those whose name or value tells that they are plain.

    Beside a value stand what follows its scheme, the password of a Basic pair, and the values of cookies.
    """
    for name, value in headers.items():
        if _PLAIN_HEADER.fullmatch(name) or value.lower() in {"true", "false"}:
            continue
        yield value
        scheme, _, proof = value.rpartition(" ")
        if name.lower().endswith("authorization"):
            yield proof
        if scheme.lower() == "basic":
            yield _password(proof)
        if name.lower() == "cookie":
            yield from (pair.partition("=")[2].strip() for pair in value.split(";"))


def in_json(text: str) -> Iterator[str]:
    """Every text that stands where secrets stand in ``text``, which is JSON; none that is as short as a word."""
    for found in _IN_JSON.finditer(text):
        value = found[0].removeprefix(found[1])[1:-1]
        if len(value) >= TELLING:
            yield value


def in_urls(text: str) -> Iterator[str]:
    """Every secret that stands before the host of a URL in ``text``, and the Basic pair that a client makes of it."""
    for given in _IN_URL.findall(text):
        name, colon, password = map(unquote, given.partition(":"))
        yield from (given, password if colon else name)
        yield base64.b64encode(f"{name}:{password}".encode()).decode()


@lru_cache
def _of(secrets: tuple[str, ...]) -> Redactor:
    pairs = [base64.b64encode(f"{a}:{b}".encode()).decode() for a in secrets for b in secrets]
    return Redactor(frozenset(pairs)).knowing(secrets)


@lru_cache
def _shapes(secret: str) -> frozenset[str]:
    """``secret`` and what is nearly it, with blanks and as forms write them; nothing that is too short to tell."""
    known = (secret, *near(secret).values())
    return frozenset(shape for one in known for shape in (one, one.replace(" ", "+")) if len(shape) > 3)


def _shared(secret: str, text: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(secret, text, strict=False)))


def _password(pair: str) -> str:
    try:
        return base64.b64decode(pair, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
