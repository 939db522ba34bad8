"""A mock behind a layer that counts requests and spoils the replies of one operation."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Any

from conformance.contract.document import Document, Operation
from conformance.mocks import catalogue, server
from conformance.mocks.kit.model import AsgiApp, Mock, Settings

CONTENT_TYPE = b"content-type"


@dataclass(frozen=True)
class Answer:
    """What goes out."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def with_body(self, value: Any) -> Answer:
        """The same with another JSON body."""
        content = json.dumps(value).encode()
        kept = tuple(pair for pair in self.headers if pair[0] != b"content-length")
        return replace(self, headers=(*kept, (b"content-length", b"%d" % len(content))), body=content)


@dataclass(frozen=True)
class Fault:
    """One operation, and one of ``KINDS``; ``part`` is the property or the status that the kind is about.

    Each reply of the operation is an error for ``status 500``; the other kinds spoil its successes.
    """

    kind: str
    operation: str
    method: str
    path: str
    part: str = ""

    @property
    def name(self) -> str:
        """The fault in a word."""
        return f"{self.operation}: {self.kind} {self.part and f'({self.part})'}".rstrip()

    def spoils(self, base: str, method: str, path: str, status: int) -> bool:
        """Whether this reply is spoilt."""
        pattern = re.escape(base) + re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(self.path))
        named = method == self.method and re.fullmatch(pattern, path) is not None
        return named and (status < 300 or self.kind == "status 500")

    def spoilt(self, answer: Answer) -> Answer:
        """The reply as it goes out instead."""
        return KINDS[self.kind](answer, self.part)


def _error(answer: Answer, _: str) -> Answer:
    return replace(answer.with_body({"message": "it broke"}), status=500)


def _status(answer: Answer, part: str) -> Answer:
    return replace(answer, status=int(part))


def _without(answer: Answer, part: str) -> Answer:
    body = json.loads(answer.body)
    return answer.with_body({key: value for key, value in body.items() if key != part})


def _wrong_type(answer: Answer, part: str) -> Answer:
    body = json.loads(answer.body)
    return answer.with_body({**body, part: 7 if isinstance(body.get(part), bool | str | dict | list) else "seven"})


def _media_type(answer: Answer, _: str) -> Answer:
    kept = tuple(pair for pair in answer.headers if pair[0] != CONTENT_TYPE)
    return replace(answer, headers=(*kept, (CONTENT_TYPE, b"text/plain")))


KINDS: Mapping[str, Callable[[Answer, str], Answer]] = {
    "status 500": _error,
    "undocumented success status": _status,
    "required property dropped": _without,
    "property of a wrong type": _wrong_type,
    "wrong media type": _media_type,
}


def faults(document: Document) -> Iterator[Fault]:
    """The faults of each operation that its contract allows to tell."""
    for one in document.operations.values():
        where = (one.id, one.method, one.path)
        yield Fault("status 500", *where)
        unlisted = next(str(status) for status in (203, 206, 207) if one.response(status) is None)
        yield Fault("undocumented success status", *where, unlisted)
        media = _success(one)
        if media:
            yield Fault("wrong media type", *where)
        needed = _required(document, media)
        if needed:
            yield Fault("required property dropped", *where, needed)
            yield Fault("property of a wrong type", *where, needed)


def _success(operation: Operation) -> Mapping[str, Mapping[str, Any]]:
    return next((media for status, media in operation.responses.items() if status.startswith("2") and media), {})


def _required(document: Document, media: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The first property that a JSON success is required to have."""
    schema = media.get("application/json")
    while schema is not None:
        if "$ref" in schema:
            found: Any = document.root
            for token in schema["$ref"].removeprefix("#/").split("/"):
                found = found[token]
            schema = found
        elif schema.get("required"):
            return str(schema["required"][0])
        else:
            schema = next((part for part in schema.get("allOf", ()) if part), None)
    return None


@contextmanager
def serving(vendor: str, deviation: str | None, fault: Fault | None) -> Iterator[tuple[Mapping[str, Any], Any]]:
    """The environment table of a running mock, and the number of requests that it got, controls not counted."""
    context = get_context("spawn")
    counter, ready = context.Value("q", 0), context.Queue()
    process = context.Process(target=_serve, args=(vendor, deviation, fault, counter, ready), daemon=True)
    process.start()
    try:
        yield ready.get(timeout=30), counter
    finally:
        process.terminate()
        process.join()


def _serve(vendor: str, deviation: str | None, fault: Fault | None, counter: Any, ready: Any) -> None:
    found = catalogue.find(vendor)

    def build(settings: Settings) -> Mock:
        mock = found.build(settings)
        return replace(mock, app=_layered(mock.app, fault, counter))

    catalogue.find = lambda _: replace(found, build=build)  # type: ignore[assignment]
    settings = Settings(seed=1, deviations=frozenset({deviation} if deviation else ()))
    server.serve(vendor, settings, "127.0.0.1", 0, 0, lambda origins: ready.put(dict(origins.environment)))


def _layered(app: AsgiApp, fault: Fault | None, counter: Any) -> AsgiApp:
    base = "/v2024-06-14"

    async def layered(scope: Any, receive: Any, send: Any) -> None:
        with counter.get_lock():
            counter.value += 1
        if fault is None:
            await app(scope, receive, send)
            return
        parts: list[Any] = []

        async def keep(message: Any) -> None:
            parts.append(message)

        await app(scope, receive, keep)
        body = b"".join(part.get("body", b"") for part in parts[1:])
        answer = Answer(parts[0]["status"], tuple((k.lower(), v) for k, v in parts[0]["headers"]), body)
        if fault.spoils(base, scope["method"], scope["path"], answer.status):
            answer = fault.spoilt(answer)
        start = {"type": "http.response.start", "status": answer.status, "headers": list(answer.headers)}
        await send(start)
        await send({"type": "http.response.body", "body": answer.body})

    return layered
