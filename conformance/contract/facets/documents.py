"""Uploaded documents: references, content, lifetime."""

from __future__ import annotations

from pydantic import Field

from conformance.contract.place import Place
from conformance.contract.semantics.model import Model, Pointer, ResourceFacet, Value
from conformance.contract.semantics.names import OperationName


class Link(Model):
    """A request that makes a stored document part of something: ``place`` carries the reference.

    ``at`` is where the reply shows the reference; with ``copies`` it is that of a copy, which outlives the original.
    With ``several``, ``place`` takes a list of references, and ``at`` shows one.
    """

    operation: OperationName
    place: Place
    at: Pointer
    beside: dict[Place, Value] = Field(default_factory=dict)
    copies: bool = False
    several: bool = False


class Documents(ResourceFacet):
    """Documents of a resource: bytes go in by ``upload``, a reference comes back, bytes come out by ``download``.

    ``content`` is where the upload takes the bytes, ``name`` where it takes the name of the file that has them, and
    ``at`` where the download takes the reference. ``lifetime`` is in seconds, for a document that nothing links;
    ``links`` are the requests that link one.
    """

    upload: OperationName
    content: Place = Place("request", "body", "")
    name: Place | None = None
    reference: Place
    download: OperationName
    at: Place
    lifetime: int | None = None
    links: dict[str, Link] = Field(default_factory=dict)
