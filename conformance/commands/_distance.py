"""What ``conformance drift --against`` does: hold the contract against the vendor's own document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from conformance.codegen.attribution import with_impact
from conformance.codegen.overlay import overlaid
from conformance.codegen.published import OVERLAY, fetched
from conformance.commands._diff import Compared, rendered
from conformance.contract.document import Document
from conformance.drift.change import LEVELS, Change
from conformance.drift.comparison import compare
from conformance.drift.published import RECORD, Publication, accepted, corrected, digest, load_publication
from conformance.drift.published import compare as differences
from conformance.errors import DocumentError, UsageError
from conformance.gates.subject import shown
from conformance.whole_file import write_whole

CONTRACT = "openapi.yaml"
OUR_OWN = frozenset({"operation-moved"})
"""Rules of what a contract written by hand decides for itself: the tags that sort its operations."""


def distance(folder: Path, source: str, shape: str, *, any_digest: bool, accept: bool, client: bool) -> int:
    """Tell what lies between the contract of ``folder`` and the document at ``source``; 1 when anything does.

    A document that is not the one on record counts as a difference itself, unless ``any_digest`` says that it is meant.
    ``accept`` puts on record that the two are equal, when they are.
    """
    record = folder / RECORD
    publication = load_publication(record)
    content = fetched(source)
    contract = Document.load(folder / CONTRACT)
    actual = digest(content)
    known = actual == publication.document.sha256
    published = Document.parse(content, source)
    if accept:
        return _accept(contract, published, publication, record, actual)
    ours = _corrected(published, publication, record) if known else published.root
    changes: Sequence[Change] = compare(contract, Document(published.path, ours))
    changes = [change for change in changes if change.level != "docs" and change.rule not in OUR_OWN]
    if client:
        changes = with_impact(changes, contract, _repaired(published, folder / OVERLAY))
    changes = sorted(changes, key=lambda change: LEVELS.index(change.level))
    if not known and not any_digest:
        changes.append(_another(publication, source, actual, record))
    title = f"{folder.resolve().name}: from the contract to {Path(source).name}"
    click.echo(rendered([Compared("", contract, published, changes)], shape, title), nl=False)
    return int(bool(changes))


def _corrected(published: Document, publication: Publication, record: Path) -> Mapping[str, Any]:
    """The document without what the record makes an exception of; the error names the record."""
    try:
        return corrected(published.root, publication.exceptions)
    except DocumentError as wrong:
        raise DocumentError(f"{shown(record)}: {wrong.message}", wrong.hint) from None


def _repaired(published: Document, overlay: Path) -> Document:
    """The document as clients are generated from it, where the repairs on record still fit it."""
    if not overlay.is_file():
        return published
    try:
        return Document(published.path, overlaid(dict(published.root), overlay))
    except DocumentError:
        return published


def _another(publication: Publication, source: str, actual: str, record: Path) -> Change:
    told = publication.document
    says = (
        f"{source} is not the document on record: that is version {told.version} of {told.date}, commit {told.commit}"
    )
    where = f"{says}; --any-digest compares all the same without counting this ({shown(record)})"
    return Change("unknown", "publication-another", "", "/sha256", where, before=told.sha256, after=actual)


def _accept(contract: Document, published: Document, publication: Publication, record: Path, actual: str) -> int:
    """Put the proof on record, or tell what stands in its way."""
    found = differences(contract.root, _corrected(published, publication, record), ())
    if found:
        for one in found:
            click.echo(str(one))
        click.echo(f"{len(found)} differences: nothing is accepted")
        return 1
    try:
        text = accepted(record.read_text(encoding="utf-8"), contract.root, actual)
        write_whole(record, text)
    except OSError as wrong:
        raise UsageError(f"{record}: {wrong.strerror}", "give a folder that can be written") from None
    click.echo(f"{shown(record)}: the contract equals the document with SHA-256 {actual}")
    if actual != publication.document.sha256:
        click.echo(f"{shown(record)}: write down its version, commit and date as well")
    return 0
