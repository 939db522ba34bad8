"""What a tester can do to this server."""

from __future__ import annotations

from conformance.mocks.kit.controls import controls_of, text
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Control, Json
from conformance.mocks.pliant.runs import finish
from conformance.mocks.pliant.server import Pliant

CONTROLS = ("advance_clock", "reset", "revoke_key", "finish_job")


def controls(server: Pliant) -> dict[str, Control]:
    """The controls by name.

    Beside those of every server, ``revoke_key {"key": k}`` makes an access token or a refresh token worthless, and
    ``finish_job {"id": u}`` ends a run at once.
    """
    own: dict[str, Control] = {
        "revoke_key": lambda body: _revoke(server, text(body, "key")),
        "finish_job": lambda body: _finish(server, text(body, "id").lower()),
    }
    return controls_of(server, own)


def _revoke(server: Pliant, key: str) -> Json:
    token, grant = server.store.tokens.pop(key, None), server.store.grants.pop(key, None)
    return {"revoked": sum(found is not None for found in (token, grant))}


def _finish(server: Pliant, key: str) -> Json:
    run = server.store.runs.get(key)
    if run is None:
        raise Refusal(400, "no such run")
    finish(server, run)
    return {}
