"""Tokens that are got too easily, not at all, or told wrongly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from conformance.mocks.kit.basic import basic_pair
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.pliant.auth import CHALLENGE
from conformance.mocks.pliant.deviations._tools import answer_with, bearer_in, bend_body, without
from conformance.mocks.pliant.errors import refused
from conformance.mocks.pliant.oauth import SCOPES, Form
from conformance.mocks.pliant.records import Caller, Grant, Token, User
from conformance.mocks.pliant.server import Pliant
from conformance.mocks.pliant.store import OWNER

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
TOKEN = "issueToken"  # noqa: S105 - the name of an operation


@deviation("token-answers-201", clauses=("PL-01",), case="pliant/issueToken/contract/valid-request")
def token_answers_201(server: Pliant) -> None:
    """A token is answered as something created."""
    answer_with(server, TOKEN, 201)


@deviation("form-left-encoded", clauses=("PL-02",), case="pliant/issueToken/token/scope-told")
def form_left_encoded(server: Pliant) -> None:
    """The values of a form are taken as they come over the wire, plus signs and all."""
    honest = server.rules.oauth.form

    def form(request: Received) -> Form:
        return {**honest(request), **dict(pair.split("=", 1) for pair in request.body.decode().split("&"))}

    server.rules.oauth.form = form


@deviation("any-client", clauses=("PL-03",), case="pliant/issueToken/auth/without-credentials")
def any_client(server: Pliant) -> None:
    """A token is issued to a client that proves nothing."""
    server.rules.oauth.client = lambda _, __: None


@deviation("client-secret-unchecked", clauses=("PL-03",), case="pliant/issueToken/auth/wrong-credentials/main")
def client_secret_unchecked(server: Pliant) -> None:
    """A token is issued to a client with any secret, as long as it sends one."""

    def client(_: Pliant, request: Received) -> None:
        if not request.headers.get("authorization", "").lower().startswith("basic "):
            raise refused(401, "invalid_client", "The client is unknown", CHALLENGE)

    server.rules.oauth.client = client


@deviation("client-unchecked", clauses=("PL-03",), case="pliant/issueToken/token/wrong-client")
def client_unchecked(server: Pliant) -> None:
    """A secret of some client is enough, whatever the name beside it."""

    def client(server: Pliant, request: Received) -> None:
        _, secret = basic_pair(request.headers.get("authorization", ""))
        if secret not in server.store.clients.values():
            raise refused(401, "invalid_client", "The client is unknown", CHALLENGE)

    server.rules.oauth.client = client


@deviation("password-unchecked", clauses=("PL-04",), case="pliant/issueToken/token/wrong/password")
def password_unchecked(server: Pliant) -> None:
    """A user's name is enough for a token."""
    honest = server.rules.oauth.granted

    def granted(server: Pliant, told: Form) -> Grant:
        user = server.store.users.get(told.get("username", ""))
        return honest(server, {**told, "password": user.password} if user else told)

    server.rules.oauth.granted = granted


@deviation("empty-password-accepted", clauses=("PL-04",), case="pliant/issueToken/token/nearly-right/password")
def empty_password_accepted(server: Pliant) -> None:
    """A user who sends an empty password is let in, as a directory does that takes it for nobody's."""
    honest = server.rules.oauth.granted

    def granted(server: Pliant, told: Form) -> Grant:
        user = server.store.users.get(told.get("username", ""))
        return honest(server, {**told, "password": user.password} if user and told.get("password") == "" else told)

    server.rules.oauth.granted = granted


@deviation("user-unchecked", clauses=("PL-04",), case="pliant/issueToken/token/wrong/username")
def user_unchecked(server: Pliant) -> None:
    """A password of somebody is enough for a token, whatever the user's name."""
    honest = server.rules.oauth.granted

    def granted(server: Pliant, told: Form) -> Grant:
        owner = next((one for one in server.store.users.values() if one.password == told.get("password")), None)
        return honest(server, {**told, "username": owner.name} if owner else told)

    server.rules.oauth.granted = granted


@deviation("any-users-password", clauses=("PL-04",), case="pliant/issueToken/token/of-another/password")
def any_users_password(server: Pliant) -> None:
    """The password of any user is good for the name of every other one."""
    honest = server.rules.oauth.granted

    def granted(server: Pliant, told: Form) -> Grant:
        user = server.store.users.get(told.get("username", ""))
        known = any(one.password == told.get("password") for one in server.store.users.values())
        return honest(server, {**told, "password": user.password} if user and known else told)

    server.rules.oauth.granted = granted


