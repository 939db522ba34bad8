"""Addresses that replies name: what is linked in a header, and the parts of a URL."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from conformance.engine.outcome import Mismatch

_PARAMETER = r"\s*;\s*([^\s=;,\"]*)(?:\s*=\s*(\"(?:[^\"\\]|\\.)*\"|[^\s;,\"]*))?"
_LINK = re.compile(rf"<([^<>]*)>((?:{_PARAMETER})*)")


def linked(header: str, relation: str) -> str | None:
    """The target of the first link of ``relation`` in a Link header (RFC 8288, section 3); ``None`` without one."""
    return next((found[1] for found in _LINK.finditer(header) if relation in _relations(found[2])), None)


def _relations(parameters: str) -> list[str]:
    """The relations of a link: those of its first ``rel``, the case of their letters telling nothing."""
    values = (one[2] or "" for one in re.finditer(_PARAMETER, parameters) if one[1].lower() == "rel")
    return re.sub(r"\\(.)", r"\1", next(values, "").strip('"')).lower().split()


def parts_of(url: str) -> SplitResult:
    """The parts of a URL that a reply names; ``Mismatch`` when it is none."""
    try:
        return urlsplit(url)
    except ValueError as wrong:
        raise Mismatch("a URL", f"{url!r}, {wrong}") from wrong
