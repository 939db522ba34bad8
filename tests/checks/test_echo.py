"""Texts that come back as they were sent, from a workflow of which that is known."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from bent import judged, subject

from conformance.contract.message import Reply, Wire
from conformance.engine.suite import Subject
from conformance.mocks.pliant.errors import invalid

AS_SENT, IN_THE_LOG = "triggerWorkflow/echo/as-sent", "triggerWorkflow/job/same-result"


def of_other_outputs(whole: Subject) -> Subject:
    """The same, in an environment whose workflow gives something else than it is given."""
    whole.target.fixtures["workflow_outputs"] = {"output": "HELLO PLIANT!"}
    return whole


def test_nothing_is_claimed_of_a_workflow_that_repeats_no_text() -> None:
    assert judged(of_other_outputs(subject("pliant", AS_SENT))).verdict == "NOT_APPLICABLE"
    assert judged(of_other_outputs(subject("pliant", IN_THE_LOG))).verdict == "PASS"


def test_a_log_is_held_against_its_reply_where_no_inputs_are_known() -> None:
    whole = subject("pliant", IN_THE_LOG)
    del whole.target.fixtures["workflow_inputs"]
    assert judged(whole).verdict == "PASS"


@pytest.mark.parametrize(
    "spoil",
    [
        str.strip,
        str.casefold,
        str.expandtabs,
        lambda text: text[:1024],
        lambda text: text.encode()[:4096].decode(errors="ignore"),
        lambda text: text.replace("&", "&amp;"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("  ", " "),
        lambda text: text.replace('"', "'"),
        lambda text: text.replace("\\", "/"),
        lambda text: unicodedata.normalize("NFC", text),
        lambda text: unicodedata.normalize("NFKC", text),
    ],
)
def test_a_text_that_is_changed_on_its_way_is_noticed(spoil: Any) -> None:
    def bend(server: Any) -> None:
        honest = server.rules.runs.inputs
        server.rules.runs.inputs = lambda workflow, sent: {
            name: spoil(value) for name, value in honest(workflow, sent).items()
        }

    assert judged(subject("pliant", AS_SENT, bend)).verdict == "FAIL"


def test_nothing_is_claimed_of_starts_at_one_instant_that_repeat_no_text() -> None:
    assert judged(of_other_outputs(subject("pliant", "triggerWorkflow/echo/each-its-own"))).verdict == "NOT_APPLICABLE"


@pytest.mark.parametrize(
    ("spoil", "verdict"),
    [
        (str, "PASS"),
        (lambda value: "" if value == [] else str(value).lower(), "PASS"),
        (lambda value: value or None, "FAIL"),
        (bool, "FAIL"),
    ],
)
def test_what_is_nothing_may_come_back_as_a_text(spoil: Any, verdict: str) -> None:
    def bend(server: Any) -> None:
        honest = server.rules.runs.inputs
        server.rules.runs.inputs = lambda workflow, sent: {
            name: value if isinstance(value, str) else spoil(value) for name, value in honest(workflow, sent).items()
        }

    assert judged(subject("pliant", "triggerWorkflow/echo/each-its-own", bend)).verdict == verdict


@pytest.mark.parametrize("fails", [False, True], ids=["refused", "run that fails"])
def test_a_workflow_may_take_texts_alone(fails: bool) -> None:
    def bend(server: Any) -> None:
        honest = server.rules.runs.started

        def started(server: Any, caller: Any, workflow: Any, sent: Any) -> Any:
            if all(isinstance(value, str) for value in sent.values()):
                return honest(server, caller, workflow, sent)
            if not fails:
                raise invalid("a text is needed")
            return honest(server, caller, replace(workflow, fails=True), sent)

        server.rules.runs.started = started

    assert judged(subject("pliant", "triggerWorkflow/echo/each-its-own", bend)).verdict == "PASS"


def test_a_path_is_held_against_another_identity_where_there_is_one() -> None:
    whole = subject("pliant", "readExecutionLog/rules/holds/flowUri-for-another")
    assert judged(whole).verdict == "PASS"
    del whole.target.identities["other"]
    assert judged(whole).verdict == "SKIPPED"


def test_a_server_may_refuse_such_a_text() -> None:
    def bounded(wire: Wire, reply: Reply) -> Reply:
        return replace(reply, status=413) if len(wire.content) > 1000 else reply

    line = judged(subject("pliant", AS_SENT), answered=bounded)
    assert line.verdict == "INCONCLUSIVE"
    assert line.reason.startswith("the server takes no such text: status 413")
