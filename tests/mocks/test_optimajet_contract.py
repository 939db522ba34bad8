"""The mock and the contract, written apart, agree on every operation and every reply."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from optimajet_api import WorkflowApi

from conformance.contract.document import Document
from conformance.contract.message import Reply
from conformance.contract.validation import Validators
from conformance.mocks.optimajet.choices import CHOICES
from conformance.mocks.optimajet.routes import OPERATIONS

DOCUMENT = Document.load(Path(__file__).parents[2] / "specs/optimajet/openapi.yaml")
VALIDATORS = Validators(DOCUMENT)
UNPUBLISHED = {"getKeys", "deleteInstancesUnslashed"}
"""The keys are where discovery says, and a path without its last slash is a courtesy."""


def test_the_operations_are_the_same() -> None:
    served = {item.id: (item.method, item.path) for item in OPERATIONS if item.id not in UNPUBLISHED}
    assert served == {name: (item.method, item.path) for name, item in DOCUMENT.operations.items()}


def body_of(api: WorkflowApi) -> dict[str, Any]:
    """Fields that suit every operation."""
    return {
        "schemeCode": api.fixtures["scheme_code"],
        "command": "approve",
        "state": "Review",
        "processids": [api.fixtures["process_id"]],
        "message": "line",
        "identityId": api.fixtures["manager_id"],
        "persist": "Amount",
    }


def replies(api: WorkflowApi, key: str) -> list[tuple[str, Reply]]:
    """A reply of every operation, those that delete last."""
    fields, found = body_of(api), []
    for item in sorted(OPERATIONS, key=lambda item: item.id.startswith("delete")):
        if item.id in UNPUBLISHED or not item.fields:
            continue
        path = re.sub("{processId}", key, item.path.replace("{name}", api.fixtures["flow_name"]))
        options = {"params": fields} if item.method == "GET" else {"json": {**fields, "Amount": 1}}
        reply = api(item.method, path, **options)
        found.append((item.id, Reply(reply.status_code, reply.headers, reply.content)))
    return found


SETTINGS = [{}] + [{choice.key: other} for choice in CHOICES for other in choice.settings[1:]]


@pytest.mark.parametrize("choices", SETTINGS, ids=str)
def test_every_reply_fits_the_contract(choices: dict[str, str]) -> None:
    api = WorkflowApi(choices=choices)
    with api.session():
        moved = api.created("TestScheme")
        api.command(moved, "submit", "author")
        seen = [*replies(api, moved), *replies(api, api.fresh())]
    for operation, reply in seen:
        violation = VALIDATORS.reply(DOCUMENT.operations[operation], reply)
        assert violation is None, f"{operation}: {violation} {reply.content!r}"
    assert {reply.json["success"] for _, reply in seen} == {True, False}


def test_the_identity_server_fits_the_contract() -> None:
    api = WorkflowApi("openid")
    for operation, reply in (
        ("getOpenIdConfiguration", api("GET", "/.well-known/openid-configuration")),
        ("createToken", api.grant()),
        ("createToken", api.grant(client_id="x")),
    ):
        received = Reply(reply.status_code, reply.headers, reply.content)
        assert VALIDATORS.reply(DOCUMENT.operations[operation], received) is None
