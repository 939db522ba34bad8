"""What a client's author meets on the wire: requests as the contract wants them, any reply told clearly."""

from __future__ import annotations

import asyncio
import codecs
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import instabase_client
import pytest
import smartflows_client
from instabase_client.api.job import get_job_status
from instabase_client.models import JobType
from kuflow_client import AuthenticatedClient, Client, File, UnexpectedBody, UnexpectedStatus, models
from kuflow_client.api.process import (
    create_process,
    download_process_document,
    patch_process_entity,
    retrieve_process,
    upload_process_user_action_document,
)
from kuflow_client.api.process_item import (
    download_process_item_task_data_webforms_as_document,
    find_process_items,
)
from smartflows_client.api.flows import find_flows

ID = UUID("0d7a9f36-34c4-4a9b-8d53-6b0a4f2f6c11")
PROCESS = {
    "id": str(ID),
    "state": "RUNNING",
    "processDefinition": {"id": str(ID), "version": str(ID), "name": "Leave"},
    "tenantId": str(ID),
}
REFUSAL = {"timestamp": "2024-01-01T00:00:00Z", "status": 404, "message": "not here"}
HTML = httpx.Response(502, html="<html>Bad Gateway</html>")

Sent = list[httpx.Request]


def connected(reply: httpx.Response, sent: Sent | None = None, **settings: Any) -> Client:
    def answer(request: httpx.Request) -> httpx.Response:
        (sent if sent is not None else []).append(request)
        return httpx.Response(reply.status_code, headers=reply.headers, content=reply.content)

    transport = httpx.MockTransport(answer)
    return Client("https://kuflow.test/v1", httpx_args={"transport": transport}, **settings)


def test_a_listed_success_is_the_model() -> None:
    response = retrieve_process.sync_detailed(ID, client=connected(httpx.Response(200, json=PROCESS)))
    assert response.status_code == 200
    assert isinstance(response.parsed, models.Process)
    assert response.parsed.id == ID


def test_both_listed_successes_are_read() -> None:
    body = models.ProcessCreateParams(process_definition_id=ID, id=ID)
    for status in (200, 201):
        sent: Sent = []
        client = connected(httpx.Response(status, json=PROCESS), sent)
        response = create_process.sync_detailed(client=client, body=body)
        assert response.status_code == status
        assert isinstance(response.parsed, models.Process)
        assert json.loads(sent[0].content) == {"id": str(ID), "processDefinitionId": str(ID)}


def test_a_byte_order_mark_is_passed_over() -> None:
    content = codecs.BOM_UTF8 + json.dumps(PROCESS).encode()
    client = connected(httpx.Response(200, content=content), raise_on_unexpected_status=True)
    assert isinstance(retrieve_process.sync(ID, client=client), models.Process)


def test_async_says_the_same_as_sync() -> None:
    client = connected(httpx.Response(200, json=PROCESS))
    assert asyncio.run(retrieve_process.asyncio(ID, client=client)) == retrieve_process.sync(ID, client=client)


def test_a_described_refusal_is_its_model() -> None:
    refused = retrieve_process.sync(ID, client=connected(httpx.Response(404, json=REFUSAL)))
    assert isinstance(refused, models.DefaultError)
    assert refused.message == "not here"


