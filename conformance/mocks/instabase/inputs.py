"""Bodies held against what is written about them, before anything is looked up or changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from conformance.mocks.instabase.errors import wrong
from conformance.mocks.kit import jsonio
from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Json

if TYPE_CHECKING:
    from conformance.mocks.instabase.server import Instabase

JOB_TYPES = ("flow", "refiner", "job", "async", "group")


class Params(BaseModel):
    """A body; what else it holds is kept apart."""

    model_config = ConfigDict(extra="allow")


class UpdateParams(Params):
    """The body of updateJobPipelines."""

    job_id: StrictStr
    pipeline_ids: list[StrictStr]


class RunParams(Params):
    """The body of runFlowAsync."""

    input_dir: StrictStr
    pipeline_ids: list[StrictStr] = []
    tags: list[StrictStr] = []


P = TypeVar("P", bound=Params)


def media_type(server: Instabase, request: Received) -> None:
    """Refuse a body that is called something other than JSON, if this server minds; none given is fine."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in ("", "application/json") and server.choices["other_media_type"] == "refused":
        raise wrong("the body must be JSON")


def parsed(raw: bytes) -> Json:
    """The JSON object of a body; refuses anything else."""
    try:
        value: Any = jsonio.parse(raw)
    except ValueError:
        raise wrong("the body is not JSON") from None
    if not isinstance(value, dict):
        raise wrong("the body is no JSON object")
    return value


def params(server: Instabase, kind: type[P], request: Received) -> P:
    """The body as ``kind``; refuses what breaks a type or leaves out what is required."""
    server.rules.inputs.media_type(server, request)
    try:
        told = kind.model_validate(server.rules.inputs.parsed(request.body))
    except ValidationError as error:
        first = error.errors()[0]
        raise wrong(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    if told.model_extra and server.choices["unknown_property"] == "refused":
        raise wrong(f"unknown: {', '.join(told.model_extra)}")
    return told


def query(request: Received) -> tuple[str, str]:
    """The job and its type in the query of getJobStatus; refuses their absence, and types that there are not."""
    told = dict(request.query)
    for name in ("job_id", "type"):
        if not told.get(name):
            raise wrong(f"{name} is needed")
    if told["type"] not in JOB_TYPES:
        raise wrong(f"no such type: {told['type']}")
    return told["job_id"], told["type"]


@dataclass
class InputRules:
    """What of a request is refused."""

    media_type: Callable[[Instabase, Received], None] = media_type
    parsed: Callable[[bytes], Json] = parsed
    query: Callable[[Received], tuple[str, str]] = query
