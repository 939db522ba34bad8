"""Doors left open, and doors shut to those who have a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.pliant.deviations._tools import bearer_in, sent_in
from conformance.mocks.pliant.records import Caller
from conformance.mocks.pliant.server import Pliant
from conformance.mocks.pliant.store import OWNER


def _anyone(server: Pliant) -> Caller:
    return Caller(server.store.users[OWNER])


def _open(server: Pliant, operation: str) -> None:
    honest = server.rules.auth.authenticate

    def authenticate(server: Pliant, name: str, request: Received) -> Caller:
        if name == operation and "authorization" not in request.headers:
            return _anyone(server)
        return honest(server, name, request)

    server.rules.auth.authenticate = authenticate


@deviation(
    "no-authentication-on-triggerWorkflow", clauses=("PL-28",), case="pliant/triggerWorkflow/auth/without-credentials"
)
def no_authentication_on_trigger(server: Pliant) -> None:
    """Anyone without a token can start a workflow."""
    _open(server, "triggerWorkflow")


@deviation(
    "no-authentication-on-readExecutionLog", clauses=("PL-28",), case="pliant/readExecutionLog/auth/without-credentials"
)
def no_authentication_on_log(server: Pliant) -> None:
    """Anyone without a token can read a log."""
    _open(server, "readExecutionLog")


@deviation("any-token", clauses=("PL-28",), case="pliant/triggerWorkflow/auth/wrong-credentials/main")
def any_token(server: Pliant) -> None:
    """A token is not looked up: any will do."""
    honest = server.rules.auth.bearer

    def bearer(server: Pliant, request: Received) -> Caller | None:
        made_up = request.headers.get("authorization", "").lower().startswith("bearer ")
        return honest(server, request) or (_anyone(server) if made_up else None)

    server.rules.auth.bearer = bearer


@deviation("waiting-needs-no-token", clauses=("PL-28",), case="pliant/triggerWorkflow/auth/without-credentials")
def waiting_needs_no_token(server: Pliant) -> None:
    """Anyone without a token can start a workflow and wait for its end."""
    honest = server.rules.auth.authenticate

    def authenticate(server: Pliant, name: str, request: Received) -> Caller:
        waits = name == "triggerWorkflow" and dict(request.query).get("sync") == "true"
        return _anyone(server) if waits and "authorization" not in request.headers else honest(server, name, request)

    server.rules.auth.authenticate = authenticate


@deviation("any-token-for-inputs", clauses=("PL-28",), case="pliant/triggerWorkflow/auth/wrong-credentials/main")
def any_token_for_inputs(server: Pliant) -> None:
    """A token is not looked up when a workflow is started with inputs."""
    honest = server.rules.auth.authenticate

    def authenticate(server: Pliant, name: str, request: Received) -> Caller:
        sends = name == "triggerWorkflow" and sent_in(request) and "authorization" in request.headers
        return _anyone(server) if sends else honest(server, name, request)

    server.rules.auth.authenticate = authenticate


@deviation("token-but-its-end", clauses=("PL-28",), case="pliant/triggerWorkflow/auth/nearly-right/main")
def token_but_its_end(server: Pliant) -> None:
    """The last characters of a token are not compared."""
    honest = server.rules.auth.bearer

    def bearer(server: Pliant, request: Received) -> Caller | None:
        sent = request.headers.get("authorization", "")
        whole = next((token for token in server.store.tokens if sent[:-4] == f"Bearer {token}"[:-4]), None)
        headers = {**request.headers, "authorization": f"Bearer {whole}"}
        return honest(server, replace(request, headers=headers) if whole else request)

    server.rules.auth.bearer = bearer


@deviation("api-key-refused", clauses=("PL-30a",), case="pliant/triggerWorkflowAtPathByGet/auth/accepted/keyed")
def api_key_refused(server: Pliant) -> None:
    """A good API key opens nothing."""
    server.rules.auth.api_key = lambda _, __: None


def _open_addresses(server: Pliant, opens: Callable[[Received], bool]) -> None:
    """Let in whoever comes to the address of a workflow with what ``opens`` it."""
    honest = server.rules.auth.authenticate

    def authenticate(server: Pliant, name: str, request: Received) -> Caller:
        if name.startswith("triggerWorkflowAtPath") and opens(request):
            return _anyone(server)
        return honest(server, name, request)

    server.rules.auth.authenticate = authenticate


@deviation(
    "no-authentication-at-an-address",
    clauses=("PL-30b",),
    case="pliant/triggerWorkflowAtPathByGet/auth/without-credentials",
)
def no_authentication_at_an_address(server: Pliant) -> None:
    """Anyone without a key and a token can start a workflow at its address."""
    _open_addresses(server, lambda got: "authorization" not in got.headers and "api_key" not in dict(got.query))


@deviation(
    "any-token-at-an-address",
    clauses=("PL-30b",),
    case="pliant/triggerWorkflowAtPathByGet/auth/wrong-credentials/main",
)
def any_token_at_an_address(server: Pliant) -> None:
    """Any token opens the address of a workflow."""
    _open_addresses(server, lambda got: "authorization" in got.headers)


@deviation("any-api-key", clauses=("PL-30b",), case="pliant/triggerWorkflowAtPathByGet/auth/wrong-credentials/keyed")
def any_api_key(server: Pliant) -> None:
    """Any API key opens the address of a workflow."""

    def api_key(server: Pliant, request: Received) -> Caller | None:
        return _anyone(server) if "api_key" in dict(request.query) else None

    server.rules.auth.api_key = api_key


@deviation("empty-api-key", clauses=("PL-30b",), case="pliant/triggerWorkflowAtPathByGet/auth/nearly-right/keyed")
def empty_api_key(server: Pliant) -> None:
    """An empty API key is that of a user who has none, and opens the address of a workflow."""
    honest = server.rules.auth.api_key

    def api_key(server: Pliant, request: Received) -> Caller | None:
        return _anyone(server) if dict(request.query).get("api_key") == "" else honest(server, request)

    server.rules.auth.api_key = api_key


@deviation("token-for-ten-calls", clauses=("PL-06b",), case="pliant/triggerWorkflow/auth/kept")
def token_for_ten_calls(server: Pliant) -> None:
    """An access token is worthless after ten calls, though it promises half a day."""
    honest, calls = server.rules.auth.bearer, Counter[str]()

    def bearer(server: Pliant, request: Received) -> Caller | None:
        token = bearer_in(request)
        calls[token] += 1
        return honest(server, request) if calls[token] <= 10 else None

    server.rules.auth.bearer = bearer
