"""Inputs that do not come through as they were sent, or come through to another run."""

from __future__ import annotations

import asyncio
import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from conformance.mocks.kit.bending import mend_requests
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.records import Run, Workflow
from conformance.mocks.pliant.server import Pliant

AS_SENT = "pliant/triggerWorkflow/echo/as-sent"
EACH = "pliant/triggerWorkflow/echo/each-its-own"


def _texts(server: Pliant, bend: Callable[[str], object]) -> None:
    """Let ``bend`` change every text among the inputs."""
    honest = server.rules.runs.inputs

    def inputs(workflow: Workflow, sent: Json) -> Json:
        given = honest(workflow, sent).items()
        return {name: bend(value) if isinstance(value, str) else value for name, value in given}

    server.rules.runs.inputs = inputs


def _others(server: Pliant, bend: Callable[[Any], Any]) -> None:
    """Let ``bend`` change what among the inputs is no text."""
    honest = server.rules.runs.inputs

    def inputs(workflow: Workflow, sent: Json) -> Json:
        given = honest(workflow, sent).items()
        return {name: value if isinstance(value, str) else bend(value) for name, value in given}

    server.rules.runs.inputs = inputs


@deviation("inputs-composed", clauses=("PL-10a",), case=AS_SENT)
def inputs_composed(server: Pliant) -> None:
    """A letter and its accent are made one among the inputs."""
    _texts(server, lambda text: unicodedata.normalize("NFC", text))


@deviation("inputs-cut-at-a-thousand", clauses=("PL-10a",), case=AS_SENT)
def inputs_cut_at_a_thousand(server: Pliant) -> None:
    """A text among the inputs is cut after a thousand characters."""
    _texts(server, lambda text: text[:1000])


@deviation("inputs-cut-at-64k", clauses=("PL-10a",), case=AS_SENT)
def inputs_cut_at_64k(server: Pliant) -> None:
    """A text among the inputs is cut after 65535 characters."""
    _texts(server, lambda text: text[:65_535])


@deviation("fractions-lost", clauses=("PL-10a",), case=EACH)
def fractions_lost(server: Pliant) -> None:
    """A number among the inputs loses what is behind its point."""
    _others(server, lambda value: int(value) if isinstance(value, float) else value)


@deviation("lists-are-their-first", clauses=("PL-10a",), case=EACH)
def lists_are_their_first(server: Pliant) -> None:
    """A list among the inputs is the first of its items."""
    _others(server, lambda value: value[0] if isinstance(value, list) and value else value)


@deviation("objects-lost", clauses=("PL-10a",), case=EACH)
def objects_lost(server: Pliant) -> None:
    """An object among the inputs is null."""
    _others(server, lambda value: None if isinstance(value, dict) else value)


@deviation("inputs-name-the-workflow", clauses=("PL-10",), case="pliant/triggerWorkflow/echo/unknown-input")
def inputs_name_the_workflow(server: Pliant) -> None:
    """A property of the body that is called like a parameter stands for it."""

    def mend(request: Received) -> Received:
        try:
            sent = json.loads(request.body)
        except ValueError:
            return request
        named = {name: str(sent[name]) for name in ("folder", "name") if isinstance(sent, dict) and name in sent}
        return replace(request, query=tuple({**dict(request.query), **named}.items()))

    mend_requests(server, "triggerWorkflow", mend)


@deviation("inputs-on-one-line", clauses=("PL-10a",), case=AS_SENT)
def inputs_on_one_line(server: Pliant) -> None:
    """Tabs and ends of lines are blanks among the inputs."""
    _texts(server, lambda text: text.replace("\t", " ").replace("\n", " "))


@deviation("inputs-lose-returns", clauses=("PL-10a",), case=AS_SENT)
def inputs_lose_returns(server: Pliant) -> None:
    """Ends of lines are a line feed alone among the inputs, whatever they were."""
    _texts(server, lambda text: text.replace("\r\n", "\n"))


@deviation("empty-inputs-have-defaults", clauses=("PL-10a",), case=EACH)
def empty_inputs_have_defaults(server: Pliant) -> None:
    """An empty text among the inputs is taken for one that was left out."""
    honest = server.rules.runs.inputs

    def inputs(workflow: Workflow, sent: Json) -> Json:
        return honest(workflow, {name: value for name, value in sent.items() if value != ""})

    server.rules.runs.inputs = inputs


@deviation("nothing-has-the-default", clauses=("PL-10a",), case=EACH)
def nothing_has_the_default(server: Pliant) -> None:
    """Zero, false, null and what is empty among the inputs, but for a text, are taken for what was left out."""
    honest = server.rules.runs.inputs

    def inputs(workflow: Workflow, sent: Json) -> Json:
        return honest(workflow, {name: value for name, value in sent.items() if value or value == ""})

    server.rules.runs.inputs = inputs


@deviation("nothing-is-no-output", clauses=("PL-10a", "PL-12"), case=EACH)
def nothing_is_no_output(server: Pliant) -> None:
    """An output that is zero, false or an empty list is left out."""
    honest = server.rules.runs.outputs

    def outputs(workflow: Workflow, given: Json) -> Json:
        return {name: value for name, value in honest(workflow, given).items() if value or value == ""}

    server.rules.runs.outputs = outputs


@deviation("digits-become-numbers", clauses=("PL-10a",), case=EACH)
def digits_become_numbers(server: Pliant) -> None:
    """A text of digits among the inputs is a number."""
    _texts(server, lambda text: int(text) if text.isdecimal() else text)


@deviation("runs-at-one-instant-mixed", clauses=("PL-12",), case=EACH)
def runs_at_one_instant_mixed(server: Pliant) -> None:
    """Triggers that wait at one instant are all answered with the outputs of the last of them."""
    honest = server.rules.runs.wait
    waiting: list[Run] = []

    async def wait(server: Pliant, run: Run) -> None:
        waiting.append(run)
        await asyncio.sleep(0)
        run.outputs = waiting[-1].outputs
        await honest(server, run)
        waiting.remove(run)

    server.rules.runs.wait = wait
