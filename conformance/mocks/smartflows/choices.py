"""What Smart Flows' documents leave open, and how this server decides unless told otherwise."""

from __future__ import annotations

from conformance.mocks.kit.model import Choice

CHOICES = (
    Choice("created_status", ("200", "201", "202"), "The status of a call that started an execution."),
    Choice("active_status", ("200", "202"), "The status of a progress that goes on."),
    Choice("unauthorized_status", ("401", "403"), "The status for an absent, wrong or revoked key."),
    Choice("error_body", ("message", "text", "none"), "What the body of a refusal is."),
    Choice("unknown_status", ("404", "400"), "The status for an id or a name that nothing has."),
    Choice("invalid_status", ("400", "422"), "The status for input that cannot be understood."),
    Choice("user_input", ("UserInput", "User input"), "How that status is spelled, as the SDK or as the table does."),
    Choice("unfit_data", ("refused", "error"), "Well-formed XML that does not follow the flow's inputDataset."),
    Choice("absent_data", ("accepted", "refused"), "No body for a flow that has an inputDataset."),
    Choice("active_detail", ("shown", "refused"), "The detail of an execution whose status is not yet stable."),
    Choice("cancel_ended", ("ignored", "refused"), "Cancelling an execution that has ended."),
    Choice("continue_unasked", ("refused", "ignored"), "Continuing an execution that asks for nothing."),
    Choice("empty_parts", ("absent", "present"), "Schema, model and form of a progress that has nothing to show."),
    Choice("listed_state", ("absent", "present"), "The state of the executions in a list."),
    Choice("list_order", ("oldest", "newest"), "Which end of a list comes first when no order is asked for."),
    Choice("large_page", ("whole", "capped", "refused"), "A size of more than 30."),
    Choice("unknown_property", ("ignored", "refused"), "A sort or a filter by a property that is not supported."),
    Choice("filter_case", ("kept", "folded"), "Whether a filter tells upper from lower case."),
)
