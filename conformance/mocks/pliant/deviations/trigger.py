"""Triggers that find the wrong workflow, or run it otherwise than asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received, Refusal, Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.pliant.deviations._tools import answer_with, bend_body, bend_query, without
from conformance.mocks.pliant.errors import invalid
from conformance.mocks.pliant.records import Run, Workflow
from conformance.mocks.pliant.runs import finish, length
from conformance.mocks.pliant.server import Pliant
from conformance.mocks.pliant.store import SLOW

TRIGGER = "triggerWorkflow"


@deviation("trigger-answers-202", clauses=("PL-07",), case="pliant/triggerWorkflow/contract/valid-request")
def trigger_answers_202(server: Pliant) -> None:
    """A trigger is answered as accepted."""
    answer_with(server, TRIGGER, 202)


@deviation("unknown-input-refused", clauses=("PL-10",), case="pliant/triggerWorkflow/echo/unknown-input")
def unknown_input_refused(server: Pliant) -> None:
    """A property that is no input of the workflow makes the trigger fail."""
    honest = server.rules.runs.inputs

    def inputs(workflow: Workflow, sent: Json) -> Json:
        if sent.keys() - workflow.inputs.keys():
            raise invalid("no such input")
        return honest(workflow, sent)

    server.rules.runs.inputs = inputs


@deviation("outputs-trimmed", clauses=("PL-10a",), case="pliant/triggerWorkflow/echo/as-sent")
def outputs_trimmed(server: Pliant) -> None:
    """A text among the inputs loses the blanks around it."""
    honest = server.rules.runs.inputs
    server.rules.runs.inputs = lambda workflow, sent: {
        name: value.strip() if isinstance(value, str) else value for name, value in honest(workflow, sent).items()
    }


@deviation("inputs-dropped", clauses=("PL-10a",), case="pliant/triggerWorkflow/echo/outputs")
def inputs_dropped(server: Pliant) -> None:
    """A workflow runs with its defaults, whatever was sent."""
    server.rules.runs.inputs = lambda workflow, _: dict(workflow.inputs)


@deviation("sync-does-not-wait", clauses=("PL-11",), case="pliant/triggerWorkflow/echo/outputs")
def sync_does_not_wait(server: Pliant) -> None:
    """A synchronous trigger is answered like an asynchronous one."""
    bend_query(server, TRIGGER, lambda query: {**query, "sync": "false"})


@deviation("sync-answers-too-early", clauses=("PL-11",), case="pliant/triggerWorkflow/job/ended-when-answered")
def sync_answers_too_early(server: Pliant) -> None:
    """A synchronous trigger answers with the outputs while the run still goes on."""

    async def wait(_: Pliant, __: Run) -> None:
        return None

    server.rules.runs.wait = wait
    server.rules.runs.over = lambda _, run, __: run.reads > 1
    server.rules.trigger.outcome = lambda server, run: {
        **run.outputs,
        **server.rules.trigger.keys(server, run),
        "$status": "C",
    }


@deviation("sync-answers-while-it-runs", clauses=("PL-11",), case="pliant/triggerWorkflow/job/waits-too/slow")
def sync_answers_while_it_runs(server: Pliant) -> None:
    """A synchronous run answers at once what will come of it, and is told as ended before it has."""

    async def wait(server: Pliant, run: Run) -> None:
        run.ended = run.ran + timedelta(seconds=length(server, run))

    server.rules.runs.wait = wait


@deviation("sync-waits-a-second", clauses=("PL-11",), case="pliant/triggerWorkflow/job/waits-too/slow")
def sync_waits_a_second(server: Pliant) -> None:
    """A synchronous trigger of what takes longer than a second is answered like an asynchronous one."""
    honest = server.rules.runs.wait

    async def wait(server: Pliant, run: Run) -> None:
        if run.workflow.seconds <= 1:
            await honest(server, run)

    server.rules.runs.wait = wait


@deviation("sync-forgets-the-outputs", clauses=("PL-12",), case="pliant/triggerWorkflow/echo/outputs")
def sync_forgets_the_outputs(server: Pliant) -> None:
    """A synchronous trigger answers without the outputs of the workflow."""
    without(server, TRIGGER, "output")


@deviation("slow-sync-without-outputs", clauses=("PL-12",), case="pliant/triggerWorkflow/job/waits-too/slow")
def slow_sync_without_outputs(server: Pliant) -> None:
    """A synchronous trigger of a slow workflow is answered without its outputs."""
    honest = server.rules.trigger.outcome

    def outcome(server: Pliant, run: Run) -> Json:
        return server.rules.trigger.keys(server, run) if run.workflow.name == SLOW else honest(server, run)

    server.rules.trigger.outcome = outcome


@deviation("outputs-nested", clauses=("PL-12",), case="pliant/triggerWorkflow/echo/outputs")
def outputs_nested(server: Pliant) -> None:
    """The outputs stand in an object of their own instead of beside the other keys."""
    server.rules.trigger.outcome = lambda server, run: {
        "outputs": run.outputs,
        **server.rules.trigger.keys(server, run),
    }


@deviation("uuid-repeated", clauses=("PL-13",), case="pliant/triggerWorkflow/job/distinct")
def uuid_repeated(server: Pliant) -> None:
    """Every run has the id of the first one."""
    honest = server.rules.runs.new_id
    server.rules.runs.new_id = lambda server: next(iter(server.store.runs), None) or honest(server)


@deviation("uuid-no-uuid", clauses=("PL-13a",), case="pliant/triggerWorkflow/contract/valid-request")
def uuid_no_uuid(server: Pliant) -> None:
    """Runs are numbered."""
    server.rules.runs.new_id = lambda server: str(len(server.store.runs) + 1)


@deviation("runner-is-a-name", clauses=("PL-14",), case="pliant/triggerWorkflow/contract/valid-request")
def runner_is_a_name(server: Pliant) -> None:
    """The worker is told by its host name."""
    bend_body(server, TRIGGER, lambda body: {**body, "$runner": "worker-1"})


@deviation("sync-status-is-a-word", clauses=("PL-15",), case="pliant/triggerWorkflow/job/synchronous-start")
def sync_status_is_a_word(server: Pliant) -> None:
    """A synchronous run that ended well says so with a word."""
    honest = server.rules.trigger.letter
    server.rules.trigger.letter = lambda run: "COMPLETED" if honest(run) == "C" else honest(run)


@deviation("waits-unless-told", clauses=("PL-16",), case="pliant/triggerWorkflow/job/accepted/default")
def waits_unless_told(server: Pliant) -> None:
    """Leaving sync out means waiting for the end."""
    bend_query(server, TRIGGER, lambda query: {"sync": "true", **query})


@deviation("any-sync-waits", clauses=("PL-16",), case="pliant/triggerWorkflow/job/accepted/explicit")
def any_sync_waits(server: Pliant) -> None:
    """Sending sync at all means waiting for the end, false included."""
    bend_query(server, TRIGGER, lambda query: {**query, "sync": "true"} if "sync" in query else query)


@deviation("slow-run-waited-for", clauses=("PL-16", "PL-18"), case="pliant/triggerWorkflow/job/accepted/slow")
def slow_run_waited_for(server: Pliant) -> None:
    """A slow workflow is waited for, whatever sync says."""

    def bend(query: dict[str, str]) -> dict[str, str]:
        return {**query, "sync": "true"} if query.get("name") == SLOW else query

    bend_query(server, TRIGGER, bend)


@deviation("start-blocks", clauses=("PL-16",), case="pliant/triggerWorkflow/job/ends-too/slow")
def start_blocks(server: Pliant) -> None:
    """An asynchronous trigger is answered as one, but not before the run has ended."""
    honest = server.rules.trigger.acceptance

    def acceptance(server: Pliant, run: Run) -> Json:
        told = honest(server, run)
        finish(server, run)
        return told

    server.rules.trigger.acceptance = acceptance


def _only_post(name: str, request: Received) -> Received:
    if name == "triggerWorkflowAtPathByGet":
        raise Refusal(405, "no such method here")
    return request


@deviation("no-get", clauses=("PL-30",), case="pliant/triggerWorkflowAtPathByGet/contract/valid-request")
def no_get(server: Pliant) -> None:
    """The address of a workflow takes POST only."""
    server.rules.receive = _only_post


@deviation("get-starts-nothing", clauses=("PL-30", "PL-31"), case="pliant/triggerWorkflowAtPathByGet/echo/defaults")
def get_starts_nothing(server: Pliant) -> None:
    """A GET of a workflow's address answers, and nothing has run."""
    honest = server.rules.finish

    def finish(name: str, reply: Reply) -> Reply:
        told = honest(name, reply)
        return replace(told, body={}) if name == "triggerWorkflowAtPathByGet" and told.status == 200 else told

    server.rules.finish = finish


@deviation("defaults-forgotten", clauses=("PL-31",), case="pliant/triggerWorkflowAtPathByGet/echo/defaults")
def defaults_forgotten(server: Pliant) -> None:
    """An input that is left out is null."""
    server.rules.runs.inputs = lambda workflow, sent: {name: sent.get(name) for name in workflow.inputs}


@deviation("unwaited-run-forgets", clauses=("PL-26",), case="pliant/triggerWorkflow/job/twins-agree")
def unwaited_run_forgets(server: Pliant) -> None:
    """A run that nobody waits for loses its outputs."""
    honest = server.rules.trigger.acceptance

    def acceptance(server: Pliant, run: Run) -> Json:
        run.outputs = {}
        return honest(server, run)

    server.rules.trigger.acceptance = acceptance
