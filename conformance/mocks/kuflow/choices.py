"""What KuFlow's document leaves open, and how this server decides unless told otherwise."""

from __future__ import annotations

from conformance.mocks.kit.model import Choice

CHOICES = (
    Choice("hidden_resource", ("404", "403"), "The status for a resource that exists but is not the caller's."),
    Choice("hidden_id", ("conflict", "hidden"), "A create whose id belongs to a resource the caller cannot see."),
    Choice("other_body", ("existing", "refused"), "A create that repeats an id with another body."),
    Choice("uuid_case", ("lower", "kept"), "How an id sent in upper case is shown afterwards."),
    Choice("unknown_sort", ("refused", "ignored"), "A sort property or direction that is not documented."),
    Choice("absent_moment", ("last", "first"), "Where items without the moment sorted by are put."),
    Choice("pages_of_size_zero", ("0", "1"), "The totalPages of a page of size 0."),
    Choice("past_the_end", ("empty", "refused", "last"), "The page after the last one."),
    Choice("undocumented_transition", ("refused", "ignored"), "A command in a state that it is not documented for."),
    Choice("repeat_completion", ("ignored", "refused"), "Completing a task that is completed already."),
    Choice("changes_after_end", ("refused", "accepted"), "Data, logs and items added after a final state."),
    Choice("tasks_of_completed", ("kept", "cancelled"), "The open tasks of a process that is completed."),
    Choice("assigned_state", ("CLAIMED", "READY"), "The state of a READY task after it is assigned."),
    Choice("owned_state", ("READY", "CLAIMED"), "The state of a task created with an owner."),
    Choice("default_initiator", ("caller", "absent"), "The initiator of a process created without one."),
    Choice("both_options", ("id", "refused"), "A principal named by id and by e-mail address at once."),
    Choice("no_option", ("refused", "ignored"), "A change of initiator or owner that names nobody."),
    Choice("failed_patch", ("400", "409", "422"), "The status for a JSON Patch that cannot be applied."),
    Choice("invalid_input", ("400", "422"), "The status for input that breaks the written contract."),
    Choice("needless_input", ("refused", "ignored"), "A wrong value of a read-only property, or a `from` of no use."),
    Choice("valid_errors", ("absent", "empty"), "The errors of valid JSON data."),
)
