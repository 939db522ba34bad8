"""What Instabase's documents leave open, and how this server decides unless told otherwise."""

from __future__ import annotations

from conformance.mocks.kit.model import Choice

CHOICES = (
    Choice("unauthorized", ("200", "401"), "The HTTP status of a refusal for want of a good token."),
    Choice("unknown_pipeline", ("refused", "ignored"), "A pipeline id among others that is unknown or hidden."),
    Choice("duplicate_pipeline", ("merged", "refused"), "A pipeline id that comes twice in one list."),
    Choice("pipeline_order", ("asked", "sorted"), "The order in which a job's new pipelines are told."),
    Choice("finished_state", ("DONE", "COMPLETE"), "The state of a job that has ended."),
    Choice("foreign_job", ("hidden", "shown"), "Whether a job is anybody's or only that of who started it."),
    Choice("id_case", ("any", "exact"), "Whether an id in upper case is the same id."),
    Choice("unknown_property", ("ignored", "refused"), "A property of a body that no document has."),
    Choice("other_media_type", ("accepted", "refused"), "A body that is called something other than JSON."),
    Choice("running_end", ("absent", "null"), "The moment of the end of a job that goes on."),
    Choice("told_progress", ("always", "at the end"), "When the status of a job tells how much of it is done."),
    Choice("results", ("one", "each step"), "What a job leaves: one result, or one of each of its two steps."),
)
