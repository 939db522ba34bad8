"""What an environment file says of this server."""

from __future__ import annotations

from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.controls import CONTROLS
from conformance.mocks.pliant.runs import ROOT
from conformance.mocks.pliant.server import VENDOR, Pliant
from conformance.mocks.pliant.store import (
    DEFAULT_INPUT,
    ECHO,
    FAILING,
    FOLDER,
    GUEST,
    OWNER,
    SLOW,
    SLOW_SECONDS,
    Store,
)


def environment(server: Pliant, mode: str) -> Json:
    """The table of a target; ``{url}`` and ``{controls}`` stand for the two origins."""
    store = server.store
    folder = f"{ROOT}{FOLDER}" if server.choices["folder_form"] == "rooted" else FOLDER
    return {
        "vendor": VENDOR,
        "mode": mode,
        "url": "{url}",
        "profile": "full",
        "auth": _password(store, OWNER, "read write execute"),
        "identities": {
            "other": _password(store, GUEST, "read write execute"),
            "reader": _password(store, OWNER, "read"),
            "unscoped": _password(store, OWNER, ""),
            "keyed": {"kind": "api-key", "query": "api_key", "token": store.users[OWNER].api_key},
        },
        "fixtures": {
            "workflow_owner": OWNER,
            "workflow_folder": folder,
            "workflow_folder_path": FOLDER,
            "workflow_name": ECHO,
            "workflow_inputs": {"input": "Hello Pliant!"},
            "workflow_outputs": {"output": "Hello Pliant!"},
            "default_outputs": {"output": DEFAULT_INPUT},
            "slow_workflow_name": SLOW,
            "slow_workflow_seconds": SLOW_SECONDS,
            "failing_workflow_name": FAILING,
        },
        "controls": {name: f"{{controls}}/{name}" for name in CONTROLS},
    }


def _password(store: Store, user: str, scope: str) -> Json:
    client_id, client_secret = next(iter(store.clients.items()))
    told = {
        "kind": "oauth2-password",
        "username": user,
        "password": store.users[user].password,
        "client_id": client_id,
        "client_secret": client_secret,
        "client_auth": "basic",
        "token_url": "{url}/api/oauth/token",
    }
    return {**told, "scope": scope} if scope else told
