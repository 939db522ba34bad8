"""What a login answers."""

from __future__ import annotations

from conformance.contract.pointer import get
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.making import build
from conformance.engine.outcome import expect


@check(when=only("login"))
def answers_token(api: Api, call: Call) -> None:
    """A login with a user's name and password answers with a token."""
    token = get(api.expect_success(api.send(build(api, call.id), anonymous=True)), "/tokens/0/token")
    expect(isinstance(token, str) and bool(token), "a token at /tokens/0/token", repr(token))
