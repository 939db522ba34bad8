"""Inputs that do not come through as they were sent, or come through to another run."""

from __future__ import annotations

import asyncio
import html
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from conformance.mocks.kit import jsonio
from conformance.mocks.kit.bending import mend_requests
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.deviations._tools import sent_in
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


@deviation("true-is-one", clauses=("PL-10a",), case=EACH)
def true_is_one(server: Pliant) -> None:
    """An input that is true is the number one."""
    _others(server, lambda value: 1 if value is True else value)


@deviation("numbers-lost-at-an-address", clauses=("PL-30",), case="pliant/triggerWorkflowAtPath/echo/each-its-own")
def numbers_lost_at_an_address(server: Pliant) -> None:
    """A number among the inputs of a workflow that is started at its address is null."""

    def mend(request: Received) -> Received:
        kept = {name: None if isinstance(value, float) else value for name, value in sent_in(request).items()}
        return replace(request, body=json.dumps(kept).encode()) if kept else request

    mend_requests(server, "triggerWorkflowAtPath", mend)


@deviation("inputs-decoded", clauses=("PL-10a",), case=AS_SENT)
def inputs_decoded(server: Pliant) -> None:
    """A text among the inputs is taken for part of an address, in which a percent sign stands for a letter."""
    _texts(server, unquote)


@deviation("entities-decoded", clauses=("PL-10a",), case=AS_SENT)
def entities_decoded(server: Pliant) -> None:
    """A text among the inputs is taken for HTML, in which an ampersand stands for a letter."""
    _texts(server, html.unescape)


@deviation("odd-blanks-made-plain", clauses=("PL-10a",), case=AS_SENT)
def odd_blanks_made_plain(server: Pliant) -> None:
    """A blank at which no line breaks is like any other among the inputs."""
    _texts(server, lambda text: text.replace("\xa0", " "))


@deviation("unwaited-inputs-trimmed", clauses=("PL-10a",), case="pliant/triggerWorkflow/job/twins-agree")
def unwaited_inputs_trimmed(server: Pliant) -> None:
    """The inputs of a run that nobody waits for lose the blanks around them."""
    honest = server.rules.trigger.acceptance

    def acceptance(server: Pliant, run: Run) -> Json:
        run.outputs = {name: it.strip() if isinstance(it, str) else it for name, it in run.outputs.items()}
        return honest(server, run)

    server.rules.trigger.acceptance = acceptance


@deviation("objects-lost", clauses=("PL-10a",), case=EACH)
def objects_lost(server: Pliant) -> None:
    """An object among the inputs is null."""
    _others(server, lambda value: None if isinstance(value, dict) else value)


def _bent(value: Any, bend: Callable[[Any], Any]) -> Any:
    """``value`` with everything in it changed by ``bend``, the innermost first."""
    if isinstance(value, dict):
        return bend({name: _bent(one, bend) for name, one in value.items()})
    return bend([_bent(one, bend) for one in value] if isinstance(value, list) else value)


def _within(server: Pliant, bend: Callable[[Any], Any]) -> None:
    """Let ``bend`` change everything within what among the inputs is no text."""
    _others(server, lambda value: _bent(value, bend))


@deviation("numbers-rounded", clauses=("PL-10a",), case=EACH)
def numbers_rounded(server: Pliant) -> None:
    """A number among the inputs has two digits behind its point."""
    _within(server, lambda one: round(one, 2) if isinstance(one, float) else one)


@deviation("numbers-of-32-bits", clauses=("PL-10a",), case=EACH)
def numbers_of_32_bits(server: Pliant) -> None:
    """A number among the inputs is no larger than 32 bits hold."""
    _within(server, lambda one: min(one, 2**31 - 1) if isinstance(one, int) and not isinstance(one, bool) else one)


@deviation("lists-cut-at-ten", clauses=("PL-10a",), case=EACH)
def lists_cut_at_ten(server: Pliant) -> None:
    """A list among the inputs ends after ten items."""
    _within(server, lambda one: one[:10] if isinstance(one, list) else one)


@deviation("lists-of-one-unwrapped", clauses=("PL-10a",), case=EACH)
def lists_of_one_unwrapped(server: Pliant) -> None:
    """A list of one item within an input is that item."""
    _within(server, lambda one: one[0] if isinstance(one, list) and len(one) == 1 else one)


@deviation("nulls-within-lost", clauses=("PL-10a",), case=EACH)
def nulls_within_lost(server: Pliant) -> None:
    """A property that is null is left out of an object among the inputs."""
    _within(
        server,
        lambda one: {name: it for name, it in one.items() if it is not None} if isinstance(one, dict) else one,
    )


@deviation("names-within-in-lower-case", clauses=("PL-10a",), case=EACH)
def names_within_in_lower_case(server: Pliant) -> None:
    """The names within an object among the inputs lose their capital letters."""
    _within(server, lambda one: {name.lower(): it for name, it in one.items()} if isinstance(one, dict) else one)


@deviation("texts-within-are-read", clauses=("PL-10a",), case=EACH)
def texts_within_are_read(server: Pliant) -> None:
    """A text within an object among the inputs that is JSON of a list is that list."""

    def read(one: Any) -> Any:
        try:
            return jsonio.parse(one.encode()) if isinstance(one, str) and one[:1] == "[" else one
        except ValueError:
            return one

    _within(server, read)


@deviation("days-within-are-moments", clauses=("PL-10a",), case=EACH)
def days_within_are_moments(server: Pliant) -> None:
    """A text within an object among the inputs that is a day is its first moment."""
    _within(
        server,
        lambda one: f"{one}T00:00:00Z" if isinstance(one, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", one) else one,
    )


@deviation("inputs-name-the-workflow", clauses=("PL-10",), case="pliant/triggerWorkflow/echo/unknown-input")
def inputs_name_the_workflow(server: Pliant) -> None:
    """A property of the body that is called like a parameter stands for it."""

    def mend(request: Received) -> Received:
        sent = sent_in(request)
        query = dict(request.query)
        query.update((name, str(sent[name])) for name in ("folder", "name") if name in sent)
        return replace(request, query=tuple(query.items()))

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


@deviation("results-at-one-instant-mixed", clauses=("PL-26",), case="pliant/triggerWorkflow/job/twins-agree")
def results_at_one_instant_mixed(server: Pliant) -> None:
    """Triggers that wait at one instant are answered right, and each of their logs has the outputs of the last."""
    honest, shown = server.rules.runs.wait, server.rules.logs.result
    waiting: list[Run] = []
    kept: dict[str, Run] = {}

    async def wait(server: Pliant, run: Run) -> None:
        waiting.append(run)
        await asyncio.sleep(0)
        kept[run.id] = waiting[-1]
        await honest(server, run)
        waiting.remove(run)

    server.rules.runs.wait = wait
    server.rules.logs.result = lambda run: shown(replace(run, outputs=kept.get(run.id, run).outputs))
