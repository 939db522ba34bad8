"""Rules that break only once several tokens were asked for, or several runs started."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal
from conformance.mocks.pliant.oauth import Form
from conformance.mocks.pliant.records import Grant, Run, Token
from conformance.mocks.pliant.server import Pliant

TOKEN = "pliant/issueToken/model/tokens-live-as-promised"  # noqa: S105 - the name of a case
RUN = "pliant/run/model/lives-as-promised"


@deviation("third-token-ends-the-first", clauses=("PL-01",), case=TOKEN)
def third_token_ends_the_first(server: Pliant) -> None:
    """A user has two tokens at most: with the third one, the first is worthless."""
    honest = server.rules.oauth.issued
    given: dict[str, list[str]] = defaultdict(list)

    def issued(server: Pliant, grant: Grant, told: Form) -> Token:
        token = honest(server, grant, told)
        mine = given[grant.user.name]
        mine.append(token.access)
        if len(mine) > 2:
            server.store.tokens.pop(mine.pop(0), None)
        return token

    server.rules.oauth.issued = issued


@deviation("wrong-passwords-end-tokens", clauses=("PL-04",), case=TOKEN)
def wrong_passwords_end_tokens(server: Pliant) -> None:
    """Two wrong passwords one after the other make every token of the user worthless."""
    honest = server.rules.oauth.granted
    wrong: Counter[str] = Counter()

    def granted(server: Pliant, told: Form) -> Grant:
        name = told.get("username", "")
        try:
            grant = honest(server, told)
        except Refusal:
            wrong[name] += 1
            if wrong[name] == 2:
                mine = [key for key, token in server.store.tokens.items() if token.user.name == name]
                for key in mine:
                    del server.store.tokens[key]
            raise
        wrong[name] = 0
        return grant

    server.rules.oauth.granted = granted


@deviation("log-shows-a-later-result", clauses=("PL-26",), case=RUN)
def log_shows_a_later_result(server: Pliant) -> None:
    """The log of a run shows the outputs of the second run after it, once that one was started."""
    honest = server.rules.logs.result

    def result(run: Run) -> Any:
        runs = list(server.store.runs.values())
        later = runs[runs.index(run) + 2 :][:1]
        mixed = bool(later) and run.ended is not None and not run.workflow.fails
        return jsonio.render(later[0].outputs).decode() if mixed else honest(run)

    server.rules.logs.result = result
