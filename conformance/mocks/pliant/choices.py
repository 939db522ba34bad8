"""What Pliant's documents leave open, and how this server decides unless told otherwise.

The words FAILED and RUNNING in a log, and the letter F in a reply, are this server's own: no document has them.
"""

from __future__ import annotations

from conformance.mocks.kit.model import Choice

CHOICES = (
    Choice("folder_form", ("either", "bare", "rooted"), "Whether a folder is named with a leading User/."),
    Choice("wrong_password", ("400", "401"), "The status for a user name or password that is wrong."),
    Choice("unauthorized", ("401", "403", "302"), "The status for a call without a token that is good."),
    Choice("unknown_workflow", ("404", "400"), "The status for owner, folder and name that lead to no workflow."),
    Choice("unknown_log", ("404", "400"), "The status for a log that does not exist."),
    Choice(
        "unfinished_log",
        ("shown", "hidden", "sparse", "early"),
        "Whether a run that goes on has a log, or what it is refused with, and what is not known yet.",
    ),
    Choice("foreign_log", ("shown", "hidden"), "Whether the log of a run is shown to others than who started it."),
    Choice("log_user", ("owner", "caller"), "The user that a log names."),
    Choice("failed_run", ("shown", "400", "500"), "A synchronous run that fails: a 200 with an F, or a refusal."),
    Choice("scope_order", ("sorted", "asked"), "The order in which a token's scopes are told."),
    Choice("default_scope", ("all", "none"), "The scopes of a token that was asked for without any."),
    Choice("reissue", ("fresh", "same"), "Whether a user who has a live token gets it again."),
    Choice("refresh_rotation", ("kept", "rotated"), "Whether a refresh token is good for one exchange only."),
    Choice("prose_address", ("absent", "present"), "Whether /api/token, which only the prose has, works."),
    Choice("more_keys", ("absent", "present"), "Whether a reply has further keys with a dollar."),
    Choice("path_keys", ("absent", "present"), "Whether a run started at its address shows the keys with a dollar."),
)
