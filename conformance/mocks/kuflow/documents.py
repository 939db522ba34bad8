"""Files of a process: uploaded for a day, kept when linked, copied into new items.

A reference reads ``kuflow-file:uri=...;type=...;size=...;name=...;`` and stands as a string anywhere in JSON data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.records import Document, Process

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow

REFERENCE = re.compile(r"kuflow-file:uri=([^;]+);")


def reference(document: Document) -> str:
    """The reference to a document; separators within its type or name are percent-encoded."""
    shown = (text.replace("%", "%25").replace(";", "%3B") for text in (document.type, document.name))
    kind, name = shown
    return f"kuflow-file:uri={document.key};type={kind};size={len(document.content)};name={name};"


def expired(server: KuFlow, document: Document) -> bool:
    """Whether a document is gone: nothing links to it and its day is over."""
    age = server.clock.now() - document.uploaded_at
    return not document.linked and age >= server.rules.documents.lifetime


def find(server: KuFlow, text: str) -> Document | None:
    """The document of a reference or of the bare uri within it; None when unknown or expired."""
    match = REFERENCE.match(text)
    document = server.store.documents.get(match.group(1) if match else text)
    return None if document is None or server.rules.documents.expired(server, document) else document


def belongs(document: Document, process: Process) -> bool:
    """Whether a document is one of a process."""
    return document.process == process.key


def content(document: Document) -> bytes:
    """The bytes of a document."""
    return document.content


def unchanged(current: Document, kind: str, name: str, content: bytes) -> bool:
    """Whether a user action already holds that very file."""
    return (current.type, current.name, current.content) == (kind, name, content)


def link(server: KuFlow, _: str, process: Process, value: Json) -> None:
    """Keep the documents of ``process`` that ``value`` refers to."""
    for text in _references(value):
        document = server.rules.documents.find(server, text)
        if document is not None and server.rules.documents.belongs(document, process):
            document.linked = True


def copied(server: KuFlow, call: Call, process: Process, value: Json) -> Json:
    """``value`` in which each reference to a document that the caller can see leads to a copy in ``process``."""

    def of(entry: Any) -> Any:
        if isinstance(entry, dict):
            return {key: of(inner) for key, inner in entry.items()}
        if isinstance(entry, list):
            return [of(inner) for inner in entry]
        return _copy(server, call, process, entry) if isinstance(entry, str) else entry

    result: Json = of(value)
    return result


def _copy(server: KuFlow, call: Call, process: Process, text: str) -> str:
    rules = server.rules.documents
    original = rules.find(server, text) if REFERENCE.match(text) else None
    home = server.store.processes.get(original.process) if original else None
    if original is None or home is None or not server.rules.auth.may_see(call.operation, call.identity, home):
        return text
    document = replace(original, key=server.ids.fresh(), process=process.key, linked=True)
    server.store.documents[document.key] = document
    return rules.reference(document)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, str) and REFERENCE.match(value):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _references(inner)


@dataclass
class DocumentRules:
    """How long documents live, and who may have them."""

    lifetime: timedelta = timedelta(hours=24)
    unchanged_status: int = 304
    reference: Callable[[Document], str] = reference
    expired: Callable[[KuFlow, Document], bool] = expired
    find: Callable[[KuFlow, str], Document | None] = find
    belongs: Callable[[Document, Process], bool] = belongs
    content: Callable[[Document], bytes] = content
    unchanged: Callable[[Document, str, str, bytes], bool] = unchanged
    link: Callable[[KuFlow, str, Process, Json], None] = link
    copied: Callable[[KuFlow, Call, Process, Json], Json] = copied


def uploaded(server: KuFlow, process: Process, kind: str, name: str, content: bytes) -> Document:
    """A new document of ``process``, kept until it expires."""
    document = Document(server.ids.fresh(), process.key, kind, name, content, server.clock.stamp())
    server.store.documents[document.key] = document
    return document
