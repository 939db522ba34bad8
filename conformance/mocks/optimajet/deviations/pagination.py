"""Lists that show too much, too little, or something else."""

from __future__ import annotations

from dataclasses import replace

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kit.model import Json
from conformance.mocks.optimajet.deviations._mending import mend_data
from conformance.mocks.optimajet.records import Instance
from conformance.mocks.optimajet.server import Call, OptimaJet

LISTS = ("getInstances",)


@deviation("skip-ignored", clauses=("OJ-25",), case="optimajet/getInstances/pagination/union")
def skip_ignored(server: OptimaJet) -> None:
    """Every part of the list is its beginning."""
    honest = server.rules.lists.skip
    server.rules.lists.skip = lambda server, sent: 0 * honest(server, sent)


@deviation("skip-off-by-one", clauses=("OJ-25",), case="optimajet/getInstances/pagination/union")
def skip_off_by_one(server: OptimaJet) -> None:
    """A part of the list begins one instance late."""
    honest = server.rules.lists.skip
    server.rules.lists.skip = lambda server, sent: honest(server, sent) + (1 if sent else 0)


@deviation("take-ignored", clauses=("OJ-25a",), case="optimajet/getInstances/pagination/union")
def take_ignored(server: OptimaJet) -> None:
    """A part of the list has always the same length."""
    honest = server.rules.lists.take
    server.rules.lists.take = lambda server, sent: honest(server, sent) and honest(server, None)


@deviation("take-one-more", clauses=("OJ-25a",), case="optimajet/getInstances/pagination/union")
def take_one_more(server: OptimaJet) -> None:
    """A part of the list has one instance more than asked for."""
    honest = server.rules.lists.take
    server.rules.lists.take = lambda server, sent: honest(server, sent) + 1


@deviation("take-default-is-5", clauses=("OJ-25b",), case="optimajet/getInstances/pagination/default-size")
def take_default_is_5(server: OptimaJet) -> None:
    """Without take, five instances come."""
    honest = server.rules.lists.take
    server.rules.lists.take = lambda server, sent: 5 if sent is None else honest(server, sent)


@deviation("list-repeats-one", clauses=("OJ-25",), case="optimajet/getInstances/pagination/union")
def list_repeats_one(server: OptimaJet) -> None:
    """The first instance of a part comes twice, the last one not at all."""
    mend_data(server, LISTS, lambda data: [*data[:1], *data[:-1]] if len(data) > 1 else data)


@deviation("status-ignored", clauses=("OJ-26",), case="optimajet/getInstances/filtering/keeps/status")
def status_ignored(server: OptimaJet) -> None:
    """The list shows instances of every status, whichever is asked for."""
    server.rules.lists.has_status = lambda _, __, ___: True


@deviation("inbox-by-a-beginning", clauses=("OJ-27",), case="optimajet/getInbox/filtering/keeps/identityid")
def inbox_by_a_beginning(server: OptimaJet) -> None:
    """The inbox holds what waits for the identities that begin with the one that is named."""
    honest = server.rules.boxes.chosen

    def chosen(operation: str, instance: Instance, identity: str, call: Call) -> bool:
        named = call.fields.identityid
        fields = call.fields.model_copy(update={"identityid": identity})
        told = replace(call, fields=fields) if named and identity.startswith(named) else call
        return honest(operation, instance, identity, told)

    server.rules.boxes.chosen = chosen


@deviation("inbox-of-everyone", clauses=("OJ-27",), case="optimajet/getInbox/filtering/keeps/identityid")
def inbox_of_everyone(server: OptimaJet) -> None:
    """The inbox of one identity shows what waits for others too."""
    honest = server.rules.boxes.chosen

    def chosen(operation: str, instance: Instance, identity: str, call: Call) -> bool:
        if operation.startswith("getInbox"):
            return call.fields.processid in (None, instance.key)
        return honest(operation, instance, identity, call)

    server.rules.boxes.chosen = chosen


@deviation("inbox-of-every-process", clauses=("OJ-27a",), case="optimajet/getInbox/filtering/keeps/processid")
def inbox_of_every_process(server: OptimaJet) -> None:
    """The inbox of one process shows other processes too."""
    honest = server.rules.boxes.chosen

    def chosen(operation: str, instance: Instance, identity: str, call: Call) -> bool:
        if operation.startswith("getInbox"):
            return call.fields.identityid in (None, identity)
        return honest(operation, instance, identity, call)

    server.rules.boxes.chosen = chosen


@deviation("inbox-lags-behind", clauses=("OJ-27b",), case="optimajet/getInbox/box/holds/Draft")
def inbox_lags_behind(server: OptimaJet) -> None:
    """A process waits in the inboxes of those who moved it."""
    server.rules.boxes.waiting = lambda server, instance: server.rules.boxes.moved(server, instance)


@deviation("outbox-is-empty", clauses=("OJ-28",), case="optimajet/getOutbox/box/holds/Review")
def outbox_is_empty(server: OptimaJet) -> None:
    """Nobody moved anything."""
    server.rules.boxes.moved = lambda _, __: []


@deviation("tags-ignored", clauses=("OJ-29",), case="optimajet/getSchemeList/filtering/keeps/tags")
def tags_ignored(server: OptimaJet) -> None:
    """The schemes of a tag are all schemes."""
    server.rules.lists.tagged = lambda _, __, ___: True


@deviation("summary-of-another", clauses=("OJ-25c",), case="optimajet/getInstances/pagination/listed-as-read")
def summary_of_another(server: OptimaJet) -> None:
    """An instance in the list has another state than when it is read."""

    def mend(data: list[Json]) -> list[Json]:
        return [item | {"StateName": "Elsewhere"} for item in data]

    mend_data(server, LISTS, mend)


@deviation("list-has-no-past", clauses=("OJ-25c",), case="optimajet/getInstances/pagination/listed-as-read")
def list_has_no_past(server: OptimaJet) -> None:
    """An instance in the list shows its present state as the previous one."""

    def mend(data: list[Json]) -> list[Json]:
        return [item | {"PreviousState": item["StateName"]} for item in data]

    mend_data(server, LISTS, mend)


@deviation(
    "list-is-a-step-behind",
    clauses=("OJ-25c",),
    case="optimajet/executeCommandWithParameters/lifecycle/listed/submit",
)
def list_is_a_step_behind(server: OptimaJet) -> None:
    """An instance in the list has the state that it was in before it last moved."""

    def behind(item: Json) -> Json:
        steps = server.store.instances[str(item["Id"]).lower()].steps
        return item | {"StateName": steps[-1].source.state} if steps else item

    mend_data(server, LISTS, lambda data: [behind(item) for item in data])


@deviation("inbox-filters-by-or", clauses=("OJ-27",), case="optimajet/getInbox/filtering/combined")
def inbox_filters_by_or(server: OptimaJet) -> None:
    """The inbox of an identity and a process holds what waits for the identity or in the process."""
    honest = server.rules.boxes.chosen

    def chosen(operation: str, instance: Instance, identity: str, call: Call) -> bool:
        fields = call.fields
        if operation == "getInbox" and fields.processid and fields.identityid:
            return bool(instance.key == fields.processid or identity == fields.identityid)
        return honest(operation, instance, identity, call)

    server.rules.boxes.chosen = chosen
