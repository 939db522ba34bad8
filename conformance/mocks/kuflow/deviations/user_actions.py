"""Documents of user actions that end up wrong."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.deviations._mending import (
    mend_changed,
    mend_query,
    mend_reply,
    take_any_media_type,
    take_as,
)
from conformance.mocks.kuflow.deviations._tools import bend_success
from conformance.mocks.kuflow.params import UUID
from conformance.mocks.kuflow.records import Audited, Process
from conformance.mocks.kuflow.server import Call, KuFlow

OPERATION = "uploadProcessUserActionDocument"
UPLOAD = f"kuflow/{OPERATION}"


@deviation(
    "user-action-answers-another-process", clauses=("KF-050",), case=f"{UPLOAD}/user-actions/answers-the-process"
)
def user_action_answers_another_process(server: KuFlow) -> None:
    """An upload for a user action is answered with another process."""

    def mend(reply: Reply) -> None:
        if reply.body is not None:
            reply.body["id"] = server.ids.fresh()

    mend_reply(server, OPERATION, mend)


@deviation(
    "user-action-value-unchecked", clauses=("KF-053a",), case=f"{UPLOAD}/errors/unknown-reference/userActionValueId"
)
def user_action_value_unchecked(server: KuFlow) -> None:
    """Any UUID is taken for the one user action value that there is."""

    def mend(query: dict[str, str]) -> dict[str, str]:
        known = [value for kind in server.store.definitions.values() for value in kind.user_actions]
        asked = query.get("userActionValueId", "")
        return {**query, "userActionValueId": known[0]} if UUID.fullmatch(asked) else query

    mend_query(server, OPERATION, mend)


@deviation("user-action-octet-stream-refused", clauses=("KF-054",), case=f"{UPLOAD}/contract/valid-request")
def user_action_octet_stream_refused(server: KuFlow) -> None:
    """Documents for user actions are taken as multipart/form-data only."""
    take_as(server, (OPERATION,), lambda _, __: "multipart/form-data")


@deviation("user-action-media-type-unchecked", clauses=("KF-054a",), case=f"{UPLOAD}/contract/refuses/media-type")
def user_action_media_type_unchecked(server: KuFlow) -> None:
    """Documents for user actions are taken whatever media type they are sent as."""
    take_any_media_type(server, (OPERATION,))


@deviation("user-action-wants-text", clauses=("KF-054",), case=f"{UPLOAD}/user-actions/any-bytes")
def user_action_wants_text(server: KuFlow) -> None:
    """A document for a user action is refused when its bytes are no UTF-8."""
    honest = server.rules.inputs.media_type

    def media_type(server: KuFlow, operation: str, wanted: str, given: str, body: bytes) -> None:
        honest(server, operation, wanted, given, body)
        if operation == OPERATION:
            try:
                body.decode()
            except UnicodeDecodeError:
                raise Refusal(400, "The document is no text") from None

    server.rules.inputs.media_type = media_type


@deviation("user-action-drops-the-metadata", clauses=("KF-050c",), case=f"{UPLOAD}/user-actions/leaves-the-rest")
def user_action_drops_the_metadata(server: KuFlow) -> None:
    """A process that a document for a user action is uploaded to loses its metadata."""

    def mend(call: Call, record: Audited) -> None:
        if call.operation == OPERATION and isinstance(record, Process):
            record.metadata = None

    mend_changed(server, mend)


@deviation("user-action-tells-first-items", clauses=("KF-050c",), case=f"{UPLOAD}/user-actions/leaves-the-rest")
def user_action_tells_first_items(server: KuFlow) -> None:
    """The reply to an upload for a user action shows the first item alone of lists within the metadata."""

    def bend(body: Json) -> Json:
        if "metadata" not in body:
            return body
        value = body["metadata"]["value"].items()
        shown = {name: one[:1] if isinstance(one, list) else one for name, one in value}
        return {**body, "metadata": {**body["metadata"], "value": shown}}

    bend_success(server, OPERATION, bend)
