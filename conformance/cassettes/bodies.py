"""Bodies in the form in which they are compared: JSON by value, XML canonical, forms by field, the rest by digest."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as ET

from conformance.contract.json_text import parsed
from conformance.contract.media import bare, is_json
from conformance.contract.pointer import join

FORM = "application/x-www-form-urlencoded"
Canonical = tuple[str, Any]
"""The kind (``none``, ``json``, ``xml``, ``form``, ``bytes``) and the value of that kind."""


def canonical(content: bytes, media_type: str | None) -> Canonical:
    """What a body says. One that is not what its media type calls it is compared as bytes."""
    kind = bare(media_type)
    if not content:
        return "none", None
    try:
        if is_json(media_type):
            return "json", parsed(content)
        if kind == FORM:
            return "form", sorted(parse_qsl(content.decode(), keep_blank_values=True))
        if is_xml(media_type):
            return "xml", ET.canonicalize(content.decode())
    except (ValueError, ET.ParseError, RecursionError):
        pass
    return "bytes", sha256(content).hexdigest()


def is_xml(media_type: str | None) -> bool:
    """Whether a media type is one of XML."""
    return bare(media_type) in {"application/xml", "text/xml"} or bare(media_type).endswith("+xml")


def difference(recorded: Canonical, other: Canonical) -> str:
    """Where and how two bodies differ, in a few words; empty when they say the same."""
    if recorded[0] != other[0]:
        return f"{_noun(recorded[0])} recorded, {_noun(other[0])} now"
    if recorded[0] == "json":
        found = _json_difference(recorded[1], other[1], ())
        return "" if found is None else f"{found[0] or 'the whole body'}: {found[1]} recorded, {found[2]} now"
    return "" if recorded[1] == other[1] else f"{_short(recorded[1])} recorded, {_short(other[1])} now"


def _json_difference(one: Any, other: Any, at: tuple[str, ...]) -> tuple[str, str, str] | None:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(key for key in other if key not in one)]:
            if key not in one or key not in other:
                there, here = (_short(side[key]) if key in side else "nothing" for side in (one, other))
                return join(*at, key), there, here
            deeper = _json_difference(one[key], other[key], (*at, key))
            if deeper:
                return deeper
        return None
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return next((found for i, (a, b) in pairs if (found := _json_difference(a, b, (*at, str(i))))), None)
    return None if type(one) is type(other) and one == other else (join(*at), _short(one), _short(other))


def _noun(kind: str) -> str:
    return {"none": "no body", "json": "JSON", "xml": "XML", "form": "a form", "bytes": "bytes"}[kind]


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:80]}…"
