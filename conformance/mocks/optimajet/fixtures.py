"""What a tester must know of the seeded data: the environment's table, by mode."""

from __future__ import annotations

from typing import Any

from conformance.mocks.kit.ids import Ids
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.access import OPEN, TOKEN
from conformance.mocks.optimajet.identity_server import CLIENT_ID
from conformance.mocks.optimajet.schemes import AUTHOR, FLOW, MANAGER, REVIEW, TROUBLE
from conformance.mocks.optimajet.seed import access_token, identity, instance_id


def auth(ids: Ids, mode: str) -> Json:
    """How the main caller proves itself in a mode."""
    if mode == OPEN:
        return {"kind": "none"}
    if mode == TOKEN:
        return {"kind": "token-field", "token": access_token(ids)}
    return {
        "kind": "oauth2-client-credentials",
        "client_id": CLIENT_ID,
        "client_secret": access_token(ids),
        "client_auth": "body",
        "discovery_url": "{url}/.well-known/openid-configuration",
    }


def fixtures(ids: Ids) -> dict[str, Any]:
    """Ids and values by the names that checks ask for."""
    return {
        "scheme_code": REVIEW.code,
        "scheme_tag": REVIEW.tags[1],
        "other_scheme_code": TROUBLE.code,
        "initial_state": REVIEW.initial.state,
        "initial_activity": REVIEW.initial.name,
        "author_id": identity(ids, AUTHOR),
        "manager_id": identity(ids, MANAGER),
        "first_command": "submit",
        "first_command_state": "Review",
        "last_command": "approve",
        "back_command": "reject",
        "final_state": "Approved",
        "settable_state": "Review",
        "unsettable_state": "Withdrawn",
        "terminate_command": "stop",
        "error_command": "fail",
        "flow_name": FLOW,
        "process_id": instance_id(ids, 0),
    }
