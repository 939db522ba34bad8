"""Traffic that somebody recorded, held against the contract: statuses and properties that it does not know."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from conformance.contract.document import Document, Operation
from conformance.contract.message import Reply
from conformance.contract.pointer import get, join
from conformance.contract.undeclared import Undeclared
from conformance.contract.vendor import Vendor
from conformance.drift.finding import Finding
from conformance.errors import DocumentError
from conformance.results import JUDGED, Results

WITNESSES = "contract and traffic"
HINT = 'a HAR file is what a browser or a proxy exports: {"log": {"entries": […]}}'
_MEND = "conformance run, or the vendor's documentation, tells which of the two is right"


@dataclass(frozen=True)
class Heard:
    """The method and path of a request and its reply, and where in the file it stands."""

    method: str
    path: str
    reply: Reply
    pointer: str


def of_har(path: Path) -> tuple[Heard, ...]:
    """The entries of a HAR 1.2 file that have a reply.

    :raises DocumentError: the file cannot be read, or is no HAR file.
    """
    try:
        root = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as wrong:
        raise DocumentError(f"{path}: {wrong.strerror}", "give a readable HAR file") from None
    except json.JSONDecodeError as wrong:
        raise DocumentError(f"{path}:{wrong.lineno}: no HAR file: {wrong.msg}", HINT) from None
    except (ValueError, RecursionError) as wrong:
        raise DocumentError(f"{path}: no HAR file: it cannot be read as JSON", HINT) from wrong
    entries = get(root, "/log/entries")
    if not isinstance(entries, list):
        raise DocumentError(f"{path}: no HAR file: /log/entries is no list of entries", HINT)
    return tuple(heard for number, entry in enumerate(entries) if (heard := _heard(path, entry, number)))


def _heard(path: Path, entry: Any, number: int) -> Heard | None:
    """An entry, or None when it has no reply."""
    try:
        return _entry(entry, number) if entry["response"].get("status") else None
    except KeyError as wrong:
        problem = f"{wrong.args[0]!r} is missing"
    except binascii.Error:
        problem = "the content is not base64, as its encoding says"
    except (ValueError, TypeError, AttributeError):
        problem = "it is not what an entry looks like"
    raise DocumentError(f"{path}: no HAR file: {join('log', 'entries', number)}: {problem}", HINT)


def _entry(entry: Mapping[str, Any], number: int) -> Heard:
    response = entry["response"]
    content = response.get("content") or {}
    text = content.get("text") or ""
    body = base64.b64decode(text, validate=True) if content.get("encoding") == "base64" else text.encode()
    headers = {str(one["name"]).lower(): str(one["value"]) for one in response.get("headers", ())}
    headers.setdefault("content-type", str(content.get("mimeType", "")))
    reply = Reply(int(response["status"]), headers, body)
    request = entry["request"]
    path = urlsplit(str(request["url"])).path
    return Heard(str(request["method"]), path, reply, join("log", "entries", number))


def of_results(results: Results, vendor: str) -> Iterator[Heard]:
    """The exchanges with ``vendor`` that a results file holds, those whose bodies were cut left out."""
    for number, case in enumerate(results.cases):
        for place, one in enumerate(case.exchanges if case.vendor == vendor else ()):
            if one.status is not None and not one.response_body.endswith("characters)"):
                reply = Reply(one.status, one.response_headers, one.response_body.encode())
                yield Heard(one.method, urlsplit(one.url).path, reply, join(number + 1, "exchanges", place))


def is_of_contract(results: Results, vendor: Vendor) -> bool:
    """Whether a run held its targets of the vendor against this very contract."""
    digests = {one.contract for one in results.header.targets if one.vendor == vendor.name}
    return digests == {vendor.document.digest}


def looked(results: Results, vendor: str) -> bool:
    """Whether a run looked for what the contract does not describe: any of its cases that do so came to a verdict."""
    cases = (case for case in results.cases if case.vendor == vendor and case.check == "undeclared")
    return any(case.verdict in JUDGED for case in cases)


def findings(vendor: Vendor, file: str, heard: tuple[Heard, ...]) -> Iterator[Finding]:
    """A finding for each undocumented status and property of an operation, and for each path that is no operation."""
    seen: set[tuple[str, str, str]] = set()
    for one in heard:
        operation = routed(vendor.document, one)
        for rule, name, pointer, says in _undocumented(vendor.document, operation, one):
            if (rule, name, pointer) not in seen:
                seen.add((rule, name, pointer))
                where = f"{says} ({one.pointer})"
                yield Finding(vendor.name, WITNESSES, rule, file, pointer, where, _MEND, name)


def observed(vendor: Vendor, file: str, results: Results) -> Iterator[Finding]:
    """A finding for each property that a run noted beyond the contract."""
    for case in results.cases:
        told = case.observed.get("undeclared", ()) if case.vendor == vendor.name else ()
        for pointer in told if case.check == "undeclared" else ():
            says = "a property that the contract does not declare"
            rule = "undocumented-property"
            yield Finding(vendor.name, WITNESSES, rule, file, str(pointer), says, _MEND, case.operation)


def routed(document: Document, one: Heard) -> Operation | None:
    """The operation that a request was for, whatever stands before its path."""
    path = one.path
    while path:
        operation = document.route(one.method, path)
        if operation is not None:
            return operation
        path = "/" + path[1:].partition("/")[2] if "/" in path[1:] else ""
    return None


def _undocumented(document: Document, operation: Operation | None, one: Heard) -> Iterator[tuple[str, str, str, str]]:
    if operation is None:
        yield "undocumented-operation", "", join(one.method, one.path), f"no operation is {one.method} {one.path}"
        return
    status = one.reply.status
    if operation.response(status) is None:
        yield "undocumented-status", operation.id, join("responses", status), f"status {status} is not documented"
    for pointer in Undeclared(document).properties(operation, one.reply):
        yield "undocumented-property", operation.id, pointer, "a property that the contract does not declare"
