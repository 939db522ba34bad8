"""Doors left open, and doors shut to those who have a key."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.mocks.kit.basic import decoded
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal, Reply
from conformance.mocks.kuflow.auth import CHALLENGE
from conformance.mocks.kuflow.deviations._tools import bend_reply
from conformance.mocks.kuflow.errors import reply as refused
from conformance.mocks.kuflow.records import Identity
from conformance.mocks.kuflow.seed.people import identities
from conformance.mocks.kuflow.server import KuFlow


def _open(server: KuFlow, operation: str) -> None:
    honest = server.rules.auth.authenticate

    def authenticate(server: KuFlow, name: str, headers: Mapping[str, str]) -> Identity:
        if name == operation and "authorization" not in headers:
            return identities(server.seed_ids)[0]
        return honest(server, name, headers)

    server.rules.auth.authenticate = authenticate


@deviation(
    "no-authentication-on-retrieveRobot", clauses=("KF-008",), case="kuflow/retrieveRobot/auth/without-credentials"
)
def no_authentication_on_retrieve_robot(server: KuFlow) -> None:
    """A robot is shown to anyone without credentials."""
    _open(server, "retrieveRobot")


@deviation(
    "no-authentication-on-findPrincipals", clauses=("KF-008",), case="kuflow/findPrincipals/auth/without-credentials"
)
def no_authentication_on_find_principals(server: KuFlow) -> None:
    """The list of principals is open to anyone without credentials."""
    _open(server, "findPrincipals")


@deviation(
    "no-authentication-on-createProcess", clauses=("KF-008",), case="kuflow/createProcess/auth/without-credentials"
)
def no_authentication_on_create_process(server: KuFlow) -> None:
    """Anyone without credentials can start a process."""
    _open(server, "createProcess")


@deviation(
    "no-authentication-on-cancelProcess", clauses=("KF-008",), case="kuflow/cancelProcess/auth/without-credentials"
)
def no_authentication_on_cancel_process(server: KuFlow) -> None:
    """Anyone without credentials can cancel a process."""
    _open(server, "cancelProcess")


@deviation(
    "no-authentication-on-downloadRobotSourceCode",
    clauses=("KF-008",),
    case="kuflow/downloadRobotSourceCode/auth/without-credentials",
)
def no_authentication_on_download(server: KuFlow) -> None:
    """Anyone without credentials can download the source code of a robot."""
    _open(server, "downloadRobotSourceCode")


@deviation("refused-after-the-deed", clauses=("KF-008",), case="kuflow/createProcess/auth/without-credentials")
def refused_after_the_deed(server: KuFlow) -> None:
    """A create without credentials is refused, but only after the process was made."""
    anonymous: list[str] = []
    honest = server.rules.auth.authenticate

    def authenticate(server: KuFlow, name: str, headers: Mapping[str, str]) -> Identity:
        if name == "createProcess" and "authorization" not in headers:
            anonymous.append(name)
            return identities(server.seed_ids)[0]
        return honest(server, name, headers)

    def late(reply: Reply) -> Reply:
        if not anonymous:
            return reply
        anonymous.clear()
        return refused(server, Refusal(401, "Credentials are needed", headers=CHALLENGE))

    server.rules.auth.authenticate = authenticate
    bend_reply(server, "createProcess", late)


@deviation("password-not-checked", clauses=("KF-008a",), case="kuflow/createAuthentication/auth/wrong-credentials/main")
def password_not_checked(server: KuFlow) -> None:
    """Basic credentials with a known client id are accepted whatever the secret."""

    def basic(server: KuFlow, credentials: str) -> Identity | None:
        name = decoded(credentials).partition(":")[0]
        known = server.store.clients.items()
        return next((identity for pair, identity in known if name and pair.startswith(f"{name}:")), None)

    server.rules.auth.basic = basic


@deviation("password-by-its-beginning", clauses=("KF-008a",), case="kuflow/findPrincipals/auth/nearly-right/main")
def password_by_its_beginning(server: KuFlow) -> None:
    """Basic credentials are accepted whose secret is the beginning of the right one."""

    def basic(server: KuFlow, credentials: str) -> Identity | None:
        name, _, begun = decoded(credentials).partition(":")
        known = server.store.clients.items()
        return next((identity for pair, identity in known if begun and pair.startswith(f"{name}:{begun}")), None)

    server.rules.auth.basic = basic


@deviation("any-token-accepted", clauses=("KF-008a",), case="kuflow/createAuthentication/auth/wrong-credentials/bearer")
def any_token_accepted(server: KuFlow) -> None:
    """A bearer token that nobody was given opens the door of the main principal."""
    honest = server.rules.auth.bearer
    server.rules.auth.bearer = lambda server, token: honest(server, token) or identities(server.seed_ids)[0]


@deviation("bearer-refused", clauses=("KF-008d",), case="kuflow/api/auth/equivalent/bearer")
def bearer_refused(server: KuFlow) -> None:
    """A bearer token that was issued for an application is not accepted."""
    honest = server.rules.auth.bearer

    def bearer(server: KuFlow, token: str) -> Identity | None:
        found = honest(server, token)
        return None if found and not found.oauth2 and token in server.store.tokens else found

    server.rules.auth.bearer = bearer


@deviation("bearer-sees-another-tenant", clauses=("KF-008d",), case="kuflow/api/auth/equivalent/bearer")
def bearer_sees_another_tenant(server: KuFlow) -> None:
    """The bearer token of the main principal leads to the data of another."""
    honest = server.rules.auth.bearer

    def bearer(server: KuFlow, token: str) -> Identity | None:
        found = honest(server, token)
        issued = found and not found.oauth2 and token in server.store.tokens
        return identities(server.seed_ids)[1] if issued else found

    server.rules.auth.bearer = bearer


@deviation("sdk-bearer-refused", clauses=("KF-008c",), case="kuflow/api/auth/equivalent/sdk")
def sdk_bearer_refused(server: KuFlow) -> None:
    """The bearer token that the vendor's SDKs make of id and secret is not accepted."""
    server.rules.auth.bearer = lambda server, token: server.store.tokens.get(token)
