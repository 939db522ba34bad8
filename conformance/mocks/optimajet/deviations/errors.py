"""Refusals that do not say what they should."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Refusal, Reply
from conformance.mocks.optimajet.deviations._mending import mend_reply
from conformance.mocks.optimajet.server import OptimaJet


@deviation("refusal-says-success", clauses=("OJ-14",), case="optimajet/getAvailableCommands/errors/unknown-id")
def refusal_says_success(server: OptimaJet) -> None:
    """The commands of an instance that does not exist are answered with success."""
    honest = server.rules.envelope.flag

    def flag(operation: str, refusal: Refusal | None) -> bool:
        return operation == "getAvailableCommands" or honest(operation, refusal)

    server.rules.envelope.flag = flag


@deviation("refusal-without-words", clauses=("OJ-14a",), case="optimajet/createInstance/errors/reason")
def refusal_without_words(server: OptimaJet) -> None:
    """A refusal has neither error nor message."""
    server.rules.envelope.texts = lambda _, __: {"error": "", "message": ""}


@deviation("refusal-without-envelope", clauses=("OJ-14",), case="optimajet/createInstance/errors/body")
def refusal_without_envelope(server: OptimaJet) -> None:
    """A refusal is a line of plain text."""

    def refused(_: OptimaJet, __: str, refusal: Refusal) -> Reply:
        return Reply(200, refusal.message.encode(), "text/plain")

    server.rules.envelope.refused = refused


@deviation("success-denied", clauses=("OJ-14",), case="optimajet/createInstance/contract/valid-request")
def success_denied(server: OptimaJet) -> None:
    """A create that made the instance says that it failed."""
    honest = server.rules.envelope.flag
    server.rules.envelope.flag = lambda operation, refusal: (
        operation not in ("createInstance", "createInstanceWithParameters") and honest(operation, refusal)
    )


@deviation("schemes-without-success", clauses=("OJ-14",), case="optimajet/getSchemeList/contract/valid-request")
def schemes_without_success(server: OptimaJet) -> None:
    """The list of schemes does not say whether it is one."""
    mend_reply(server, ("getSchemeList",), lambda reply: reply.body.pop("success"))
