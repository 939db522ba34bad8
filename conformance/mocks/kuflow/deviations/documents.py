"""Documents that are changed, lost, or kept too long."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote_plus

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._mending import PATCHES, mend_query, take_any_media_type, take_as
from conformance.mocks.kuflow.documents import REFERENCE
from conformance.mocks.kuflow.records import Document, Process
from conformance.mocks.kuflow.server import Call, KuFlow

DOCUMENT, DOWNLOAD = "kuflow/process-document/documents", "kuflow/downloadProcessDocument"
UPLOAD = "kuflow/uploadProcessDocument"


def _emptied(value: Json) -> Json:
    """``value`` with its references to documents emptied."""
    return {name: "" if isinstance(one, str) and REFERENCE.match(one) else one for name, one in value.items()}


@deviation("links-dropped", clauses=("KF-081",), case=f"{DOCUMENT}/linked/metadata")
def links_dropped(server: KuFlow) -> None:
    """The references to documents in metadata, entities and task data are emptied."""
    honest = server.rules.json.kept
    server.rules.json.kept = lambda operation, current, value: honest(operation, current, _emptied(value))


@deviation("documents-kept-forever", clauses=("KF-082",), case=f"{DOCUMENT}/expires")
def documents_kept_forever(server: KuFlow) -> None:
    """Documents that nothing links to never go."""
    server.rules.documents.expired = lambda _, __: False


@deviation("links-in-entities-overlooked", clauses=("KF-082a",), case=f"{DOCUMENT}/link-keeps/entity")
def links_in_entities_overlooked(server: KuFlow) -> None:
    """A document that only an entity links to goes like one that nothing does."""
    honest = server.rules.documents.link

    def link(server: KuFlow, operation: str, process: Process, value: Json) -> None:
        if operation != "updateProcessEntity":
            honest(server, operation, process, value)

    server.rules.documents.link = link


@deviation("documents-gone-early", clauses=("KF-082b",), case=f"{DOCUMENT}/lives")
def documents_gone_early(server: KuFlow) -> None:
    """Documents that nothing links to go after 12 hours."""
    server.rules.documents.lifetime = timedelta(hours=12)


@deviation("octet-stream-refused", clauses=("KF-085",), case=f"{UPLOAD}/contract/valid-request")
def octet_stream_refused(server: KuFlow) -> None:
    """Documents are taken as multipart/form-data only."""
    take_as(server, ("uploadProcessDocument",), lambda _, __: "multipart/form-data")


@deviation("upload-media-type-unchecked", clauses=("KF-085a",), case=f"{UPLOAD}/contract/refuses/media-type")
def upload_media_type_unchecked(server: KuFlow) -> None:
    """Documents are taken whatever media type they are sent as."""
    take_any_media_type(server, ("uploadProcessDocument",))


@deviation("one-reference-for-all", clauses=("KF-086",), case=f"{DOCUMENT}/two-uploads")
def one_reference_for_all(server: KuFlow) -> None:
    """Every upload into a process is answered with the reference of the first one."""
    honest = server.rules.documents.reference
    first: dict[str, Document] = {}
    server.rules.documents.reference = lambda document: honest(first.setdefault(document.process, document))


@deviation("line-ends-changed", clauses=("KF-087",), case=f"{DOCUMENT}/round-trip/text")
def line_ends_changed(server: KuFlow) -> None:
    """Downloads have line feeds where the uploads had carriage returns before them."""
    server.rules.documents.content = lambda document: document.content.replace(b"\r\n", b"\n")


@deviation("download-cut-at-64k", clauses=("KF-087",), case=f"{DOCUMENT}/round-trip/large")
def download_cut_at_64k(server: KuFlow) -> None:
    """Downloads end after 64 kilobytes."""
    server.rules.documents.content = lambda document: document.content[:65_536]


@deviation("document-uri-optional", clauses=("KF-088",), case=f"{DOWNLOAD}/contract/refuses/missing-documentUri")
def document_uri_optional(server: KuFlow) -> None:
    """A download without documentUri is of the newest document."""

    def mend(query: dict[str, str]) -> dict[str, str]:
        newest = next(reversed(server.store.documents), "")
        return {"documentUri": newest, **query}

    mend_query(server, "downloadProcessDocument", mend)


@deviation("unknown-document-downloaded", clauses=("KF-088a",), case=f"{DOWNLOAD}/errors/unknown-reference/documentUri")
def unknown_document_downloaded(server: KuFlow) -> None:
    """A reference that names nothing downloads an empty document."""
    honest = server.rules.documents.find
    nothing = Document("", "", "", "", b"", server.clock.now(), linked=True)
    server.rules.documents.find = lambda server, text: (
        honest(server, text) or (None if REFERENCE.match(text) else nothing)
    )
    belongs = server.rules.documents.belongs
    server.rules.documents.belongs = lambda document, process: document is nothing or belongs(document, process)


@deviation("documents-of-new-items-dropped", clauses=("KF-097",), case=f"{DOCUMENT}/copied/new-item")
def documents_of_new_items_dropped(server: KuFlow) -> None:
    """The references to documents in a new item are emptied."""
    server.rules.documents.copied = lambda _, __, ___, value: _emptied(value)


@deviation("documents-not-copied", clauses=("KF-098",), case=f"{DOCUMENT}/copy-outlives/new-item")
def documents_not_copied(server: KuFlow) -> None:
    """A new item keeps the reference that it was given, to a document that goes after its day."""
    server.rules.documents.copied = lambda _, __, ___, value: value


@deviation("copies-empty", clauses=("KF-098",), case=f"{DOCUMENT}/copied/new-item")
def copies_empty(server: KuFlow) -> None:
    """The copy of a document in a new item is empty."""
    honest = server.rules.documents.copied

    def copied(server: KuFlow, call: Call, process: Process, value: Json) -> Json:
        before = set(server.store.documents)
        result = honest(server, call, process, value)
        for key in server.store.documents.keys() - before:
            server.store.documents[key] = replace(server.store.documents[key], content=b"")
        return result

    server.rules.documents.copied = copied


@deviation("nested-links-overlooked", clauses=("KF-082a",), case=f"{DOCUMENT}/link-keeps/entity")
def nested_links_overlooked(server: KuFlow) -> None:
    """A document that an object within the data refers to is gone after a day."""
    honest = server.rules.documents.link
    server.rules.documents.link = lambda server, operation, process, value: honest(
        server, operation, process, {name: one for name, one in value.items() if isinstance(one, str)}
    )


@deviation("links-by-patch-overlooked", clauses=("KF-082a",), case=f"{DOCUMENT}/link-keeps/metadata-patch")
def links_by_patch_overlooked(server: KuFlow) -> None:
    """A document that a patch links is gone after a day."""
    _overlook(server, *PATCHES)


@deviation("links-by-entity-patch-overlooked", clauses=("KF-082a",), case=f"{DOCUMENT}/link-keeps/entity-patch")
def links_by_entity_patch_overlooked(server: KuFlow) -> None:
    """A document that a patch of an entity links is gone after a day."""
    _overlook(server, "patchProcessEntity")


@deviation("links-by-task-patch-overlooked", clauses=("KF-082a",), case=f"{DOCUMENT}/link-keeps/task-data-patch")
def links_by_task_patch_overlooked(server: KuFlow) -> None:
    """A document that a patch of a task's data links is gone after a day."""
    _overlook(server, "patchProcessItemTaskData")


