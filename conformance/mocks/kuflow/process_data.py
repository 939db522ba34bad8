"""What a process holds: metadata, entity, and uploaded documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Reply
from conformance.mocks.kuflow import documents
from conformance.mocks.kuflow.errors import unknown
from conformance.mocks.kuflow.inputs import OCTETS
from conformance.mocks.kuflow.json_values import changed
from conformance.mocks.kuflow.params import DocumentQuery, FileQuery, UserActionFileQuery
from conformance.mocks.kuflow.processes import changeable, own, shown

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow


async def save_metadata(server: KuFlow, call: Call) -> Reply:
    """updateProcessMetadata and patchProcessMetadata."""
    process = own(server, call)
    changeable(server, process)
    params = getattr(call.params, "metadata", call.params)
    value = changed(server, call.operation, process.metadata, params)
    await server.rules.json.pause()
    schema = process.definition.metadata
    process.metadata = server.rules.json.stored(server, call.operation, process, schema, value)
    server.rules.processes.touch(server, call, process)
    return shown(server, process)


async def save_entity(server: KuFlow, call: Call) -> Reply:
    """updateProcessEntity and patchProcessEntity."""
    process = own(server, call)
    changeable(server, process)
    params = getattr(call.params, "entity", call.params)
    value = changed(server, call.operation, process.entity, params)
    await server.rules.json.pause()
    schema = process.definition.entity
    process.entity = server.rules.json.stored(server, call.operation, process, schema, value)
    server.rules.processes.touch(server, call, process)
    return shown(server, process)


async def upload_document(server: KuFlow, call: Call) -> Reply:
    """uploadProcessDocument."""
    query: FileQuery = call.query
    process = own(server, call)
    changeable(server, process)
    document = documents.uploaded(server, process, query.file_content_type, query.file_name, call.content)
    return Reply(200, {"documentUri": server.rules.documents.reference(document)})


async def upload_user_action_document(server: KuFlow, call: Call) -> Reply:
    """uploadProcessUserActionDocument: 304 without content when the same document is there already."""
    query: UserActionFileQuery = call.query
    rules, process = server.rules.documents, own(server, call)
    if query.user_action_value_id not in process.definition.user_actions:
        raise unknown("user action value")
    current = process.user_actions.get(query.user_action_value_id)
    if current and rules.unchanged(current, query.file_content_type, query.file_name, call.content):
        return Reply(rules.unchanged_status)
    changeable(server, process)
    document = documents.uploaded(server, process, query.file_content_type, query.file_name, call.content)
    document.linked = True
    process.user_actions[query.user_action_value_id] = document
    server.rules.processes.touch(server, call, process)
    return shown(server, process)


async def download_document(server: KuFlow, call: Call) -> Reply:
    """downloadProcessDocument: by the reference that the upload gave, or by the uri within it."""
    query: DocumentQuery = call.query
    process = own(server, call)
    document = server.rules.documents.find(server, query.document_uri)
    if document is None or not server.rules.documents.belongs(document, process):
        raise unknown("document")
    return Reply(200, server.rules.documents.content(document), OCTETS)
