"""Documents: what is uploaded can be downloaded, for as long as is promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from conformance.checks._acting import after, is_refused, request_with
from conformance.contract.facets.documents import Documents, Link
from conformance.contract.message import Reply
from conformance.contract.pointer import get
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import Context, Made, build, context_of, made_by, set_up
from conformance.engine.outcome import Mismatch, expect, expect_equal

SAMPLE = b"%PDF-1.4 a document of the conformance suite\n"
CONTENTS: dict[str, bytes] = {
    "text": "Zwölf Boxkämpfer\r\njagen Viktor\n".encode(),
    "every-byte": bytes(range(256)),
    "one-byte": b"\x00",
    "large": bytes(range(256)) * 800,
}
"""What is uploaded: line ends and bytes that a careless server changes, and 200 kilobytes."""
NAME = "Größe & Maß (50 % + 1); 2.txt"
"""The name of a file that shows whether a reference stands what it may be made of."""

MINUTE = 60


def contents(_: Vendor, __: Documents) -> Iterator[str]:
    """The names of what is uploaded."""
    return iter(CONTENTS)


def links(_: Vendor, documents: Documents) -> Iterator[str]:
    """The requests that link a document."""
    return (name for name, link in documents.links.items() if not link.copies)


def copies(_: Vendor, documents: Documents) -> Iterator[str]:
    """The requests that copy a document."""
    return (name for name, link in documents.links.items() if link.copies)


def expiring(documents: Documents) -> bool:
    """Whether documents that nothing links are promised to go."""
    return documents.lifetime is not None


@check(variants=contents)
def round_trip(api: Api, documents: Documents, name: str) -> None:
    """A download has the bytes that were uploaded, whatever their file is called."""
    document = _uploaded(api, documents, CONTENTS[name], called=NAME if name == "text" else None)
    _expect_content(api, _downloaded(api, documents, document), CONTENTS[name])


@check()
def two_uploads(api: Api, documents: Documents) -> None:
    """Two uploads of a file are two documents, each with its own reference and bytes."""
    context = Context()
    first = _uploaded(api, documents, SAMPLE, context)
    second = _uploaded(api, documents, SAMPLE + b"of another version\n", context)
    expect(first.id != second.id, "two references", f"{first.id} twice")
    _expect_content(api, _downloaded(api, documents, first), SAMPLE)
    _expect_content(api, _downloaded(api, documents, second), SAMPLE + b"of another version\n")


@check(level="observe")
def reference_of_another(api: Api, documents: Documents) -> None:
    """A reference to a document of one resource is refused by another."""
    document, elsewhere = _uploaded(api, documents), _uploaded(api, documents)
    reply = _downloaded(api, documents, elsewhere, document.id)
    api.observe(status=reply.status)
    api.expect_refusal(reply)


@check(variants=links)
def linked(api: Api, documents: Documents, name: str) -> None:
    """A value that refers to documents is kept, and each is there as before."""
    uploaded = _to_link(api, documents, name)
    shown = _linked(api, documents.links[name], uploaded)
    expect_equal(shown, [one.id for one in uploaded], "references")
    for one in uploaded:
        _expect_content(api, _downloaded(api, documents, one), SAMPLE)


@check(variants=copies)
def copied(api: Api, documents: Documents, name: str) -> None:
    """A value that refers to a document shows a reference to the copy, which has the same bytes."""
    document = _uploaded(api, documents)
    (copy,) = _linked(api, documents.links[name], [document])
    _expect_content(api, _downloaded(api, documents, document, copy), SAMPLE)
    _expect_content(api, _downloaded(api, documents, document), SAMPLE)


@check(when=expiring, phase="quiet", controls=("advance_clock",))
def lives(api: Api, documents: Documents) -> None:
    """A document that nothing links is there until its lifetime is over, however old what it belongs to is."""
    context = Context()
    build(api, documents.upload, context)
    api.control("advance_clock", seconds=2 * MINUTE)
    document = _uploaded(api, documents, context=context)
    _pass(api, documents, -MINUTE)
    _expect_content(api, _downloaded(api, documents, document), SAMPLE)


@check(when=expiring, phase="quiet", controls=("advance_clock",))
def expires(api: Api, documents: Documents) -> None:
    """A document that nothing links is gone when its lifetime is over."""
    document = _uploaded(api, documents)
    with set_up("downloading the document while it lives"):
        _expect_content(api, _downloaded(api, documents, document), SAMPLE)
    _pass(api, documents, MINUTE)
    api.expect_refusal(_downloaded(api, documents, document))


@check(when=expiring, variants=links, phase="quiet", controls=("advance_clock",))
def link_keeps(api: Api, documents: Documents, name: str) -> None:
    """A document that something links, be it with another, is there after the lifetime of one that nothing links."""
    uploaded = _to_link(api, documents, name)
    with set_up("linking the document"):
        _linked(api, documents.links[name], uploaded)
    _pass(api, documents, MINUTE)
    for one in uploaded:
        _expect_content(api, _downloaded(api, documents, one), SAMPLE)


@check(when=expiring, variants=copies, phase="quiet", controls=("advance_clock",))
def copy_outlives(api: Api, documents: Documents, name: str) -> None:
    """The copy of a document is there when the original is gone."""
    document = _uploaded(api, documents)
    with set_up("copying the document"):
        (copy,) = _linked(api, documents.links[name], [document])
    _pass(api, documents, MINUTE)
    _expect_content(api, _downloaded(api, documents, document, copy), SAMPLE)


def _uploaded(
    api: Api, documents: Documents, content: bytes = SAMPLE, context: Context | None = None, called: str | None = None
) -> Made:
    """A document with ``content``; ``Mismatch`` when the upload is refused or answers no reference.

    It is ``called`` so where the upload takes a name, unless it is refused under that one.
    """
    context = Context() if context is None else context
    request = documents.content.put(build(api, documents.upload, context), content)
    resource = api.vendor.semantics.resources[documents.subject]
    if called is not None and documents.name is not None:
        reply = api.send(documents.name.put(request, called))
        if not is_refused(api, reply):
            return made_by(api, resource, request, reply, context)
    return made_by(api, resource, request, api.send(request), context)


def _to_link(api: Api, documents: Documents, name: str) -> list[Made]:
    """The documents that the request called ``name`` links: two of one parent where it takes several."""
    context = Context()
    return [_uploaded(api, documents, context=context) for _ in range(2 if documents.links[name].several else 1)]


def _downloaded(api: Api, documents: Documents, document: Made, reference: str | None = None) -> Reply:
    """The reply to a download of ``reference``, or of the document's own, where the document is."""
    request = build(api, documents.download, context_of(document))
    return api.send(documents.at.put(request, document.id if reference is None else reference))


def _linked(api: Api, link: Link, uploaded: Sequence[Made]) -> list[str]:
    """The references that show after the request that links or copies what was ``uploaded``."""
    context, ids = context_of(uploaded[0]), [one.id for one in uploaded]
    request = request_with(api, link.operation, context, link.place, ids if link.several else ids[0], link.beside)
    made = after(api, request, api.send(request), context)
    found = get(made.body, link.at)
    shown = found if link.several and isinstance(found, list) else [found]
    if not all(isinstance(one, str) for one in shown):
        raise Mismatch(f"a reference at {link.at}", repr(found))
    return shown


def _pass(api: Api, documents: Documents, more: int) -> None:
    """Let the lifetime and ``more`` seconds pass by the target's clock."""
    assert documents.lifetime is not None
    api.control("advance_clock", seconds=documents.lifetime + more)


def _expect_content(api: Api, reply: Reply, content: bytes) -> None:
    api.expect_success(reply)
    expect(reply.content == content, _described(content), _described(reply.content))


def _described(content: bytes) -> str:
    return f"{len(content)} bytes {content[:24]!r}…"
