"""A wire request read back: which operation it calls, and with what."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from conformance.contract.document import Document, Operation
from conformance.contract.message import Request, Wire
from conformance.contract.pointer import ABSENT


def read_back(document: Document, base: str, wire: Wire) -> Request | None:
    """The request that ``wire`` is, of a server at ``base``; ``None`` when it calls no operation of the document."""
    sent, root = urlsplit(wire.url), urlsplit(base)
    start = root.path.rstrip("/")
    if sent.netloc != root.netloc or not sent.path.startswith(start):
        return None
    path = sent.path[len(start) :]
    operation = document.route(wire.method, path)
    if operation is None:
        return None
    media_type = wire.headers.get("content-type")
    return Request(
        operation.id,
        _path_values(operation, path),
        tuple(parse_qsl(sent.query, keep_blank_values=True)),
        {found.name: value for name, value in wire.headers.items() if (found := operation.parameter("header", name))},
        body_value(wire.content, media_type),
        media_type,
    )


def body_value(content: bytes, media_type: str | None) -> Any:
    """What a body says: a JSON value, the fields of a form, else its bytes; ``ABSENT`` when there is none."""
    if not content:
        return ABSENT
    kind = (media_type or "").split(";")[0].strip().lower()
    try:
        if kind == "application/x-www-form-urlencoded":
            return dict(parse_qsl(content.decode(), keep_blank_values=True))
        if kind.endswith(("/json", "+json")):
            return json.loads(content)
    except ValueError:
        return content
    return content


def _path_values(operation: Operation, path: str) -> dict[str, str]:
    names = re.findall(r"\{([^/{}]+)\}", operation.path)
    pattern = re.sub(r"\\\{[^/]+?\\\}", "([^/]+)", re.escape(operation.path))
    found = re.fullmatch(pattern, path)
    assert found is not None
    return {name: unquote(value) for name, value in zip(names, found.groups(), strict=True)}
