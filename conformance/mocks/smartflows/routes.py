"""The operations: where each is, who answers it, and the types of its query and body."""

from __future__ import annotations

from pydantic import TypeAdapter

from conformance.mocks.smartflows import auth, commands, executions, flows, project
from conformance.mocks.smartflows.inputs import (
    Answers,
    CreateQuery,
    Login,
    PageQuery,
    ProgressQuery,
    StartQuery,
    StatusQuery,
)
from conformance.mocks.smartflows.server import Operation

BASE = "/api/v1"
EXECUTIONS, FLOW = "/flows/executions", "/flows/{flow}"
EXECUTION = f"{EXECUTIONS}/{{id}}"

OPERATIONS = (
    Operation("createExecution", "POST", EXECUTIONS, executions.create, CreateQuery),
    Operation("findExecutions", "GET", EXECUTIONS, executions.find, PageQuery),
    Operation("startFlow", "POST", f"{EXECUTIONS}/start", executions.start, StartQuery),
    Operation("getExecution", "GET", EXECUTION, executions.detail),
    Operation("getExecutionProgress", "GET", f"{EXECUTION}/progress", executions.progress, ProgressQuery),
    Operation("continueExecution", "POST", f"{EXECUTION}/progress", commands.continue_execution, None, Answers, True),
    Operation("cancelExecution", "DELETE", f"{EXECUTION}/progress", commands.cancel_execution),
    Operation("getExecutionStatus", "GET", f"{EXECUTION}/status", executions.status, StatusQuery),
    Operation("findFlows", "GET", "/flows", flows.find, PageQuery),
    Operation("getFlow", "GET", FLOW, flows.read),
    Operation("findFlowExecutions", "GET", f"{FLOW}/executions", executions.find_of_flow, PageQuery),
    Operation("getFlowContract", "POST", f"{FLOW}/contract", flows.contract),
    Operation("getAuthenticationInfo", "GET", "/authenticate", auth.info),
    Operation("login", "POST", "/authenticate/login", auth.login, None, TypeAdapter(Login)),
    Operation("getCurrentUser", "GET", "/users/me", project.current_user),
    Operation("getSystemInfo", "GET", "/system/info", project.system_info),
    Operation("getDocumentContent", "GET", "/documents/{id}/content", project.document),
)
