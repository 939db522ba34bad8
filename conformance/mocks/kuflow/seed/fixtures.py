"""What a tester must know of the seeded data: the environment's table."""

from __future__ import annotations

import base64
from typing import Any

from conformance.mocks.kit.ids import Ids
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.records import TenantUser
from conformance.mocks.kuflow.seed import definitions, machines, people, work
from conformance.mocks.kuflow.seed.people import COLLEAGUE, MAIN, OTHER, A, B, C
from conformance.mocks.kuflow.store import Store


def auth(ids: Ids, label: str) -> Json:
    """The Basic credentials of an identity."""
    return {"kind": "basic", "username": people.client(ids, label), "password": people.secret(ids, label)}


def identities(ids: Ids) -> dict[str, Json]:
    """The other callers.

    ``other`` sees other data; ``bearer`` and ``sdk`` are the main one, by a token and by its credentials as a token;
    ``colleague`` is a user, by OAuth2, who sees what the main one sees.
    """
    pair = f"{people.client(ids, MAIN)}:{people.secret(ids, MAIN)}"
    return {
        "other": auth(ids, OTHER),
        "bearer": {"kind": "bearer", "token": people.secret(ids, "bearer")},
        "sdk": {"kind": "bearer", "token": base64.b64encode(pair.encode()).decode()},
        "colleague": {"kind": "bearer", "token": people.secret(ids, COLLEAGUE)},
    }


def fixtures(ids: Ids, store: Store) -> dict[str, Any]:
    """Ids and values by the names that checks ask for."""
    return {**_people(ids, store), **_work(ids), **_robots(ids), **_hidden(ids, store), **definitions.SAMPLES}


def _people(ids: Ids, store: Store) -> dict[str, str]:
    group = people.group(ids, A, 0)
    me, colleague = (people.principal_id(ids, label) for label in (MAIN, COLLEAGUE))
    users = [row for row in store.tenant_users.rows if row.tenant == people.tenant(ids, A)]
    others = [row for row in users if row.principal.key != colleague]
    member = next(row for row in others if group in row.principal.groups)
    user = next(row for row in others if row is not member and len(row.principal.tenants) == 1)
    visible = [row for row in store.principals.rows if people.tenant(ids, A) in row.tenants]
    application = next(row for row in visible if row.type == "APPLICATION" and row.key != me)
    system = next(row for row in visible if row.type == "SYSTEM")
    return {
        "principal_id": me,
        "user_principal_id": user.principal.key,
        "user_email": user.principal.email,
        "application_principal_id": application.key,
        "system_principal_id": system.key,
        "other_principal_id": colleague,
        "other_principal_email": next(row.email for row in visible if row.key == colleague),
        "tenant_id": people.tenant(ids, A),
        "other_tenant_id": people.tenant(ids, B),
        "group_id": group,
        "other_group_id": people.group(ids, B, 0),
        "group_member_id": member.principal.key,
        "tenant_user_group_member_id": member.id,
        "tenant_user_id": user.id,
        "tenant_user_email": user.principal.email,
    }


def _work(ids: Ids) -> dict[str, str]:
    return {
        "process_definition_id": definitions.definition_id(ids, A),
        "other_process_definition_id": definitions.definition_id(ids, B),
        "task_definition_code": definitions.REVIEW_CODE,
        "form_task_definition_code": definitions.FORM_CODE,
        "data_structure_code": definitions.STRUCTURE_CODE,
        "user_action_value_id": definitions.user_action(ids, A),
        "form_property_path": "/form",
        "multiple_form_property_path": "/forms",
        "document_property": "attachment",
    }


def _robots(ids: Ids) -> dict[str, str]:
    names = ("robot_asset_type", "robot_asset_version", "robot_asset_platform", "robot_asset_architecture")
    return {
        "robot_id": machines.robot_id(ids, 0),
        "ready_robot_id": machines.robot_id(ids, 1),
        "unready_robot_id": machines.robot_id(ids, 3),
        **dict(zip(names, machines.ASSETS[0], strict=True)),
    }


def _hidden(ids: Ids, store: Store) -> dict[str, str]:
    home = people.tenant(ids, C)
    user: TenantUser = next(row for row in store.tenant_users.rows if row.tenant == home)
    return {
        "hidden_principal_id": people.principal_id(ids, OTHER),
        "hidden_tenant_id": home,
        "hidden_tenant_user_id": user.id,
        "hidden_robot_id": machines.robot_id(ids, machines.VISIBLE),
        "hidden_process_id": work.process_id(ids, work.VISIBLE),
        "hidden_process_item_id": work.item_id(ids, work.VISIBLE, 0),
        "hidden_process_definition_id": definitions.definition_id(ids, C),
    }
