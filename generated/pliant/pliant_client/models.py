"""The models of Pliant workflow trigger."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import MISSING, ConfigDict, Field, RootModel

from pliant_client.base_model import Model


class GrantType(StrEnum):
    """
    What the token is asked for; the publication prints password, and issues refresh tokens.
    """

    PASSWORD = "password"
    REFRESH_TOKEN = "refresh_token"


class QueryInputs(RootModel[dict[str, str]]):
    root: dict[str, str]


class Token(Model):
    access_token: Annotated[str, Field(min_length=1)]
    token_type: Literal["bearer"]
    refresh_token: Annotated[str, Field(min_length=1)]
    expires_in: Annotated[int, Field(ge=1)]
    """Seconds that the access token lives."""
    scope: str
    """Scopes with spaces between, in any order."""
    jti: UUID
    """Names the token."""


class TokenRequest(Model):
    grant_type: GrantType
    username: str | MISSING = MISSING
    """Goes with password."""
    password: str | MISSING = MISSING
    """Goes with username."""
    refresh_token: str | MISSING = MISSING
    """Goes with a grant type of its own."""
    scope: str | MISSING = MISSING
    """Scopes with spaces between; limits nothing yet."""


class WorkflowInputs(Model):
    """Inputs by name; a property that is no input of the workflow is passed over."""

    model_config = ConfigDict(extra="allow")


class WorkflowOutputs(Model):
    """Outputs by name."""

    model_config = ConfigDict(extra="allow")


class WorkflowRun(Model):
    """A run that was started. After a synchronous one every property without a dollar is an output of the workflow."""

    model_config = ConfigDict(extra="allow")
    field_uuid: Annotated[UUID, Field(alias="$uuid")]
    """Names the run."""
    field_runner: Annotated[UUID, Field(alias="$runner")]
    """The worker that took part last."""
    field_status: Annotated[str, Field(alias="$status")]
    """C for a synchronous run that ended well, R for one that goes on, which the publication also spells Running. What a failed run has is not written."""


class ExecutionLog(Model):
    """One run. A COMPLETED one is what the publication prints: every moment but timePaused is known, and result and error are texts; timePaused is null for one that did not pause. While a run goes on, what is not known yet is null, or left out."""

    id: UUID
    """The $uuid of the run."""
    flow_uri: Annotated[str | MISSING, Field(alias="flowUri")] = MISSING
    """Owner, folders and name of the workflow, with slashes between."""
    user_name: Annotated[str | MISSING, Field(alias="userName")] = MISSING
    """A user's name; whether the owner's or the caller's is not written."""
    runner: UUID | None | MISSING = MISSING
    """The worker that took part last."""
    status: str
    """COMPLETED when the run has ended well; no other word is written."""
    time_started: Annotated[int | None | MISSING, Field(alias="timeStarted", ge=1000000000000)] = MISSING
    """Milliseconds since 1970, as of 2001 or later; null while it has not come."""
    time_ended: Annotated[int | None | MISSING, Field(alias="timeEnded", ge=1000000000000)] = MISSING
    """Milliseconds since 1970, as of 2001 or later; null while it has not come."""
    time_queued: Annotated[int | None | MISSING, Field(alias="timeQueued", ge=1000000000000)] = MISSING
    """Milliseconds since 1970, as of 2001 or later; null while it has not come."""
    time_paused: Annotated[int | None | MISSING, Field(alias="timePaused", ge=1000000000000)] = MISSING
    """Milliseconds since 1970, as of 2001 or later; null while it has not come."""
    time_ran: Annotated[int | None | MISSING, Field(alias="timeRan", ge=1000000000000)] = MISSING
    """Milliseconds since 1970, as of 2001 or later; null while it has not come."""
    duration: Annotated[int | None | MISSING, Field(ge=0)] = MISSING
    duration_queued: Annotated[int | None | MISSING, Field(alias="durationQueued", ge=0)] = MISSING
    duration_paused: Annotated[int | None | MISSING, Field(alias="durationPaused", ge=0)] = MISSING
    success: bool | None | MISSING = MISSING
    result: Annotated[
        str | None | MISSING, Field(json_schema_extra={"contentMediaType": "application/json"})
    ] = MISSING
    """The workflow's outputs as a text that is JSON."""
    error: str | None | MISSING = MISSING
    """Empty when nothing went wrong."""
    state: Any | MISSING = MISSING
    """Null in the only log that is printed."""
