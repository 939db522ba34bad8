"""What is sent is not kept."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.optimajet.deviations._mending import mend_data
from conformance.mocks.optimajet.records import Sent
from conformance.mocks.optimajet.schemes import REVIEW
from conformance.mocks.optimajet.server import OptimaJet

CREATE = "createInstanceWithParameters"


@deviation(
    "parameters-not-kept", clauses=("OJ-30",), case="optimajet/createInstanceWithParameters/stores/kept/parameter"
)
def parameters_not_kept(server: OptimaJet) -> None:
    """Process parameters that are to persist are forgotten."""
    server.rules.fields.kept_parameters = lambda _, __: {}


@deviation(
    "broken-scheme-parameters",
    clauses=("OJ-31",),
    case="optimajet/createInstance/refuses/value/broken-scheme-parameters",
)
def broken_scheme_parameters(server: OptimaJet) -> None:
    """Scheme parameters that are no serialized JSON object are accepted."""
    honest = server.rules.fields.sent

    def sent(operation: str, request: Received) -> Sent:
        given = honest(operation, request)
        given.query.pop("schemeparameters", None)
        given.body.pop("schemeparameters", None)
        return given

    server.rules.fields.sent = sent


@deviation("post-form-is-empty", clauses=("OJ-32",), case="optimajet/getAvailableStatesToSetByPost/mirror/same-answer")
def post_form_is_empty(server: OptimaJet) -> None:
    """The states that are listed by GET are not by POST."""
    mend_data(server, ("getAvailableStatesToSetByPost",), lambda _: [])


@deviation("form-of-the-first-state", clauses=("OJ-33",), case="optimajet/getFormByFlow/varies/by-state")
def form_of_the_first_state(server: OptimaJet) -> None:
    """The form is that of the first state, wherever the process is."""
    server.rules.lists.form = lambda _: REVIEW.initial.form
