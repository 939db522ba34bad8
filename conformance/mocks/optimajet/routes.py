"""The operations: where each is, who answers it, and its fields.

The vendor's Swagger document has the GET forms, with fields in the query; its admin page sends POST with JSON.
"""

from __future__ import annotations

from conformance.mocks.optimajet import boxes, commands, identity_server, instances, listings
from conformance.mocks.optimajet.fields import (
    BoxFields,
    BulkFields,
    CommandFields,
    CreateFields,
    Fields,
    ListFields,
    LogFields,
    SchemeFields,
    StateFields,
)
from conformance.mocks.optimajet.server import Handler, Operation

BASE = "/workflowapi"
PROCESS = "/{processId}"


def _post(name: str, path: str, handler: Handler, fields: type[Fields]) -> Operation:
    return Operation(name, "POST", BASE + path, handler, fields)


def _both(name: str, path: str, handler: Handler, fields: type[Fields], posted: str = "") -> tuple[Operation, ...]:
    get = Operation(name, "GET", BASE + path, handler, fields)
    return get, _post(posted or f"{name}ByPost", path, handler, fields)


OPERATIONS = (
    Operation("getOpenIdConfiguration", "GET", "/.well-known/openid-configuration", identity_server.discover),
    Operation("getKeys", "GET", identity_server.KEYS_PATH, identity_server.keys),
    Operation("createToken", "POST", identity_server.TOKEN_PATH, identity_server.token),
    *_both(
        "createInstance",
        f"/createinstance{PROCESS}",
        instances.create,
        CreateFields,
        "createInstanceWithParameters",
    ),
    *_both("getInstanceInfo", f"/getinstanceinfo{PROCESS}", instances.info, Fields),
    *_both("isExistProcess", f"/isexistprocess{PROCESS}", instances.is_exist, Fields),
    _post("deleteInstance", f"/deleteinstance{PROCESS}", instances.delete, Fields),
    _post("deleteInstances", "/deleteinstances/", instances.delete_many, BulkFields),
    _post("deleteInstancesUnslashed", "/deleteinstances", instances.delete_many, BulkFields),
    _post("getInstances", "/getinstances", listings.instances, ListFields),
    *_both("getAvailableCommands", f"/getavailablecommands{PROCESS}", commands.available_commands, Fields),
    *_both(
        "executeCommand",
        f"/executecommand{PROCESS}",
        commands.execute,
        CommandFields,
        "executeCommandWithParameters",
    ),
    *_both("getAvailableStatesToSet", f"/getavailablestatetoset{PROCESS}", commands.available_states, Fields),
    *_both("setState", f"/setstate{PROCESS}", commands.set_state, StateFields, "setStateWithParameters"),
    *_both("getInbox", "/inbox", boxes.inbox, BoxFields),
    *_both("getOutbox", "/outbox", boxes.outbox, BoxFields),
    _post("inboxRecalc", "/inboxrecalc", boxes.recalc, BulkFields),
    *_both("getFormByFlow", "/getformbyflow/{name}", listings.form, BoxFields),
    *_both("getSchemeList", "/getschemelist", listings.schemes, SchemeFields),
    _post("logInfo", "/loginfo", listings.write_log, LogFields),
    _post("logError", "/logerror", listings.write_log, LogFields),
    _post("logDebug", "/logdebug", listings.write_log, LogFields),
)
