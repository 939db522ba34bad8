"""Pipelines listed to those who have no access to them, listed wrongly, or not at all."""

from __future__ import annotations

from dataclasses import replace

from conformance.mocks.instabase.deviations._tools import bend_body, bend_reply, without
from conformance.mocks.instabase.records import Pipeline, User
from conformance.mocks.instabase.server import Instabase
from conformance.mocks.instabase.store import READER
from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json

LIST = "listFlowPipelines"
SHAPE = "instabase/listFlowPipelines/contract/valid-request"


def _bend_each(server: Instabase, bend: Json) -> None:
    """Let every pipeline that is listed have the properties of ``bend`` too."""
    bend_body(server, LIST, lambda body: {**body, "pipelines": [{**one, **bend} for one in body["pipelines"]]})


def _without_each(server: Instabase, name: str) -> None:
    def bend(body: Json) -> Json:
        listed = [{key: value for key, value in one.items() if key != name} for one in body["pipelines"]]
        return {**body, "pipelines": listed}

    bend_body(server, LIST, bend)


@deviation("list-answers-206", clauses=("IB-01", "IB-18"), case=SHAPE)
def list_answers_206(server: Instabase) -> None:
    """The list is answered as a part of something."""
    bend_reply(server, LIST, lambda reply: replace(reply, status=206))


@deviation("everyone-sees-everything", clauses=("IB-02",), case="instabase/pipeline/visibility/hidden-list")
def everyone_sees_everything(server: Instabase) -> None:
    """Every pipeline is listed to everyone."""
    honest = server.rules.pipelines.view
    server.rules.pipelines.seen = lambda server, _: list(server.store.pipelines.values())

    def view(user: User, pipeline: Pipeline) -> Json:
        access = {user.name: READER, **pipeline.access}
        return honest(user, replace(pipeline, access=access))

    server.rules.pipelines.view = view


@deviation(
    "third-pipeline-unlisted", clauses=("IB-02",), case="instabase/api/scenario/manage-the-pipelines-of-a-job/listed"
)
def third_pipeline_unlisted(server: Instabase) -> None:
    """The list leaves the third pipeline out, which jobs can be given all the same."""
    bend_body(server, LIST, lambda body: {**body, "pipelines": body["pipelines"][:2] + body["pipelines"][3:]})


@deviation("everyone-is-the-first-user", clauses=("IB-02",), case="instabase/pipeline/visibility/stranger-list")
def everyone_is_the_first_user(server: Instabase) -> None:
    """Whoever asks sees what the first user has access to."""
    honest = server.rules.pipelines.seen

    def first(server: Instabase) -> User:
        return next(iter(server.store.users.values()))

    def view(_: User, pipeline: Pipeline) -> Json:
        return shown(first(server), pipeline)

    shown = server.rules.pipelines.view
    server.rules.pipelines.view = view
    server.rules.pipelines.seen = lambda server, _: honest(server, first(server))


@deviation("status-in-lower-case", clauses=("IB-03",), case=SHAPE)
def status_in_lower_case(server: Instabase) -> None:
    """The list says ok."""
    bend_body(server, LIST, lambda body: {**body, "status": "ok"})


@deviation("list-without-status", clauses=("IB-03", "IB-04"), case=SHAPE)
def list_without_status(server: Instabase) -> None:
    """The list does not say whether it succeeded."""
    without(server, LIST, "status")


@deviation("pipeline-without-permissions", clauses=("IB-04",), case=SHAPE)
def pipeline_without_permissions(server: Instabase) -> None:
    """A pipeline does not tell what the caller may do with it."""
    _without_each(server, "permissions")


@deviation("pipeline-without-is-manager", clauses=("IB-04",), case=SHAPE)
def pipeline_without_is_manager(server: Instabase) -> None:
    """A pipeline does not tell whether the caller manages it."""
    _without_each(server, "is_manager")


@deviation("pipelines-listed-twice", clauses=("IB-05a",), case="instabase/listFlowPipelines/pagination/union")
def pipelines_listed_twice(server: Instabase) -> None:
    """A pipeline is listed once for each of two ways to it."""
    bend_body(server, LIST, lambda body: {**body, "pipelines": [*body["pipelines"], *body["pipelines"][:1]]})


@deviation("pipelines-are-numbered", clauses=("IB-05",), case=SHAPE)
def pipelines_are_numbered(server: Instabase) -> None:
    """The id of a pipeline is no UUID."""
    _bend_each(server, {"id": "17"})


@deviation("pipeline-name-is-null", clauses=("IB-05",), case=SHAPE)
def pipeline_name_is_null(server: Instabase) -> None:
    """A pipeline has no name."""
    _bend_each(server, {"name": None})


@deviation("permissions-without-prefix", clauses=("IB-06",), case=SHAPE)
def permissions_without_prefix(server: Instabase) -> None:
    """Permissions are told without what they are permissions of."""
    _bend_each(server, {"permissions": ["read"]})


@deviation("permissions-twice", clauses=("IB-06a",), case="instabase/listFlowPipelines/set/unique")
def permissions_twice(server: Instabase) -> None:
    """A permission is told twice."""
    _bend_each(server, {"permissions": ["flow_pipeline:read", "flow_pipeline:read"]})


@deviation("is-manager-is-text", clauses=("IB-07",), case=SHAPE)
def is_manager_is_text(server: Instabase) -> None:
    """Whether the caller manages a pipeline is told as a text."""
    _bend_each(server, {"is_manager": "true"})


@deviation("own-pipeline-missing", clauses=("IB-02",), case="instabase/pipeline/visibility/listed")
def own_pipeline_missing(server: Instabase) -> None:
    """The first pipeline is never listed."""
    bend_body(server, LIST, lambda body: {**body, "pipelines": body["pipelines"][1:]})


@deviation("shared-with-the-first", clauses=("IB-02",), case="instabase/pipeline/visibility/shared-list")
def shared_with_the_first(server: Instabase) -> None:
    """A pipeline is listed to the first of those with access alone."""
    server.rules.auth.may_see = lambda user, pipeline: user.name == next(iter(pipeline.access))


@deviation("rights-of-the-first", clauses=("IB-06b",), case="instabase/pipeline/visibility/rights/shared")
def rights_of_the_first(server: Instabase) -> None:
    """Whoever asks is told the permissions of the first of those with access."""
    honest = server.rules.pipelines.view
    server.rules.pipelines.view = lambda user, pipeline: {
        **honest(user, pipeline),
        "permissions": list(next(iter(pipeline.access.values())).permissions),
    }


@deviation("nobody-manages", clauses=("IB-06b",), case="instabase/pipeline/visibility/rights/shown")
def nobody_manages(server: Instabase) -> None:
    """No caller is told that it manages a pipeline."""
    _bend_each(server, {"is_manager": False})
