"""What is known of the texts of a format: samples, an expression that all of them match, formats that include it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_HEX = "[0-9a-fA-F]"
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})"


@dataclass(frozen=True)
class Format:
    """``matches`` is an expression for all texts of the format, ``exact`` when it matches no other."""

    samples: tuple[str, ...]
    matches: str = ""
    exact: bool = False
    within: tuple[str, ...] = ()


FORMATS: Mapping[str, Format] = {
    "byte": Format(("", "aGk=", "TWFu"), r"^[A-Za-z0-9+/]*={0,2}$"),
    "date": Format(("2024-02-29", "1999-12-31"), f"^{_DATE}$"),
    "date-time": Format(("2024-02-29T12:30:00Z", "1999-12-31T23:59:59.5+01:00"), f"^{_DATE}[Tt]{_TIME}$"),
    "duration": Format(("P1D", "PT5M"), r"^P[0-9A-Z]+$"),
    "email": Format(("a@example.org", "first.last@mail.example.org"), r"^.+@.+$", within=("idn-email",)),
    "hostname": Format(("example.org", "a"), r"^[A-Za-z0-9.-]+$", within=("idn-hostname",)),
    "idn-email": Format(("a@example.org", "ä@example.org"), r"^.+@.+$"),
    "idn-hostname": Format(("example.org", "bücher.example")),
    "ipv4": Format(("192.0.2.1", "0.0.0.0"), rf"^{_OCTET}(?:\.{_OCTET}){{3}}$", exact=True),  # noqa: S104 - a sample
    "ipv6": Format(("2001:db8::1", "::"), r"^[0-9a-fA-F:.]+$"),
    "iri": Format(("https://example.org/ä", "urn:a:b"), r"^[A-Za-z][A-Za-z0-9+.-]*:", within=("iri-reference",)),
    "iri-reference": Format(("/ä", "a", "https://example.org/")),
    "json-pointer": Format(("", "/a/0", "/"), r"^(?:/|$)"),
    "regex": Format(("a+", "[0-9]")),
    "relative-json-pointer": Format(("0", "1/a", "0#"), r"^[0-9]"),
    "time": Format(("12:30:00Z", "23:59:59.5+01:00"), f"^{_TIME}$"),
    "uri": Format(
        ("https://example.org/a", "urn:a:b", "a:"),
        r"^[A-Za-z][A-Za-z0-9+.-]*:",
        within=("uri-reference", "iri", "iri-reference"),
    ),
    "uri-reference": Format(("/a", "a", "https://example.org/a"), within=("iri-reference",)),
    "uri-template": Format(("/a/{b}", "a")),
    "uuid": Format(
        ("123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000"),
        rf"^{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}$",
        exact=True,
    ),
}
