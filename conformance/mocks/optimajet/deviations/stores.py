"""What is sent is not kept."""

from __future__ import annotations

from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.optimajet.fields import Fields, invalid
from conformance.mocks.optimajet.records import Sent
from conformance.mocks.optimajet.schemes import REVIEW
from conformance.mocks.optimajet.server import OptimaJet

CREATE = "createInstanceWithParameters"


@deviation("parameters-not-kept", clauses=("OJ-30",), case=f"optimajet/{CREATE}/stores/parameters")
def parameters_not_kept(server: OptimaJet) -> None:
    """Process parameters that are to persist are forgotten."""
    server.rules.fields.kept_parameters = lambda _, __: {}


@deviation("broken-scheme-parameters", clauses=("OJ-31",), case="optimajet/createInstance/errors/schemeParameters")
def broken_scheme_parameters(server: OptimaJet) -> None:
    """Scheme parameters that are no serialized JSON object are accepted."""
    honest = server.rules.fields.sent

    def sent(operation: str, request: Received) -> Sent:
        given = honest(operation, request)
        given.query.pop("schemeparameters", None)
        given.body.pop("schemeparameters", None)
        return given

    server.rules.fields.sent = sent


@deviation("post-form-refused", clauses=("OJ-32",), case="optimajet/getInstanceInfoByPost/stores/same-as-get")
def post_form_refused(server: OptimaJet) -> None:
    """What is read by GET is refused by POST."""
    honest = server.rules.fields.read

    def read(server: OptimaJet, operation: str, model: type[Fields], sent: Sent) -> Any:
        if operation.endswith("ByPost"):
            raise invalid("use GET")
        return honest(server, operation, model, sent)

    server.rules.fields.read = read


@deviation("form-of-the-first-state", clauses=("OJ-33",), case="optimajet/getFormByFlow/stores/state")
def form_of_the_first_state(server: OptimaJet) -> None:
    """The form is that of the first state, wherever the process is."""
    server.rules.lists.form = lambda _: REVIEW.initial.form
