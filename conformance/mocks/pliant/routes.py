"""The operations, and the second address of the token endpoint that only the prose has."""

from __future__ import annotations

from conformance.mocks.pliant import logs, oauth, trigger
from conformance.mocks.pliant.server import Operation

ADDRESS = "/api/v1/trigger/{username}/User/{location:path}"

OPERATIONS = (
    Operation("issueToken", "POST", "/api/oauth/token", oauth.issue),
    Operation(oauth.ALIAS, "POST", "/api/token", oauth.issue),
    Operation("triggerWorkflow", "POST", "/api/v1/trigger/{username}", trigger.by_name),
    Operation("triggerWorkflowAtPath", "POST", ADDRESS, trigger.at_path),
    Operation("triggerWorkflowAtPathByGet", "GET", ADDRESS, trigger.at_path),
    Operation("readExecutionLog", "GET", "/api/v1/stats/log/{logId}", logs.read),
)
