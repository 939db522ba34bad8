"""Input data: XML read without entities, and held against the structure of a flow's inputDataset.

A dataset is a tree of element names, so a walk over the tree says all that an XML Schema would say of it, and names
the element that does not belong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import JSON, Refusal
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.errors import invalid
from conformance.mocks.smartflows.records import Element

if TYPE_CHECKING:
    from conformance.mocks.smartflows.server import SmartFlows

XML = ("application/xml", "text/xml")
CHARSET = re.compile(r';\s*charset\s*=\s*(?:"([^"]*)"|([^\s;"]+))', re.IGNORECASE)
DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
PIECE = 64
"""Characters read at first, too few for what a document type declares to be used before it is refused. Each piece is
twice the one before, since a comment that is not over is read again with every piece."""


class Unfit(Exception):
    """The XML is well-formed, and does not follow the dataset."""


class _NoDocumentType(ElementTree.TreeBuilder):
    """Builds a tree, and stops where a document type would bring entities."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse ``name`` and whatever it declares."""
        raise ValueError(f"the document type {name} is not allowed ({pubid or system or 'internal'})")


def charset(media_type: str) -> str:
    """The charset of a media type, quoted or not; empty when there is none."""
    found = CHARSET.search(media_type)
    return (found[1] or found[2] or "") if found else ""


def tree(raw: bytes, encoding: str) -> ElementTree.Element:
    """The root element of ``raw``; raises ValueError when it is not well-formed or declares a document type."""
    parser = ElementTree.XMLParser(target=_NoDocumentType())  # noqa: S314 - declares no entities, see above
    content: str | bytes = raw.decode(encoding).removeprefix("\ufeff") if encoding else raw
    try:
        for piece in _pieces(content):
            parser.feed(piece)
        root: ElementTree.Element = parser.close()
    except ElementTree.ParseError as error:
        raise ValueError(f"the XML is not well-formed: {error}") from None
    return root


def _pieces(content: str | bytes) -> Iterator[str | bytes]:
    start, size = 0, PIECE
    while start < len(content):
        yield content[start : start + size]
        start, size = start + size, 2 * size


def _named(media_type: str, raw: bytes) -> str:
    found = DECLARED.match(raw)
    return charset(media_type) or (found[1].decode("latin-1") if found else "")


def parsed(server: SmartFlows, media_type: str, raw: bytes) -> ElementTree.Element:
    """The XML of a body; refuses what is not well-formed and a charset that nobody knows."""
    try:
        return tree(raw, charset(media_type))
    except LookupError:
        raise Refusal(415, f"No such charset: {_named(media_type, raw)}") from None
    except ValueError as error:
        raise invalid(server, str(error)) from None


def fit(dataset: Element, root: ElementTree.Element) -> Json:
    """The data as JSON; raises Unfit naming the first element that does not follow the dataset."""
    if root.tag != dataset.name:
        raise Unfit(f"the root is {root.tag}, not {dataset.name}")
    return {dataset.name: _value(dataset, root, dataset.name)}


def _value(element: Element, node: ElementTree.Element, path: str) -> Any:
    if not element.children:
        if len(node):
            raise Unfit(f"{path} holds text, not elements")
        return node.text or ""
    _only_elements(node, path)
    known = {child.name: child for child in element.children}
    found: dict[str, list[Any]] = {}
    for child in node:
        if child.tag not in known:
            raise Unfit(f"{path} has no {child.tag}")
        found.setdefault(child.tag, []).append(_value(known[child.tag], child, f"{path}/{child.tag}"))
    wanted = [child for child in element.children if child.name in found or not child.optional]
    return {child.name: _counted(child, found.get(child.name, []), path) for child in wanted}


def _counted(child: Element, values: list[Any], path: str) -> Any:
    if child.repeats:
        return values
    if len(values) != 1:
        raise Unfit(f"{path} has {len(values)} {child.name}, not one")
    return values[0]


def _only_elements(node: ElementTree.Element, path: str) -> None:
    texts = (node.text, *(child.tail for child in node))
    if any(text and text.strip() for text in texts):
        raise Unfit(f"{path} holds elements, not text")


def received(server: SmartFlows, dataset: Element | None, media_type: str, raw: bytes) -> Json:
    """The input data of an execution; raises Refusal or Unfit. A flow without dataset ignores what is sent."""
    if dataset is None:
        return {}
    if not raw:
        if server.choices["absent_data"] == "refused":
            raise invalid(server, "The flow needs input data")
        return {}
    rules, kind = server.rules.data, media_type.partition(";")[0].strip().lower()
    if kind == JSON:
        return rules.json(server, raw)
    if kind not in XML:
        raise Refusal(415, f"The body must be {XML[0]} or {JSON}")
    return rules.fit(dataset, rules.parsed(server, media_type, raw))


def json(server: SmartFlows, raw: bytes) -> Json:
    """The JSON object of a body; a plug-in's record has no dataset to follow."""
    try:
        value = jsonio.parse(raw)
    except ValueError:
        raise invalid(server, "The body is not JSON") from None
    if not isinstance(value, dict):
        raise invalid(server, "The body is not an object")
    return value


@dataclass
class DataRules:
    """How input data is read."""

    received: Callable[[SmartFlows, Element | None, str, bytes], Json] = received
    parsed: Callable[[SmartFlows, str, bytes], ElementTree.Element] = parsed
    fit: Callable[[Element, ElementTree.Element], Json] = fit
    json: Callable[[SmartFlows, bytes], Json] = json
