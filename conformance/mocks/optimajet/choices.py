"""What OptimaJet's publications leave open, and how this server decides unless told otherwise."""

from __future__ import annotations

from conformance.mocks.kit.model import Choice

CHOICES = (
    Choice("refusal_status", ("200", "4xx"), "The HTTP status of a refusal, whose envelope says so anyway."),
    Choice("refused_token", ("200", "401", "403"), "The HTTP status for an absent or wrong token field."),
    Choice("refused_bearer", ("401", "403", "200"), "The HTTP status for an absent or wrong bearer token."),
    Choice("refusal_text", ("both", "error", "message"), "Which of error and message a refusal fills."),
    Choice("oauth_status", ("400", "401"), "The HTTP status for a client that the token endpoint refuses."),
    Choice("token_place", ("any", "natural"), "Where the token field is read: anywhere, or by the method."),
    Choice("absent_values", ("null", "absent", "empty"), "How error and message of a success are shown."),
    Choice("absent_properties", ("null", "absent"), "How optional properties without a value are shown."),
    Choice("create_reply", ("bare", "null"), "Whether replies without data have a data property."),
    Choice("id_case", ("lower", "kept"), "How a process id sent in upper case is shown afterwards."),
    Choice("delete_unknown", ("refused", "ignored"), "Deleting an instance that does not exist."),
    Choice("deleted_id", ("free", "refused"), "Creating an instance with the id of a deleted one."),
    Choice("set_state_after_end", ("accepted", "refused"), "Setting a state after the process ended."),
    Choice("anonymous_commands", ("all", "unrestricted"), "The commands of a caller without identity."),
    Choice("large_page", ("whole", "capped", "refused"), "A take of more than 30."),
    Choice("odd_page", ("refused", "default"), "A take or skip below zero."),
    Choice("unknown_filter", ("empty", "refused"), "A status filter that is no status."),
    Choice("basic_client", ("refused", "accepted"), "Client credentials in a Basic header."),
)
