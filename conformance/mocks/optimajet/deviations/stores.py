"""What is sent is not kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.http import Received
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.deviations._mending import mend_data
from conformance.mocks.optimajet.fields import CommandFields, CreateFields, StateFields, WithParameters
from conformance.mocks.optimajet.progress import ended
from conformance.mocks.optimajet.records import Instance, Sent, Step
from conformance.mocks.optimajet.schemes import REVIEW
from conformance.mocks.optimajet.server import Call, OptimaJet

CREATE = "createInstanceWithParameters"
OUTLIVES = "optimajet/createInstanceWithParameters/stores/outlives/parameter"


@deviation(
    "parameters-not-kept", clauses=("OJ-30",), case="optimajet/createInstanceWithParameters/stores/kept/parameter"
)
def parameters_not_kept(server: OptimaJet) -> None:
    """Process parameters that are to persist are forgotten."""
    server.rules.fields.kept_parameters = lambda _, __: {}


@deviation(
    "first-parameter-kept",
    clauses=("OJ-30",),
    case="optimajet/createInstanceWithParameters/stores/kept/second-parameter",
)
def first_parameter_kept(server: OptimaJet) -> None:
    """Of several process parameters that are to persist, the first one named is remembered."""
    honest = server.rules.fields.kept_parameters

    def kept_parameters(fields: WithParameters, others: Mapping[str, Any]) -> Json:
        first, _, _ = (fields.persist or "").partition(",")
        return honest(fields.model_copy(update={"persist": first}), others)

    server.rules.fields.kept_parameters = kept_parameters


@deviation(
    "parameters-of-commands-not-kept",
    clauses=("OJ-30",),
    case="optimajet/executeCommandWithParameters/stores/kept/parameter",
)
def parameters_of_commands_not_kept(server: OptimaJet) -> None:
    """Process parameters that a command brings are forgotten, and those of the create are not."""
    honest = server.rules.fields.kept_parameters
    server.rules.fields.kept_parameters = lambda fields, others: (
        {} if isinstance(fields, CommandFields) else honest(fields, others)
    )


@deviation(
    "parameters-of-states-not-kept",
    clauses=("OJ-30",),
    case="optimajet/setStateWithParameters/stores/kept/parameter",
)
def parameters_of_states_not_kept(server: OptimaJet) -> None:
    """Process parameters that come with a state that is set are forgotten."""
    honest = server.rules.fields.kept_parameters
    server.rules.fields.kept_parameters = lambda fields, others: (
        {} if isinstance(fields, StateFields) else honest(fields, others)
    )


@deviation(
    "first-value-stays", clauses=("OJ-30",), case="optimajet/executeCommandWithParameters/stores/takes-over/parameter"
)
def first_value_stays(server: OptimaJet) -> None:
    """A process parameter that the process has keeps the value that it had first."""

    def kept(instance: Instance, parameters: Json) -> None:
        instance.parameters = parameters | instance.parameters

    server.rules.instances.kept = kept


@deviation("nothing-is-no-parameter", clauses=("OJ-30",), case=f"optimajet/{CREATE}/stores/kept/number")
def nothing_is_no_parameter(server: OptimaJet) -> None:
    """Process parameters that are zero, false or empty are forgotten."""
    honest = server.rules.fields.kept_parameters
    server.rules.fields.kept_parameters = lambda fields, others: {
        name: value for name, value in honest(fields, others).items() if value
    }


@deviation("numbers-kept-as-text", clauses=("OJ-30",), case=f"optimajet/{CREATE}/stores/kept/number")
def numbers_kept_as_text(server: OptimaJet) -> None:
    """Process parameters that are numbers come back as texts."""
    honest = server.rules.fields.kept_parameters
    server.rules.fields.kept_parameters = lambda fields, others: {
        name: str(value) if isinstance(value, int) else value for name, value in honest(fields, others).items()
    }


@deviation("created-by-get-in-one-scheme", clauses=("OJ-13c",), case="optimajet/createInstance/stores/kept/schemeCode")
def created_by_get_in_one_scheme(server: OptimaJet) -> None:
    """A create by GET makes an instance of the first scheme, whichever scheme it names."""
    honest = server.rules.instances.made

    def made(server: OptimaJet, call: Call, fields: CreateFields) -> Instance:
        instance = honest(server, call, fields)
        return (
            replace(instance, scheme=REVIEW, activity=REVIEW.initial)
            if call.operation == "createInstance"
            else instance
        )

    server.rules.instances.made = made


@deviation(
    "command-forgets-parameters",
    clauses=("OJ-30",),
    case="optimajet/createInstanceWithParameters/stores/outlives/parameter",
)
def command_forgets_parameters(server: OptimaJet) -> None:
    """A process that moves forgets the process parameters of before."""
    honest = server.rules.commands.move

    def move(server: OptimaJet, instance: Instance, step: Step) -> None:
        instance.parameters = {}
        honest(server, instance, step)

    server.rules.commands.move = move


@deviation(
    "end-forgets-parameters",
    clauses=("OJ-30",),
    case="optimajet/executeCommandWithParameters/stores/outlives/parameter",
)
def end_forgets_parameters(server: OptimaJet) -> None:
    """A process that ends forgets its process parameters."""
    honest = server.rules.commands.move

    def move(server: OptimaJet, instance: Instance, step: Step) -> None:
        honest(server, instance, step)
        if ended(instance):
            instance.parameters = {}

    server.rules.commands.move = move


def _forgets(server: OptimaJet, command: str) -> None:
    """A process that this command moves, or a state that is set when it is empty, forgets its process parameters."""
    honest = server.rules.commands.move

    def move(server: OptimaJet, instance: Instance, step: Step) -> None:
        if step.command == command:
            instance.parameters = {}
        honest(server, instance, step)

    server.rules.commands.move = move


@deviation("reject-forgets-parameters", clauses=("OJ-30",), case=OUTLIVES)
def reject_forgets_parameters(server: OptimaJet) -> None:
    """A process that is sent back forgets its process parameters."""
    _forgets(server, "reject")


@deviation("set-state-forgets-parameters", clauses=("OJ-30",), case=OUTLIVES)
def set_state_forgets_parameters(server: OptimaJet) -> None:
    """A process whose state is set forgets its process parameters."""
    _forgets(server, "")


@deviation("command-replaces-parameters", clauses=("OJ-30",), case=OUTLIVES)
def command_replaces_parameters(server: OptimaJet) -> None:
    """Process parameters that a command brings take the place of those before."""
    honest = server.rules.instances.kept

    def kept(instance: Instance, parameters: Json) -> None:
        honest(instance, parameters)
        instance.parameters = parameters or instance.parameters

    server.rules.instances.kept = kept


@deviation(
    "long-parameters-cut",
    clauses=("OJ-30",),
    case="optimajet/createInstanceWithParameters/stores/kept/second-parameter",
)
def long_parameters_cut(server: OptimaJet) -> None:
    """Of a process parameter fifty characters are kept."""
    honest = server.rules.fields.kept_parameters
    server.rules.fields.kept_parameters = lambda fields, others: {
        name: value[:50] if isinstance(value, str) else value for name, value in honest(fields, others).items()
    }


@deviation(
    "parameters-of-another",
    clauses=("OJ-30a",),
    case="optimajet/createInstanceWithParameters/stores/is-its-own/parameter",
)
def parameters_of_another(server: OptimaJet) -> None:
    """A process without process parameters shows those that came last."""
    honest_kept, honest_view = server.rules.fields.kept_parameters, server.rules.views.instance
    last: Json = {}

    def kept_parameters(fields: WithParameters, others: Mapping[str, Any]) -> Json:
        kept = honest_kept(fields, others)
        last.update(kept)
        return kept

    def view(server: OptimaJet, instance: Instance) -> Json:
        shown = honest_view(server, instance)
        return shown if instance.parameters else shown | {"ProcessParameters": dict(last)}

    server.rules.fields.kept_parameters, server.rules.views.instance = kept_parameters, view


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


@deviation(
    "post-form-drops-the-parameters", clauses=("OJ-32",), case="optimajet/getInstanceInfoByPost/mirror/same-answer"
)
def post_form_drops_the_parameters(server: OptimaJet) -> None:
    """An instance that is asked for by POST shows no process parameters."""
    mend_data(server, ("getInstanceInfoByPost",), lambda data: {**data, "ProcessParameters": {}})


@deviation("post-form-drops-the-tags", clauses=("OJ-32",), case="optimajet/getSchemeListByPost/mirror/same-with/tags")
def post_form_drops_the_tags(server: OptimaJet) -> None:
    """Tags are read from the query alone."""
    honest = server.rules.fields.sent

    def sent(operation: str, request: Received) -> Sent:
        given = honest(operation, request)
        given.body.pop("tags", None)
        return given

    server.rules.fields.sent = sent


@deviation(
    "post-form-drops-the-identity", clauses=("OJ-32",), case="optimajet/getInboxByPost/mirror/same-with/identityid"
)
def post_form_drops_the_identity(server: OptimaJet) -> None:
    """The inbox that is asked for by POST is everyone's."""
    honest = server.rules.boxes.chosen
    server.rules.boxes.chosen = lambda operation, instance, identity, call: (
        operation == "getInboxByPost" or honest(operation, instance, identity, call)
    )


@deviation("form-of-the-first-state", clauses=("OJ-33",), case="optimajet/getFormByFlow/varies/by-state")
def form_of_the_first_state(server: OptimaJet) -> None:
    """The form is that of the first state, wherever the process is."""
    server.rules.lists.form = lambda _: REVIEW.initial.form
