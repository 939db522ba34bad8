"""What a tester can do to this server."""

from __future__ import annotations

from conformance.mocks.kit.controls import controls_of, text
from conformance.mocks.kit.http import Refusal
from conformance.mocks.kit.model import Control, Json
from conformance.mocks.optimajet.access import OPENID
from conformance.mocks.optimajet.server import OptimaJet

CONTROLS = ("advance_clock", "reset", "set_access_token", "log_lines")


def controls(server: OptimaJet) -> dict[str, Control]:
    """The controls by name.

    Beside those of every server, ``set_access_token {"token": t}`` sets the access token as the admin panel does (an
    empty one removes it, which OpenID forbids), and ``log_lines {}`` tells what the log operations wrote.
    """
    own: dict[str, Control] = {
        "set_access_token": lambda body: _set_access_token(server, text(body, "token")),
        "log_lines": lambda _: {"lines": [{"level": level, "message": line} for level, line in server.store.log]},
    }
    return controls_of(server, own)


def _set_access_token(server: OptimaJet, token: str) -> Json:
    if not token and server.mode == OPENID:
        raise Refusal(400, "OpenID needs an access token")
    server.access_token = token
    return {}
