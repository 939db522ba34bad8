"""Rules that break only once several things were done to one process."""

from __future__ import annotations

from collections import Counter

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.optimajet.records import Instance, Step
from conformance.mocks.optimajet.schemes import Transition
from conformance.mocks.optimajet.server import OptimaJet

INSTANCE = "optimajet/instance/model/lives-as-promised"


@deviation("third-command-lost", clauses=("OJ-20",), case=INSTANCE)
def third_command_lost(server: OptimaJet) -> None:
    """The third step of a process is answered as done, and the process stays."""
    honest = server.rules.commands.move
    given: Counter[str] = Counter()

    def move(server: OptimaJet, instance: Instance, step: Step) -> None:
        given[instance.key] += 1
        if given[instance.key] != 3:
            honest(server, instance, step)

    server.rules.commands.move = move


@deviation("moved-processes-stay-when-deleted", clauses=("OJ-17",), case=INSTANCE)
def moved_processes_stay_when_deleted(server: OptimaJet) -> None:
    """Deleting a process that took two steps is answered as done, and the process stays."""
    honest = server.rules.instances.remove

    def remove(server: OptimaJet, operation: str, key: str) -> None:
        instance = server.store.instances.get(key)
        if instance is None or len(instance.steps) < 2:
            honest(server, operation, key)

    server.rules.instances.remove = remove


@deviation("refused-creates-start-over", clauses=("OJ-15a",), case=INSTANCE)
def refused_creates_start_over(server: OptimaJet) -> None:
    """The second refused create with the id of a process that has moved puts the process back to its beginning."""
    honest = server.rules.instances.duplicate
    refused: Counter[str] = Counter()

    def duplicate(server: OptimaJet, existing: Instance, instance: Instance) -> None:
        if existing.steps:
            refused[existing.key] += 1
        if refused[existing.key] == 2:
            existing.activity = existing.scheme.initial
        honest(server, existing, instance)

    server.rules.instances.duplicate = duplicate


@deviation("sent-back-processes-offer-less", clauses=("OJ-19",), case=INSTANCE)
def sent_back_processes_offer_less(server: OptimaJet) -> None:
    """A process that came back to its beginning takes the first of its commands no more."""
    honest = server.rules.commands.offered

    def offered(server: OptimaJet, instance: Instance) -> tuple[Transition, ...]:
        found = honest(server, instance)
        back = len(instance.steps) > 1 and instance.activity is instance.scheme.initial
        return found[1:] if back else found

    server.rules.commands.offered = offered
