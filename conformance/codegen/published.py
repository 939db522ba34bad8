"""A client package from the document that a vendor publishes itself, instead of from the contract."""

from __future__ import annotations

from pathlib import Path

from conformance.codegen.generate import told_of, write
from conformance.codegen.overlay import overlaid
from conformance.codegen.package import build, import_name
from conformance.codegen.prepare import prepared
from conformance.contract.document import Document
from conformance.contract.skeleton import require_build
from conformance.contract.source import parsed
from conformance.drift.published import digest, load_publication
from conformance.errors import DocumentError
from conformance.transport.download import download

OVERLAY = Path("overlays/published.yaml")


def generate_from_published(source: str, vendor_folder: Path, output: Path) -> None:
    """Write the distribution of the published document at ``source``, a file or an ``https`` address.

    It has to have the SHA-256 that stands in ``published.toml``; ``overlays/published.yaml`` repairs it.

    :raises DocumentError: it cannot be had, has another digest, or the overlay does not fit it.
    :raises GenerationError: a generator refuses it, or the folder cannot be written.
    """
    content = fetched(source)
    require_digest(content, source, vendor_folder / "published.toml")
    overlay = vendor_folder / OVERLAY
    document = overlaid(parsed(content, source), overlay)
    require_build(Document(overlay, document))
    vendor = vendor_folder.resolve().name
    with told_of(source):
        files = build(prepared(document), vendor)
    write(files, output, import_name(vendor))


def fetched(source: str) -> bytes:
    """The bytes of a file or an address; raises DocumentError with the reason when there are none."""
    if source.startswith(("http://", "https://")):
        return download(source)
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise DocumentError(f"{source}: {error.strerror}", "give the file or the address of the document") from None


def require_digest(content: bytes, source: str, publication: Path) -> None:
    """Raise DocumentError unless ``content`` has the SHA-256 that ``publication`` states."""
    stated = load_publication(publication).document
    actual = digest(content)
    if actual != stated.sha256:
        raise DocumentError(
            f"{source}: SHA-256 is {actual}, {publication} states {stated.sha256}",
            f"get version {stated.version} of {stated.date}, commit {stated.commit}, from {stated.repository}",
        )
