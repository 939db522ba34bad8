"""Servers whose replies are damaged at random places: every case ends in a verdict, none in an error of the suite."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from conformance.contract.message import Reply, Wire
from conformance.contract.pointer import ABSENT
from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import mode_of, plan
from conformance.engine.suite import Options, execute
from conformance.mocks import catalogue
from conformance.mocks.kit.model import Settings
from conformance.results import CaseLine
from conformance.selftest.target import in_process
from conformance.transport.base import Transport, TransportError

ODD: tuple[Any, ...] = (None, True, 0, -1, 1.5, "", "x", "9" * 30, [], [None], {}, {"id": None}, [[{}]])
"""What stands where something else stood; adversarial on purpose."""


Damage = Callable[[Any], Any]


@dataclass
class Corrupting:
    """Does ``damage`` to the JSON bodies of replies; the first ones, which show that the server is well, are spared."""

    inner: Transport
    damage: Damage
    spared: int = 3
    sent: int = field(default=0, init=False)

    def send(self, wire: Wire) -> Reply:
        return self._damaged(self.inner.send(wire))

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        replies = self.inner.send_together(wires)
        return [self._damaged(reply) if isinstance(reply, Reply) else reply for reply in replies]

    def close(self) -> None:
        self.inner.close()

    def _damaged(self, reply: Reply) -> Reply:
        self.sent += 1
        if self.sent <= self.spared or not reply.is_json:
            return reply
        return replace(reply, content=json.dumps(self.damage(json.loads(reply.content))).encode())


def now_and_then(chance: random.Random, every: int) -> Damage:
    """In about one of ``every`` bodies one place, at any depth, is replaced, left out or doubled."""

    def damage(value: Any) -> Any:
        if not isinstance(value, dict | list) or not value or not chance.randrange(4):
            return chance.choice(ODD)
        copy: Any = dict(value) if isinstance(value, dict) else list(value)
        key = chance.choice(list(copy)) if isinstance(copy, dict) else chance.randrange(len(copy))
        if not chance.randrange(3):
            del copy[key]
        elif isinstance(copy, list) and not chance.randrange(3):
            copy.append(copy[key])
        else:
            copy[key] = damage(copy[key])
        return copy

    return lambda value: value if chance.randrange(every) else damage(value)


def always(name: str, instead: Any) -> Damage:
    """In every body the property ``name``, wherever it stands, is replaced; by ``ABSENT`` it is left out."""

    def damage(value: Any) -> Any:
        if isinstance(value, list):
            return [damage(item) for item in value]
        if not isinstance(value, dict):
            return value
        kept = {key: instead if key == name else damage(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item is not ABSENT}

    return damage


def property_names(vendor: Vendor) -> list[str]:
    """Every name that a schema of the contract declares."""

    def below(node: Any) -> set[str]:
        if isinstance(node, list):
            return set().union(*map(below, node))
        if not isinstance(node, dict):
            return set()
        own = node.get("properties")
        return (set(own) if isinstance(own, dict) else set()).union(*map(below, node.values()))

    return sorted(below(vendor.document.root.get("components", {})))


def errors(name: str, mode: str, seed: int, damage: Damage) -> list[str]:
    """What the suite failed at in a run of the whole plan."""
    vendor = Vendor.load(find(name))
    subject = in_process(vendor, Settings(mode=mode, seed=seed), plan(vendor, mode=mode_of(vendor, mode)))
    assert subject.transport is not None
    subject = replace(subject, transport=Corrupting(subject.transport, damage))
    lines = [line for line in execute([subject], Options(seed)) if isinstance(line, CaseLine)]
    return [f"{line.case}: {line.reason}" for line in lines if line.verdict == "ERROR"]


@pytest.mark.parametrize("name", catalogue.vendors())
def test_damage_now_and_then_is_no_error_of_the_suite(name: str) -> None:
    chance = random.Random(name)
    mode = chance.choice(catalogue.find(name).MODES)
    assert errors(name, mode, 1, now_and_then(chance, every=5)) == []


@pytest.mark.parametrize("instead", [ABSENT, *ODD[:1], ODD[8], ODD[10]], ids=repr)
@pytest.mark.parametrize("name", catalogue.vendors())
def test_a_property_that_is_always_wrong_is_no_error_of_the_suite(name: str, instead: Any) -> None:
    chance = random.Random(f"{name} {instead!r}")
    mode = chance.choice(catalogue.find(name).MODES)
    wrong = chance.choice(property_names(Vendor.load(find(name))))
    assert errors(name, mode, 1, always(wrong, instead)) == []
