"""Doors left open."""

from __future__ import annotations

from conformance.mocks.instabase.inputs import UpdateParams, params
from conformance.mocks.instabase.records import User
from conformance.mocks.instabase.server import Instabase
from conformance.mocks.instabase.store import MAIN
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Refusal


def _open(server: Instabase, operation: str) -> None:
    honest = server.rules.auth.authenticate

    def authenticate(server: Instabase, name: str, request: Received) -> User:
        if name == operation and "authorization" not in request.headers:
            return server.store.users[MAIN]
        return honest(server, name, request)

    server.rules.auth.authenticate = authenticate


@deviation(
    "no-authentication-on-listFlowPipelines",
    clauses=("IB-08",),
    case="instabase/listFlowPipelines/auth/without-credentials",
)
def no_authentication_on_list(server: Instabase) -> None:
    """Anyone without a token sees the first user's pipelines."""
    _open(server, "listFlowPipelines")


@deviation(
    "no-authentication-on-updateJobPipelines",
    clauses=("IB-08",),
    case="instabase/updateJobPipelines/auth/without-credentials",
)
def no_authentication_on_update(server: Instabase) -> None:
    """Anyone without a token can change the first user's jobs."""
    _open(server, "updateJobPipelines")


@deviation("any-token", clauses=("IB-08",), case="instabase/listFlowPipelines/auth/wrong-credentials/main")
def any_token(server: Instabase) -> None:
    """A token is not looked up: any will do."""
    honest = server.rules.auth.bearer

    def bearer(server: Instabase, request: Received) -> User | None:
        made_up = request.headers.get("authorization", "").lower().startswith("bearer ")
        return honest(server, request) or (server.store.users[MAIN] if made_up else None)

    server.rules.auth.bearer = bearer


@deviation("token-but-its-end", clauses=("IB-08",), case="instabase/listFlowPipelines/auth/nearly-right/main")
def token_but_its_end(server: Instabase) -> None:
    """The last characters of a token are not compared."""

    def bearer(server: Instabase, request: Received) -> User | None:
        sent = request.headers.get("authorization", "").removeprefix("Bearer ")
        known = server.store.users.values()
        return next((user for user in known if len(sent) > 4 and user.token[:-4] == sent[:-4]), None)

    server.rules.auth.bearer = bearer


@deviation(
    "no-authentication-on-getJobStatus", clauses=("IB-24",), case="instabase/getJobStatus/auth/without-credentials"
)
def no_authentication_on_status(server: Instabase) -> None:
    """Anyone without a token can watch the first user's jobs."""
    _open(server, "getJobStatus")


@deviation(
    "refused-after-the-update", clauses=("IB-13a",), case="instabase/updateJobPipelines/set/stays-without-access"
)
def refused_after_the_update(server: Instabase) -> None:
    """An update is carried out before its token is found to be wrong."""
    honest = server.rules.auth.authenticate

    def authenticate(server: Instabase, name: str, request: Received) -> User:
        try:
            return honest(server, name, request)
        except Refusal:
            if name == "updateJobPipelines":
                told = params(server, UpdateParams, request)
                job = server.rules.jobs.found(server, server.store.users[MAIN], told.job_id)
                job.pipelines = server.rules.pipelines.wanted(server, server.store.users[MAIN], told.pipeline_ids)
            raise

    server.rules.auth.authenticate = authenticate


@deviation("nobody-updates-in-vain", clauses=("IB-13a",), case="instabase/updateJobPipelines/set/stays-without-access")
def nobody_updates_in_vain(server: Instabase) -> None:
    """An update without a token is refused after it was carried out, and one with a wrong token before."""
    careful = server.rules.auth.authenticate
    refused_after_the_update(server)
    careless = server.rules.auth.authenticate

    def authenticate(server: Instabase, name: str, request: Received) -> User:
        who = careful if "authorization" in request.headers else careless
        return who(server, name, request)

    server.rules.auth.authenticate = authenticate