@pytest.mark.parametrize(
    "reply",
    [
        HTML,
        httpx.Response(502),
        httpx.Response(404, json={"error": "x"}),
        httpx.Response(500, json=[]),
        httpx.Response(520, text="unknown to HTTPStatus"),
        httpx.Response(204),
        httpx.Response(302, headers={"location": "/login"}),
        httpx.Response(202, json=PROCESS),
    ],
    ids=["html", "empty", "other shape", "list", "520", "204", "redirect", "202"],
)
def test_a_reply_the_contract_does_not_describe_is_none_or_one_error(reply: httpx.Response) -> None:
    response = retrieve_process.sync_detailed(ID, client=connected(reply))
    assert response.parsed is None
    assert (response.status_code, response.content) == (reply.status_code, reply.content)
    with pytest.raises(UnexpectedStatus, match=f"status {reply.status_code}") as raised:
        retrieve_process.sync(ID, client=connected(reply, raise_on_unexpected_status=True))
    assert raised.value.content == reply.content
    assert "html" not in str(raised.value)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (httpx.Response(200, html="<html>Sign in</html>"), "Invalid JSON"),
        (httpx.Response(200), "Invalid JSON"),
        (httpx.Response(200, json={**PROCESS, "state": "PAUSED"}), "state: Input should be"),
        (httpx.Response(200, json={}), r"id: Field required \(and 3 more\)"),
    ],
    ids=["html", "empty", "unknown state", "nothing in it"],
)
def test_a_success_with_another_body_is_one_clear_error(reply: httpx.Response, reason: str) -> None:
    with pytest.raises(UnexpectedBody, match=f"not the Process of the document: .*{reason}") as raised:
        retrieve_process.sync(ID, client=connected(reply))
    assert raised.value.status_code == 200
    assert raised.value.content == reply.content
    assert "html" not in str(raised.value)


def test_a_new_field_survives_unless_the_client_is_strict() -> None:
    reply = httpx.Response(200, json={**PROCESS, "colour": "red"})
    process = retrieve_process.sync(ID, client=connected(reply))
    assert isinstance(process, models.Process)
    assert process.to_dict() == {**PROCESS, "colour": "red"}
    with pytest.raises(UnexpectedBody, match="colour: Extra inputs"):
        retrieve_process.sync(ID, client=connected(reply, strict=True))


@pytest.mark.parametrize("payload", [b"\x00\xff", io.BytesIO(b"\x00\xff")], ids=["bytes", "stream"])
def test_an_upload_goes_out_as_it_is_and_304_has_no_body(payload: Any) -> None:
    sent: Sent = []
    response = upload_process_user_action_document.sync_detailed(
        ID,
        client=connected(httpx.Response(304), sent),
        body=File(payload),
        file_content_type="image/png",
        file_name="a b.png",
        user_action_value_id=ID,
    )
    assert (response.status_code, response.parsed) == (304, None)
    assert sent[0].headers["content-type"] == "application/octet-stream"
    assert sent[0].content == b"\x00\xff"
    assert sent[0].url.params["fileName"] == "a b.png"


def test_an_upload_works_awaited_from_a_stream() -> None:
    sent: Sent = []
    call = upload_process_user_action_document.asyncio(
        ID,
        client=connected(httpx.Response(200, json=PROCESS), sent),
        body=File(io.BytesIO(b"abc")),
        file_content_type="text/plain",
        file_name="a",
        user_action_value_id=ID,
    )
    assert isinstance(asyncio.run(call), models.Process)
    assert sent[0].content == b"abc"


@pytest.mark.parametrize(
    ("call", "media_type"),
    [
        (lambda client: download_process_document.sync(ID, client=client, document_uri="u"), "image/png"),
        (
            lambda client: download_process_item_task_data_webforms_as_document.sync(
                ID, client=client, property_path="/a"
            ),
            "application/zip",
        ),
    ],
    ids=["octet-stream", "pdf or zip"],
)
def test_a_download_keeps_bytes_media_type_and_name(call: Callable[[Client], Any], media_type: str) -> None:
    headers = {"content-type": media_type, "content-disposition": 'attachment; filename="a.bin"'}
    found = call(connected(httpx.Response(200, content=b"\x00\xff%", headers=headers)))
    assert (found.read(), found.mime_type, found.file_name) == (b"\x00\xff%", media_type, "a.bin")


def test_a_json_patch_is_a_bare_list() -> None:
    sent: Sent = []
    operation = models.JsonPatchOperation(op=models.JsonPatchOperationType.ADD, path="/a", value=None)
    patch_process_entity.sync(ID, client=connected(httpx.Response(200, json=PROCESS), sent), body=[operation])
    assert sent[0].headers["content-type"] == "application/json-patch+json"
    assert json.loads(sent[0].content) == [{"op": "add", "path": "/a", "value": None}]


