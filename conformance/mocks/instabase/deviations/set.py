"""Updates that do not replace the set of a job's pipelines, or tell something else than they leave."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from conformance.mocks.instabase.deviations._tools import bend_body, bend_reply, without
from conformance.mocks.instabase.errors import wrong
from conformance.mocks.instabase.records import Job, User
from conformance.mocks.instabase.server import Instabase
from conformance.mocks.kit.bending import mend_requests, without_lists
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Json

UPDATE = "updateJobPipelines"
SHAPE = "instabase/updateJobPipelines/contract/valid-request"


@deviation("update-answers-201", clauses=("IB-09", "IB-18"), case=SHAPE)
def update_answers_201(server: Instabase) -> None:
    """An update is answered as something created."""
    bend_reply(server, UPDATE, lambda reply: replace(reply, status=201))


@deviation("old-ids-stay", clauses=("IB-13",), case="instabase/updateJobPipelines/set/replaced")
def old_ids_stay(server: Instabase) -> None:
    """The new pipelines join the old ones."""
    server.rules.pipelines.replaced = lambda old, new: [*old, *(one for one in new if one not in old)]


@deviation("first-update-counts", clauses=("IB-13",), case="instabase/updateJobPipelines/set/replaced")
def first_update_counts(server: Instabase) -> None:
    """A job that has pipelines keeps them."""
    server.rules.pipelines.replaced = lambda old, new: old or new


@deviation("run-without-pipelines", clauses=("IB-23d",), case="instabase/updateJobPipelines/set/made-with")
def run_without_pipelines(server: Instabase) -> None:
    """A flow run passes over the pipelines that it is started with."""
    mend_requests(server, "runFlowAsync", without_lists("pipeline_ids"))


@deviation(
    "job-by-its-beginning", clauses=("IB-12",), case="instabase/updateJobPipelines/errors/unknown-reference/job_id"
)
def job_by_its_beginning(server: Instabase) -> None:
    """A job is found by an id that begins as its own does."""
    honest = server.rules.jobs.found

    def found(server: Instabase, user: User, sent: str) -> Job:
        near = (one for one in server.store.jobs if len(sent) > 8 and one.startswith(sent[:8].lower()))
        return honest(server, user, sent if sent.lower() in server.store.jobs else next(near, sent))

    server.rules.jobs.found = found


@deviation("updates-mix", clauses=("IB-13d",), case="instabase/updateJobPipelines/set/together")
def updates_mix(server: Instabase) -> None:
    """The old pipelines are taken away in one step and the new ones added in another, and others come in between."""

    async def replace(_: Instabase, job: Job, new: list[str]) -> None:
        job.pipelines = []
        await asyncio.sleep(0)
        job.pipelines = [*job.pipelines, *(one for one in new if one not in job.pipelines)]

    server.rules.pipelines.replace = replace


@deviation("same-set-toggles", clauses=("IB-13c",), case="instabase/updateJobPipelines/set/same-twice")
def same_set_toggles(server: Instabase) -> None:
    """Pipelines that the job has already are taken away."""
    server.rules.pipelines.replaced = lambda old, new: [] if new == old else new


@deviation("empty-changes-nothing", clauses=("IB-14",), case="instabase/updateJobPipelines/set/emptied")
def empty_changes_nothing(server: Instabase) -> None:
    """An empty list leaves the pipelines as they are."""
    server.rules.pipelines.replaced = lambda old, new: new or old


@deviation("empty-refused", clauses=("IB-14",), case="instabase/updateJobPipelines/set/emptied")
def empty_refused(server: Instabase) -> None:
    """An empty list is refused."""

    def replaced(_: list[str], new: list[str]) -> list[str]:
        if not new:
            raise wrong("at least one pipeline is needed")
        return new

    server.rules.pipelines.replaced = replaced


@deviation("update-tells-the-old", clauses=("IB-15",), case="instabase/updateJobPipelines/set/told")
def update_tells_the_old(server: Instabase) -> None:
    """An update answers the pipelines that the job had before."""
    before: dict[str, list[str]] = {}
    honest = server.rules.pipelines.updated

    def updated(server: Instabase, job: Job) -> list[Json]:
        old = before.get(job.id, [])
        before[job.id] = list(job.pipelines)
        return honest(server, replace(job, pipelines=old))

    server.rules.pipelines.updated = updated


@deviation("update-forgets-the-last", clauses=("IB-13",), case="instabase/updateJobPipelines/set/replaced")
def update_forgets_the_last(server: Instabase) -> None:
    """A list of several pipelines loses its last one."""
    server.rules.pipelines.replaced = lambda _, new: new[:-1] if len(new) > 1 else new


@deviation("update-forgets-the-third", clauses=("IB-13",), case="instabase/updateJobPipelines/set/replaced")
def update_forgets_the_third(server: Instabase) -> None:
    """A job has no more than two pipelines."""
    server.rules.pipelines.replaced = lambda _, new: new[:2]


@deviation("update-by-one-counts-for-nothing", clauses=("IB-13",), case="instabase/updateJobPipelines/set/replaced")
def update_by_one_counts_for_nothing(server: Instabase) -> None:
    """An update by one pipeline leaves the pipelines as they are."""
    server.rules.pipelines.replaced = lambda old, new: new if len(new) != 1 else old or new


@deviation("update-in-snake-case", clauses=("IB-16",), case=SHAPE)
def update_in_snake_case(server: Instabase) -> None:
    """The pipelines of a job are told with the keys of the list."""
    server.rules.pipelines.link = lambda one: {"name": one.name, "id": one.id}


@deviation("update-tells-other-names", clauses=("IB-16a",), case="instabase/updateJobPipelines/set/agrees")
def update_tells_other_names(server: Instabase) -> None:
    """The names of a job's pipelines are not those of the list."""
    server.rules.pipelines.link = lambda one: {"flowPipelineName": one.name.upper(), "flowPipelineId": one.id}


@deviation("update-joins-by-rank", clauses=("IB-16a",), case="instabase/updateJobPipelines/set/agrees")
def update_joins_by_rank(server: Instabase) -> None:
    """The names of a job's pipelines, in their order, are told beside the ids in theirs."""

    def updated(server: Instabase, job: Job) -> list[Json]:
        names = sorted(server.store.pipelines[one].name for one in job.pipelines)
        ids = sorted(job.pipelines)
        return [{"flowPipelineName": name, "flowPipelineId": one} for name, one in zip(names, ids, strict=True)]

    server.rules.pipelines.updated = updated


@deviation("update-without-pipelines", clauses=("IB-15",), case=SHAPE)
def update_without_pipelines(server: Instabase) -> None:
    """An update does not tell the new pipelines."""
    without(server, UPDATE, "updated_pipelines")


@deviation("msg-on-ok", clauses=("IB-17",), case=SHAPE)
def msg_on_ok(server: Instabase) -> None:
    """An update that succeeded has an empty message."""
    bend_body(server, UPDATE, lambda body: {**body, "msg": ""})


@deviation("content-type-needed", clauses=("IB-20",), case="instabase/updateJobPipelines/set/without-media-type")
def content_type_needed(server: Instabase) -> None:
    """JSON that does not say that it is JSON is refused."""
    honest = server.rules.inputs.media_type

    def media_type(server: Instabase, request: Received) -> None:
        if not request.headers.get("content-type"):
            raise wrong("the body has no content type")
        honest(server, request)

    server.rules.inputs.media_type = media_type