@deviation("refresh-token-opens", clauses=("PL-29a",), case="pliant/issueToken/token/refresh-opens-nothing")
def refresh_token_opens(server: Pliant) -> None:
    """A refresh token lets its holder in as an access token does."""
    honest = server.rules.auth.bearer

    def bearer(server: Pliant, request: Received) -> Caller | None:
        grant = server.store.grants.get(request.headers.get("authorization", "").partition(" ")[2])
        return Caller(grant.user, grant.scopes) if grant else honest(server, request)

    server.rules.auth.bearer = bearer


@deviation("token-outlives", clauses=("PL-06c",), case="pliant/issueToken/token/dies")
def token_outlives(server: Pliant) -> None:
    """An access token is good for as long as its refresh token, whatever its expires_in."""
    server.rules.auth.live = lambda server, token: server.clock.now() < token.expires + 30 * DAY


@deviation("scope-needed", clauses=("PL-05",), case="pliant/issueToken/token/without/scope")
def scope_needed(server: Pliant) -> None:
    """A token asked for without a scope is refused."""
    honest = server.rules.oauth.asked

    def asked(server: Pliant, told: Form) -> tuple[str, ...]:
        if "scope" not in told:
            raise refused(400, "invalid_scope", "A scope is needed")
        return honest(server, told)

    server.rules.oauth.asked = asked


@deviation("scope-enforced", clauses=("PL-05a",), case="pliant/triggerWorkflow/auth/accepted/reader")
def scope_enforced(server: Pliant) -> None:
    """A token for reading alone starts no workflow."""

    def allowed(operation: str, caller: Caller) -> bool:
        return not operation.startswith("trigger") or not caller.scopes or "execute" in caller.scopes

    server.rules.auth.allowed = allowed


def _shut_to_readers(server: Pliant, operations: str) -> None:
    """Let a token for reading alone not reach the operations whose names begin so."""
    server.rules.auth.allowed = lambda name, caller: not name.startswith(operations) or caller.scopes != ("read",)


@deviation("scope-enforced-on-logs", clauses=("PL-05a",), case="pliant/readExecutionLog/auth/accepted/reader")
def scope_enforced_on_logs(server: Pliant) -> None:
    """A token for reading alone shows no log."""
    _shut_to_readers(server, "readExecutionLog")


@deviation("scope-enforced-by-path", clauses=("PL-05a",), case="pliant/triggerWorkflowAtPath/auth/accepted/reader")
def scope_enforced_by_path(server: Pliant) -> None:
    """A token for reading alone starts no workflow at its address."""
    _shut_to_readers(server, "triggerWorkflowAtPath")


@deviation("token-without-jti", clauses=("PL-06",), case="pliant/issueToken/contract/valid-request")
def token_without_jti(server: Pliant) -> None:
    """A token has no name."""
    without(server, TOKEN, "jti")


@deviation("token-without-refresh-token", clauses=("PL-06",), case="pliant/issueToken/contract/valid-request")
def token_without_refresh_token(server: Pliant) -> None:
    """No refresh token comes with a token."""
    without(server, TOKEN, "refresh_token")


@deviation("jti-no-uuid", clauses=("PL-06",), case="pliant/issueToken/contract/valid-request")
def jti_no_uuid(server: Pliant) -> None:
    """The name of a token is a number."""
    bend_body(server, TOKEN, lambda body: {**body, "jti": "17"})


@deviation("token-type-mac", clauses=("PL-06",), case="pliant/issueToken/contract/valid-request")
def token_type_mac(server: Pliant) -> None:
    """A token calls itself something other than bearer."""
    bend_body(server, TOKEN, lambda body: {**body, "token_type": "mac"})


@deviation("expires-in-is-text", clauses=("PL-06",), case="pliant/issueToken/contract/valid-request")
def expires_in_is_text(server: Pliant) -> None:
    """The seconds that a token lives are a text."""
    bend_body(server, TOKEN, lambda body: {**body, "expires_in": str(body["expires_in"])})


@deviation("scope-is-always-all", clauses=("PL-06d",), case="pliant/issueToken/token/fewer-scopes-told")
def scope_is_always_all(server: Pliant) -> None:
    """A token has every scope that there is, however few were asked for."""
    server.rules.oauth.asked = lambda _, __: SCOPES


