"""Pipelines: listed as far as the caller has access, and given to jobs as a whole set at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.instabase.errors import wrong
from conformance.mocks.instabase.inputs import UpdateParams, params
from conformance.mocks.instabase.records import Job, Pipeline, User
from conformance.mocks.kit.http import Received, Reply
from conformance.mocks.kit.model import Json

if TYPE_CHECKING:
    from conformance.mocks.instabase.server import Instabase


def seen(server: Instabase, user: User) -> list[Pipeline]:
    """The pipelines that a user has access to."""
    return [one for one in server.store.pipelines.values() if server.rules.auth.may_see(user, one)]


def view(user: User, pipeline: Pipeline) -> Json:
    """A pipeline as the user that has access to it sees it."""
    access = pipeline.access[user.name]
    return {
        "name": pipeline.name,
        "id": pipeline.id,
        "permissions": list(access.permissions),
        "is_manager": access.manages,
    }


def link(pipeline: Pipeline) -> Json:
    """A pipeline as a job has it."""
    return {"flowPipelineName": pipeline.name, "flowPipelineId": pipeline.id}


def key(server: Instabase, sent: str) -> str:
    """An id as it is looked up."""
    return sent.lower() if server.choices["id_case"] == "any" else sent


def wanted(server: Instabase, user: User, sent: Iterable[str]) -> list[str]:
    """The ids of the pipelines that are meant, each once; refuses the whole list for one that is wrong."""
    ids = [key(server, one) for one in sent]
    if len(set(ids)) < len(ids) and server.choices["duplicate_pipeline"] == "refused":
        raise wrong("a pipeline comes twice")
    known = {pipeline.id for pipeline in server.rules.pipelines.seen(server, user)}
    if not known.issuperset(ids) and server.choices["unknown_pipeline"] == "refused":
        raise wrong("there is no such pipeline")
    return [one for one in dict.fromkeys(ids) if one in known]


def replaced(_: list[str], new: list[str]) -> list[str]:
    """The pipelines of a job after an update: the new ones, and none of the old."""
    return new


async def replace(server: Instabase, job: Job, new: list[str]) -> None:
    """Give a job its new pipelines, at once."""
    job.pipelines = server.rules.pipelines.replaced(job.pipelines, new)


def updated(server: Instabase, job: Job) -> list[Json]:
    """The pipelines of a job as an update answers them."""
    ids = sorted(job.pipelines) if server.choices["pipeline_order"] == "sorted" else job.pipelines
    return [server.rules.pipelines.link(server.store.pipelines[one]) for one in ids]


@dataclass
class PipelineRules:
    """Who sees what, and what an update leaves."""

    seen: Callable[[Instabase, User], list[Pipeline]] = seen
    view: Callable[[User, Pipeline], Json] = view
    link: Callable[[Pipeline], Json] = link
    wanted: Callable[[Instabase, User, Iterable[str]], list[str]] = wanted
    replaced: Callable[[list[str], list[str]], list[str]] = replaced
    replace: Callable[[Instabase, Job, list[str]], Awaitable[None]] = replace
    updated: Callable[[Instabase, Job], list[Json]] = updated


async def find(server: Instabase, user: User, _: Received) -> Reply:
    """listFlowPipelines."""
    rules = server.rules.pipelines
    listed = [rules.view(user, pipeline) for pipeline in rules.seen(server, user)]
    return Reply(200, {"status": "OK", "pipelines": listed})


async def update(server: Instabase, user: User, request: Received) -> Reply:
    """updateJobPipelines."""
    told, rules = params(server, UpdateParams, request), server.rules.pipelines
    job = server.rules.jobs.found(server, user, told.job_id)
    new = rules.wanted(server, user, told.pipeline_ids)
    await rules.replace(server, job, new)
    return Reply(200, {"status": "OK", "updated_pipelines": rules.updated(server, job)})
