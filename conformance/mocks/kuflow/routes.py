"""The 33 operations: where each is, who answers it, and the types of its query and body."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, TypeAdapter

from conformance.mocks.kit.http import JSON
from conformance.mocks.kuflow import (
    authentications,
    item_data,
    items,
    params,
    principals,
    process_data,
    processes,
    robots,
    tenant_users,
    workers,
)
from conformance.mocks.kuflow.inputs import OCTETS, PATCH
from conformance.mocks.kuflow.server import Handler, Operation

BASE = "/v2024-06-14"
PROCESS, ITEM, TASK, ROBOT = "/processes/{id}", "/process-items/{id}", "/process-items/{id}/task", "/robots/{id}"


def _get(name: str, path: str, handler: Handler, query: type[BaseModel] | None = None) -> Operation:
    return Operation(name, "GET", path, handler, query)


def _do(name: str, path: str, handler: Handler) -> Operation:
    return Operation(name, "POST", path, handler)


def _send(name: str, method: str, path: str, handler: Handler, body: Any) -> Operation:
    return Operation(name, method, path, handler, None, TypeAdapter(body), JSON)


def _patch(name: str, path: str, handler: Handler) -> Operation:
    return Operation(name, "PATCH", path, handler, None, TypeAdapter(params.Patch), PATCH)


def _upload(name: str, path: str, handler: Handler, query: type[BaseModel]) -> Operation:
    return Operation(name, "POST", path, handler, query, None, OCTETS)


OPERATIONS = (
    _send("createAuthentication", "POST", "/authentications", authentications.create, params.AuthenticationParams),
    _get("findPrincipals", "/principals", principals.find, params.PrincipalsQuery),
    _get("retrievePrincipal", "/principals/{id}", principals.retrieve),
    _get("findTenantUsers", "/tenant-users", tenant_users.find, params.TenantUsersQuery),
    _get("retrieveTenantUser", "/tenant-users/{id}", tenant_users.retrieve),
    _get("findProcesses", "/processes", processes.find, params.PageQuery),
    _send("createProcess", "POST", "/processes", processes.create, params.ProcessParams),
    _get("retrieveProcess", PROCESS, processes.retrieve),
    _do("completeProcess", f"{PROCESS}/~actions/complete", processes.command),
    _do("cancelProcess", f"{PROCESS}/~actions/cancel", processes.command),
    _send(
        "changeProcessInitiator",
        "POST",
        f"{PROCESS}/~actions/change-initiator",
        processes.change_initiator,
        params.InitiatorParams,
    ),
    _upload(
        "uploadProcessUserActionDocument",
        f"{PROCESS}/~actions/upload-user-action-document",
        process_data.upload_user_action_document,
        params.UserActionFileQuery,
    ),
    _send("updateProcessMetadata", "PUT", f"{PROCESS}/metadata", process_data.save_metadata, params.MetadataParams),
    _patch("patchProcessMetadata", f"{PROCESS}/metadata", process_data.save_metadata),
    _send("updateProcessEntity", "PUT", f"{PROCESS}/entity", process_data.save_entity, params.EntityParams),
    _patch("patchProcessEntity", f"{PROCESS}/entity", process_data.save_entity),
    _upload(
        "uploadProcessDocument",
        f"{PROCESS}/~actions/upload-document",
        process_data.upload_document,
        params.FileQuery,
    ),
    _get(
        "downloadProcessDocument",
        f"{PROCESS}/~actions/download-document",
        process_data.download_document,
        params.DocumentQuery,
    ),
    _get("findProcessItems", "/process-items", items.find, params.ItemsQuery),
    _send("createProcessItem", "POST", "/process-items", item_data.create, params.ItemParams),
    _get("retrieveProcessItem", ITEM, items.retrieve),
    _do("claimProcessItemTask", f"{TASK}/~actions/claim", items.claim),
    _send("assignProcessItemTask", "POST", f"{TASK}/~actions/assign", items.assign, params.OwnerParams),
    _do("completeProcessItemTask", f"{TASK}/~actions/complete", items.complete),
    _send("appendProcessItemTaskLog", "POST", f"{TASK}/~actions/append-log", items.append_log, params.LogParams),
    _send("updateProcessItemTaskData", "PUT", f"{TASK}/data", item_data.save_data, params.DataParams),
    _patch("patchProcessItemTaskData", f"{TASK}/data", item_data.save_data),
    _get(
        "downloadProcessItemTaskDataWebformsAsDocument",
        f"{TASK}/data/~actions/download-webforms-as-document",
        item_data.download_forms,
        params.FormQuery,
    ),
    _send("createWorker", "POST", "/workers", workers.create, params.WorkerParams),
    _get("findRobots", "/robots", robots.find, params.RobotsQuery),
    _get("retrieveRobot", ROBOT, robots.retrieve),
    _get("downloadRobotSourceCode", f"{ROBOT}/~actions/download-source-code", robots.download_source),
    _get("downloadRobotAsset", f"{ROBOT}/~actions/download-asset", robots.download_asset, params.AssetQuery),
)