def test_array_parameters_repeat_and_absent_ones_stay_away() -> None:
    sent: Sent = []
    client = connected(httpx.Response(404, json=REFUSAL), sent)
    states = [models.ProcessItemTaskState.READY, models.ProcessItemTaskState.CLAIMED]
    find_process_items.sync(client=client, sort=["id,asc", "createdAt,desc"], task_state=states, process_id=[ID])
    assert sent[0].url.path == "/v1/process-items"
    assert sent[0].url.params.multi_items() == [
        ("size", "25"),
        ("page", "0"),
        ("sort", "id,asc"),
        ("sort", "createdAt,desc"),
        ("processId", str(ID)),
        ("taskState", "READY"),
        ("taskState", "CLAIMED"),
    ]


def test_credentials_go_out_and_stay_out_of_sight() -> None:
    bearer = AuthenticatedClient("https://kuflow.test", token="s3cret")
    assert bearer.get_httpx_client().headers["authorization"] == "Bearer s3cret"
    sent: Sent = []
    basic = connected(httpx.Response(404, json=REFUSAL), sent, auth=("id", "s3cret"))
    retrieve_process.sync(ID, client=basic)
    assert sent[0].headers["authorization"].startswith("Basic ")
    assert "s3cret" not in repr(bearer) + repr(basic)


def test_a_client_closes_and_opens_again_with_more_headers() -> None:
    client = Client("https://kuflow.test", headers={"a": "1"})
    with client as opened:
        first = opened.get_httpx_client()
    assert first.is_closed
    assert client.get_httpx_client() is not first
    other = client.with_headers({"b": "2"}).with_cookies({"c": "3"}).with_timeout(1.0)
    assert (other.headers, other.cookies, other.timeout) == ({"a": "1", "b": "2"}, {"c": "3"}, 1.0)
    assert client.headers == {"a": "1"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2016-12-31t23:59:60.5+00:00", datetime(2017, 1, 1, 0, 0, 0, 500000, tzinfo=UTC)),
        ("2016-12-31T15:59:60-08:00", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2016-12-31T23:59:59Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("9999-12-31T23:59:60Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_leap_second_is_the_second_after_it(written: str, read: datetime) -> None:
    for kept in (written, read):
        assert models.Process.from_dict({**PROCESS, "createdAt": kept}).created_at == read
    client = connected(httpx.Response(200, json={**PROCESS, "createdAt": written}))
    process = retrieve_process.sync(ID, client=client)
    assert isinstance(process, models.Process)
    assert process.created_at == read


@pytest.mark.parametrize(
    "written", ["2016-12-31T23:60:60Z", "2016-12-31T23:59:61Z", "2016-12-31T23:59:60", "T23:59:60Z"]
)
def test_what_is_no_moment_is_no_leap_second(written: str) -> None:
    with pytest.raises(UnexpectedBody, match="createdAt: Input should"):
        retrieve_process.sync(ID, client=connected(httpx.Response(200, json={**PROCESS, "createdAt": written})))


STATUS = {"status": "OK", "msg": "", "state": "DONE", "job_id": "x", "cur_status": "{}"}


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({**STATUS, "state": "PAUSED"}, "JobStatus.state: Input should be 'PENDING', 'DONE' or 'COMPLETE'"),
        ({"status": "ERROR"}, "ErrorReply.msg: Field required"),
        ({"status": "OK"}, "JobStatus.msg: Field required (and 3 more)"),
        ([], "ErrorReply: Input should be an object"),
    ],
)
def test_what_is_none_of_several_models_is_told_of_the_one_that_was_meant(body: object, says: str) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=body))
    client = instabase_client.Client("https://instabase.test", httpx_args={"transport": transport})
    with pytest.raises(instabase_client.UnexpectedBody) as caught:
        get_job_status.sync(client=client, job_id="x", type_=JobType.FLOW)
    assert str(caught.value) == f"status 200: not the ErrorReply or JobStatus of the document: {says}"


def test_a_list_of_models_is_named_by_them() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json={}))
    client = smartflows_client.Client("https://smartflows.test", httpx_args={"transport": transport})
    with pytest.raises(smartflows_client.UnexpectedBody, match=r"not the list\[Flow\] of the document"):
        find_flows.sync(client=client)