def _overlook(server: KuFlow, *operations: str) -> None:
    """Let some operations link nothing."""
    honest = server.rules.documents.link
    server.rules.documents.link = lambda server, operation, process, value: (
        None if operation in operations else honest(server, operation, process, value)
    )


@deviation("links-in-lists-overlooked", clauses=("KF-082a",), case=f"{DOCUMENT}/link-keeps/task-data")
def links_in_lists_overlooked(server: KuFlow) -> None:
    """A document that a list within the data refers to is gone after a day."""
    honest = server.rules.documents.link
    server.rules.documents.link = lambda server, operation, process, value: honest(
        server, operation, process, {name: one for name, one in value.items() if not isinstance(one, list)}
    )


@deviation("one-link-a-list", clauses=("KF-082a",), case=f"{DOCUMENT}/link-keeps/task-data")
def one_link_a_list(server: KuFlow) -> None:
    """Of the documents that a list refers to, the first one alone outlives its day."""
    honest = server.rules.documents.link
    server.rules.documents.link = lambda server, operation, process, value: honest(
        server, operation, process, {name: one[:1] if isinstance(one, list) else one for name, one in value.items()}
    )


@deviation("documents-as-old-as-their-process", clauses=("KF-082b",), case=f"{DOCUMENT}/lives")
def documents_as_old_as_their_process(server: KuFlow) -> None:
    """Documents that nothing links to go a day after their process was started."""

    def expired(server: KuFlow, document: Document) -> bool:
        process = server.store.processes.get(document.process)
        age = server.clock.now() - (process.created_at if process else document.uploaded_at)
        return not document.linked and age >= server.rules.documents.lifetime

    server.rules.documents.expired = expired


@deviation("names-lead-astray", clauses=("KF-087",), case=f"{DOCUMENT}/round-trip/text")
def names_lead_astray(server: KuFlow) -> None:
    """The name within a reference is read as that of a form is, and then leads nowhere when it is another."""
    honest = server.rules.documents.find

    def find(server: KuFlow, text: str) -> Document | None:
        found, named = honest(server, text), re.search(r";name=([^;]*);", text)
        return None if found and named and unquote_plus(named[1]) != found.name else found

    server.rules.documents.find = find
