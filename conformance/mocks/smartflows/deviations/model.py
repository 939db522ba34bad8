"""Rules that break only once several executions were moved, or several tokens asked for."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Reply
from conformance.mocks.smartflows.records import Execution
from conformance.mocks.smartflows.server import SmartFlows

EXECUTION = "smartflows/execution/model/lives-as-promised"
LOGIN = "smartflows/login/model/tokens-live-as-promised"


@deviation("cancel-wakes-the-one-before-last", clauses=("IN-23",), case=EXECUTION)
def cancel_wakes_the_one_before_last(server: SmartFlows) -> None:
    """Cancelling an execution lets the one that was cancelled two before it wait again."""
    honest = server.rules.commands.cancel
    cancelled: list[Execution] = []

    def cancel(server: SmartFlows, execution: Execution) -> Execution:
        cancelled.append(execution)
        if len(cancelled) > 2:
            server.rules.pace.turn(server, cancelled[-3], "Waiting")
        return honest(server, execution)

    server.rules.commands.cancel = cancel


@deviation("input-asks-the-one-before-again", clauses=("IN-15b",), case=EXECUTION)
def input_asks_the_one_before_again(server: SmartFlows) -> None:
    """Input to an execution lets the one that had input before it ask again."""
    honest = server.rules.commands.carry_on
    told: list[Execution] = []

    def carry_on(server: SmartFlows, execution: Execution) -> None:
        if execution.status == "UserInput":
            told.append(execution)
            if len(told) > 1:
                server.rules.pace.turn(server, told[-2], "UserInput")
        honest(server, execution)

    server.rules.commands.carry_on = carry_on


@deviation("third-login-ends-the-first", clauses=("IN-26b",), case=LOGIN)
def third_login_ends_the_first(server: SmartFlows) -> None:
    """Two logins last at a time: with the third one, the token of the first is worthless."""
    honest = server.rules.finish
    given: list[str] = []

    def finish(operation: str, reply: Reply) -> Reply:
        if operation == "login" and reply.status < 300:
            given.append(reply.body["tokens"][0]["token"])
            if len(given) > 2:
                server.store.tokens.pop(given.pop(0), None)
        return honest(operation, reply)

    server.rules.finish = finish