@deviation("scope-misses-one", clauses=("PL-06a",), case="pliant/issueToken/token/scope-told")
def scope_misses_one(server: Pliant) -> None:
    """A token tells one scope fewer than were asked for."""
    bend_body(server, TOKEN, lambda body: {**body, "scope": body["scope"].rpartition(" ")[0]})


@deviation("token-dies-early", clauses=("PL-06b",), case="pliant/issueToken/token/lives")
def token_dies_early(server: Pliant) -> None:
    """An access token is worthless after a minute, though it promises half a day."""
    promised = server.rules.oauth.lifetime

    def live(server: Pliant, token: Token) -> bool:
        return server.clock.now() < token.expires - promised + MINUTE

    server.rules.auth.live = live


def _shut_logs(server: Pliant, shut: Callable[[Pliant, Token], bool]) -> None:
    """Let a good token show no log where ``shut`` says so."""
    honest = server.rules.auth.authenticate

    def authenticate(server: Pliant, name: str, request: Received) -> Caller:
        token = server.store.tokens.get(bearer_in(request))
        if name == "readExecutionLog" and token is not None and shut(server, token):
            raise refused(401, "invalid_token", "A good access token is needed", CHALLENGE)
        return honest(server, name, request)

    server.rules.auth.authenticate = authenticate


def _open_logs(server: Pliant, held: Callable[[Pliant], Mapping[str, Token | Grant]]) -> None:
    """Let whoever sends what is held show logs."""
    honest = server.rules.auth.authenticate

    def authenticate(server: Pliant, name: str, request: Received) -> Caller:
        found = held(server).get(bearer_in(request)) if name == "readExecutionLog" else None
        return Caller(found.user, found.scopes) if found else honest(server, name, request)

    server.rules.auth.authenticate = authenticate


@deviation("token-shows-logs-a-minute", clauses=("PL-06b",), case="pliant/issueToken/token/lives")
def token_shows_logs_a_minute(server: Pliant) -> None:
    """An access token shows no log once it is a minute old, though it starts workflows for half a day."""
    promised = server.rules.oauth.lifetime
    _shut_logs(server, lambda server, token: server.clock.now() > token.expires - promised + MINUTE)


@deviation("dead-token-shows-logs", clauses=("PL-06c",), case="pliant/issueToken/token/dies")
def dead_token_shows_logs(server: Pliant) -> None:
    """An access token shows logs for ever, though it starts no workflow after its time."""
    _open_logs(server, lambda server: server.store.tokens)


@deviation("refresh-token-shows-logs", clauses=("PL-29a",), case="pliant/issueToken/token/refresh-opens-nothing")
def refresh_token_shows_logs(server: Pliant) -> None:
    """A refresh token shows logs as an access token does."""
    _open_logs(server, lambda server: server.store.grants)


@deviation("no-password-needed", clauses=("PL-04",), case="pliant/issueToken/token/nearly-right/password")
def no_password_needed(server: Pliant) -> None:
    """A password that is not sent is not compared."""
    _mend_form(server, lambda told, user: {**told, "password": user.password} if "password" not in told else told)


@deviation("first-users-password", clauses=("PL-04",), case="pliant/issueToken/token/of-another/password")
def first_users_password(server: Pliant) -> None:
    """The password of the first user is good for the name of every other one."""
    first = server.store.users[OWNER].password
    _mend_form(
        server, lambda told, user: {**told, "password": user.password} if told.get("password") == first else told
    )


@deviation("any-client-refreshes", clauses=("PL-03",), case="pliant/issueToken/token/refresh-needs-client")
def any_client_refreshes(server: Pliant) -> None:
    """A refresh token is enough for an access token, whatever the client proves."""
    honest = server.rules.oauth.client

    def client(server: Pliant, request: Received) -> None:
        if b"refresh_token=" not in request.body:
            honest(server, request)

    server.rules.oauth.client = client


def _mend_form(server: Pliant, mend: Callable[[Form, User], Form]) -> None:
    """Let ``mend`` change what is told of a user that there is."""
    honest = server.rules.oauth.granted

    def granted(server: Pliant, told: Form) -> Grant:
        user = server.store.users.get(told.get("username", ""))
        return honest(server, mend(told, user) if user else told)

    server.rules.oauth.granted = granted
