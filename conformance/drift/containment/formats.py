"""What is known of the formats of strings: which the validator checks, which hold others, and values of each."""

from __future__ import annotations

from collections.abc import Mapping

VALUES: Mapping[str, tuple[str, ...]] = {
    "date": ("2024-02-29", "1999-12-31"),
    "time": ("10:00:00Z", "23:59:59+02:00"),
    "date-time": ("2024-02-29T10:00:00Z", "1999-12-31T23:59:59+02:00"),
    "duration": ("P1D", "PT1H"),
    "email": ("a@example.com", "first.last@example.org"),
    "idn-email": ("ä@example.com", "a@example.com"),
    "hostname": ("example.com", "a"),
    "idn-hostname": ("bücher.example", "example.com"),
    "ipv4": ("192.0.2.1", "198.51.100.7"),
    "ipv6": ("2001:db8::1", "::1"),
    "uri": ("https://example.com/a", "urn:a:b"),
    "uri-reference": ("a/b?c", "https://example.com/a"),
    "iri": ("https://example.com/ä", "https://example.com/a"),
    "iri-reference": ("ä/b", "a/b?c", "https://example.com/a"),
    "uuid": ("2f1d9a36-34c4-4a9b-8d53-6b0a4f2f6c11", "00000000-0000-0000-0000-000000000000"),
    "uri-template": ("/a/{b}", "/a"),
    "json-pointer": ("/a/b", ""),
    "relative-json-pointer": ("1/a", "0"),
    "regex": ("a+b", "^[a-z]$"),
}
"""Values of each format that the validator checks."""

IDLE = frozenset({"password", "float", "double", "int32", "int64", "decimal", "char", "html", "markdown", "textarea"})
"""Formats that hint at a use and leave no value of the schema's type out."""

_HOLDS: Mapping[str, frozenset[str]] = {
    "uri-reference": frozenset({"uri"}),
    "iri": frozenset({"uri"}),
    "iri-reference": frozenset({"uri", "iri", "uri-reference"}),
    "idn-email": frozenset({"email"}),
    "idn-hostname": frozenset({"hostname"}),
}
_LENGTHS: Mapping[str, tuple[int, int]] = {"uuid": (36, 36), "date": (10, 10)}


def holds(wider: str, narrower: str) -> bool:
    """Whether every value of the format ``narrower`` is one of ``wider``."""
    return wider == narrower or wider in IDLE or narrower in _HOLDS.get(wider, ())


def lengths(formats: frozenset[str]) -> tuple[int, int | None]:
    """The least and the greatest length of a string that has all ``formats``."""
    known = [_LENGTHS[name] for name in formats if name in _LENGTHS]
    return max((low for low, _ in known), default=0), min((high for _, high in known), default=None)
