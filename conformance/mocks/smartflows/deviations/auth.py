"""Doors left open, and doors that stay shut."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal
from conformance.mocks.smartflows.deviations._mending import mend_body, show
from conformance.mocks.smartflows.inputs import Login
from conformance.mocks.smartflows.records import Execution, User
from conformance.mocks.smartflows.server import SmartFlows


def _let_in(server: SmartFlows, *operations: str, wanted: bool = False) -> None:
    """Take any caller of ``operations`` for the first user; ``wanted`` says that some key has to be sent."""
    honest = server.rules.auth.authenticate

    def authenticate(server: SmartFlows, operation: str, headers: Mapping[str, str]) -> User | None:
        if operation in operations and (not wanted or "x-api-key" in headers):
            return server.store.users[0]
        return honest(server, operation, headers)

    server.rules.auth.authenticate = authenticate


@deviation(
    "no-key-on-getExecutionProgress",
    clauses=("IN-01",),
    case="smartflows/getExecutionProgress/auth/without-credentials",
)
def no_key_on_progress(server: SmartFlows) -> None:
    """Progress is told to anyone who knows the id."""
    _let_in(server, "getExecutionProgress")


@deviation("no-key-on-createExecution", clauses=("IN-01",), case="smartflows/createExecution/auth/without-credentials")
def no_key_on_create(server: SmartFlows) -> None:
    """Anyone begins executions, as the first user."""
    _let_in(server, "createExecution")


@deviation("any-key-on-getExecution", clauses=("IN-01b",), case="smartflows/getExecution/auth/wrong-credentials/main")
def any_key_on_detail(server: SmartFlows) -> None:
    """The detail needs a key, and takes any."""
    _let_in(server, "getExecution", wanted=True)


@deviation("key-by-its-beginning", clauses=("IN-01b",), case="smartflows/findFlows/auth/nearly-right/main")
def key_by_its_beginning(server: SmartFlows) -> None:
    """The beginning of a key is taken for the key."""

    def by_key(server: SmartFlows, key: str) -> User | None:
        return next((user for known, user in server.store.keys.items() if key and known.startswith(key)), None)

    server.rules.auth.by_key = by_key


@deviation("revoked-key-works", clauses=("IN-02",), case="smartflows/api/auth/revoked")
def revoked_key_works(server: SmartFlows) -> None:
    """Keys are remembered, and one that was accepted once is accepted after it is revoked."""
    remembered: dict[str, User] = {}
    honest = server.rules.auth.by_key

    def by_key(server: SmartFlows, key: str) -> User | None:
        user = honest(server, key)
        if user is not None:
            remembered[key] = user
        return remembered.get(key)

    server.rules.auth.by_key = by_key


@deviation("key-refused-on-getExecution", clauses=("IN-02a",), case="smartflows/getExecution/contract/valid-request")
def key_refused_on_detail(server: SmartFlows) -> None:
    """The detail is shown to tokens only."""
    honest = server.rules.auth.authenticate

    def authenticate(server: SmartFlows, operation: str, headers: Mapping[str, str]) -> User | None:
        if operation == "getExecution" and "authorization" not in headers:
            raise Refusal(401, "A token is needed")
        return honest(server, operation, headers)

    server.rules.auth.authenticate = authenticate


@deviation("login-needs-a-key", clauses=("IN-26",), case="smartflows/login/contract/valid-request")
def login_needs_a_key(server: SmartFlows) -> None:
    """A login asks for the key that it is there to replace."""
    honest = server.rules.auth.authenticate

    def authenticate(server: SmartFlows, operation: str, headers: Mapping[str, str]) -> User | None:
        return honest(server, "getCurrentUser" if operation == "login" else operation, headers)

    server.rules.auth.authenticate = authenticate


@deviation("login-without-token", clauses=("IN-26a",), case="smartflows/login/logins/answers-token")
def login_without_token(server: SmartFlows) -> None:
    """A login answers with the user and no token."""
    show(server, ["login"], tokens=[])


@deviation("token-born-expired", clauses=("IN-26b",), case="smartflows/login/token/opens")
def token_born_expired(server: SmartFlows) -> None:
    """Tokens of a login have expired when they arrive."""
    honest = server.rules.auth.by_token

    def by_token(server: SmartFlows, token: str) -> User | None:
        known = server.store.tokens.get(token)
        return None if known and known.expires else honest(server, token)

    server.rules.auth.by_token = by_token


@deviation("wrong-password-accepted", clauses=("IN-26d",), case="smartflows/login/token/wrong/password")
def wrong_password_accepted(server: SmartFlows) -> None:
    """A login gives out a token for any password."""
    honest = server.rules.errors.reply

    def reply(server: SmartFlows, refusal: Refusal) -> Any:
        answer = honest(server, refusal)
        if refusal.message.startswith("The name or the password"):
            user = server.rules.views.user(server, server.store.users[0])
            answer.status, answer.body = 200, {"user": user, "tokens": [{"scope": "project", "token": "any"}]}
            answer.media_type = "application/json"
        return answer

    server.rules.errors.reply = reply


def _bend_logins(server: SmartFlows, bend: Callable[[Login], dict[str, Any]]) -> None:
    """Logins are read with what ``bend`` puts in place of what was sent."""
    honest = server.rules.inputs.body

    def body(server: SmartFlows, operation: str, model: TypeAdapter[Any], media_type: str, raw: bytes) -> Any:
        sent = honest(server, operation, model, media_type, raw)
        return sent.model_copy(update=bend(sent)) if isinstance(sent, Login) else sent

    server.rules.inputs.body = body


@deviation("password-by-its-beginning", clauses=("IN-26d",), case="smartflows/login/token/nearly-right/password")
def password_by_its_beginning(server: SmartFlows) -> None:
    """The beginning of a password is taken for the password."""

    def whole(sent: Login) -> dict[str, Any]:
        known = (user.password for user in server.store.users if user.password.startswith(sent.password))
        return {"password": next(known, sent.password)} if sent.password else {}

    _bend_logins(server, whole)


@deviation("another-user-is-me", clauses=("IN-27",), case="smartflows/api/auth/caller/main")
def another_user_is_me(server: SmartFlows) -> None:
    """Whoever asks is told to be the last user."""
    mend_body(server, ["getCurrentUser"], lambda _: server.rules.views.user(server, server.store.users[-1]))


@deviation("created-by-another", clauses=("IN-27a",), case="smartflows/api/auth/author/main")
def created_by_another(server: SmartFlows) -> None:
    """Every execution is said to be begun by the last user."""
    honest = server.rules.views.execution

    def execution(server: SmartFlows, record: Execution) -> dict[str, Any]:
        return {**honest(server, record), "createdBy": server.rules.views.person(server.store.users[-1])}

    server.rules.views.execution = execution


@deviation("created-by-the-reader", clauses=("IN-27a",), case="smartflows/api/auth/author/main")
def created_by_the_reader(server: SmartFlows) -> None:
    """An execution is said to be begun by whoever reads it."""
    honest, readers = server.rules.auth.authenticate, list[User]()

    def authenticate(server: SmartFlows, operation: str, headers: Mapping[str, str]) -> User | None:
        user = honest(server, operation, headers)
        readers[:] = [user] if user else []
        return user

    server.rules.auth.authenticate = authenticate
    mend_body(
        server,
        ["getExecution"],
        lambda body: {**body, "createdBy": server.rules.views.person(readers[0])},
    )


def _remember_keys(server: SmartFlows, lets_in: Callable[[str], bool]) -> None:
    """A key that was accepted once opens the operations that ``lets_in`` names, also after it is revoked."""
    remembered: dict[str, User] = {}
    honest = server.rules.auth.authenticate

    def authenticate(server: SmartFlows, operation: str, headers: Mapping[str, str]) -> User | None:
        key = headers.get("x-api-key", "")
        if lets_in(operation) and key in remembered:
            return remembered[key]
        user = honest(server, operation, headers)
        if user is not None and key in server.store.keys:
            remembered[key] = user
        return user

    server.rules.auth.authenticate = authenticate


@deviation("revoked-key-lists", clauses=("IN-02",), case="smartflows/api/auth/revoked")
def revoked_key_lists(server: SmartFlows) -> None:
    """Lists are shown to a key that was accepted once, also after it is revoked."""
    _remember_keys(server, lambda operation: operation.startswith("find"))


@deviation("revoked-key-cancels", clauses=("IN-02",), case="smartflows/api/auth/revoked")
def revoked_key_cancels(server: SmartFlows) -> None:
    """A key that was accepted once cancels executions, also after it is revoked."""
    _remember_keys(server, lambda operation: operation == "cancelExecution")


@deviation("any-name-accepted", clauses=("IN-26e",), case="smartflows/login/token/wrong/username")
def any_name_accepted(server: SmartFlows) -> None:
    """A login looks for the password alone."""

    def owner(sent: Login) -> dict[str, Any]:
        names = (user.user_name for user in server.store.users if user.password == sent.password)
        return {"username": next(names, sent.username)}

    _bend_logins(server, owner)


@deviation("password-is-a-token", clauses=("IN-01b",), case="smartflows/login/token/opens")
def password_is_a_token(server: SmartFlows) -> None:
    """The password of a user is taken for a token."""
    honest = server.rules.auth.by_token
    server.rules.auth.by_token = lambda server, token: (
        honest(server, token) or next((user for user in server.store.users if user.password == token), None)
    )
