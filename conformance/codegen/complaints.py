"""What a generator says when it refuses a document: the place and the reason in one line, without the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from conformance.contract.pointer import join

_CAUSE = re.compile(r"Unable to (?:parse|process) schema (?P<place>/\S+?):?$")
_PART = re.compile(r"Unable to parse this part of your OpenAPI document: :? *")
_INVALID = re.compile(r"\d+ validation errors? for ")
_BESIDE = re.compile(r" <[^>]*>")
_ADVERTISEMENT = "If you believe this was a mistake"
_INSTALLED = re.compile(r"^(?:\w+\.)+(?=\w+(?:Error|Exception)\b)")


def reason(said: str, document: Any) -> str:
    """The cause that ``said`` names: a schema, else the first invalid place, else a warning, else the last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip() and not line.startswith(_ADVERTISEMENT)]
    for number, line in enumerate(lines[:-1]):
        cause = _CAUSE.match(line)
        if cause:
            return f"{cause['place']}: {_PART.sub('', _BESIDE.sub('', lines[number + 1]))}"
    for number, line in enumerate(lines[:-2]):
        if _INVALID.match(line):
            return f"{_place(lines[number + 1], document)}: {lines[number + 2].partition(' [type=')[0]}"
    for number, line in enumerate(lines):
        if line.startswith(("WARNING ", "ERROR ")):
            return _BESIDE.sub("", " ".join(lines[number : number + 2]))
    return _INSTALLED.sub("", lines[-1]) if lines else ""


def _place(dotted: str, document: Any) -> str:
    """The pointer to a place that pydantic names: between dots, with names of its own models among them."""
    words, found, node = dotted.split("."), list[str](), document
    while words:
        size = next((size for size in range(1, len(words) + 1) if _has(node, words[:size])), 0)
        if size:
            found.append(".".join(words[:size]))
            node = node[int(found[-1])] if isinstance(node, list) else node[found[-1]]
        del words[: size or 1]
    return join(*found) or "/"


def _has(node: Any, words: Sequence[str]) -> bool:
    name = ".".join(words)
    if isinstance(node, list):
        return name.isdigit() and int(name) < len(node)
    return isinstance(node, Mapping) and name in node
