"""What a tester must know of the seeded data: the environment's table."""

from __future__ import annotations

from typing import Any

from conformance.mocks.kit.ids import Ids
from conformance.mocks.kit.model import Json
from conformance.mocks.smartflows.auth import HEADER
from conformance.mocks.smartflows.seed import flows, history, people


def _ids(seed: int) -> Ids:
    return Ids("smartflows-seed", seed)


def auth(seed: int, label: str = people.MAIN) -> Json:
    """The API key of a user."""
    return {"kind": "api-key", "header": HEADER, "token": people.secret(_ids(seed), "key", label)}


def identities(seed: int) -> dict[str, Json]:
    """``bearer`` is the main user, by a token; the others are other Super Users, ``spare`` one to be revoked."""
    token = people.secret(_ids(seed), "token", people.MAIN)
    return {
        "bearer": {"kind": "bearer", "token": token},
        "colleague": auth(seed, people.COLLEAGUE),
        "spare": auth(seed, people.SPARE),
    }


def fixtures(seed: int) -> dict[str, Any]:
    """Ids and values by the names that checks ask for."""
    ids = _ids(seed)
    main, colleague, _ = people.users(ids)
    return {
        "flow_id": flows.flow_id(ids, "echo"),
        "flow_name": "Flow echo",
        "plain_flow_id": flows.flow_id(ids, "plain"),
        "plain_flow_name": "Flow plain",
        "queued_flow_id": flows.flow_id(ids, "queued"),
        "input_flow_id": flows.flow_id(ids, "form"),
        "waiting_flow_id": flows.flow_id(ids, "signature"),
        "select_flow_id": flows.flow_id(ids, "launcher"),
        "warning_flow_id": flows.flow_id(ids, "warning"),
        "error_flow_id": flows.flow_id(ids, "error"),
        "interrupted_flow_id": flows.flow_id(ids, "endless"),
        "document_id": history.document_id(ids),
        "unknown_flow_id": ids.named("nothing"),
        "input_xml": flows.VALID,
        "unfit_xml": flows.UNFIT,
        "malformed_xml": flows.MALFORMED,
        "input_values": {key: f"not {default}" for key, default in flows.QUESTIONS},
        "user_id": main.key,
        "username": main.user_name,
        "password": main.password,
        "colleague_id": colleague.key,
    }
