"""Robots with their source code and assets."""

from __future__ import annotations

from conformance.mocks.kit.ids import Ids
from conformance.mocks.kuflow.records import Robot
from conformance.mocks.kuflow.seed.ground import Ground
from conformance.mocks.kuflow.seed.people import A, B, C, principal_id, tenant
from conformance.mocks.kuflow.store import Store

VISIBLE, HIDDEN = 120, 10
ASSETS = (("PYTHON", "3.12", "LINUX", "X86_64"), ("NODEJS", "20.11", "WINDOWS", "X86_64"))


def robot_id(ids: Ids, number: int) -> str:
    """The id of a robot; those from VISIBLE on belong to the other identity."""
    return ids.named("robot", number)


def add(store: Store, ground: Ground) -> None:
    """A hundred and twenty robots for the main identity, three of five ready, and ten for the other one."""
    numbers = list(range(VISIBLE + HIDDEN))
    ground.chance.shuffle(numbers)
    for number in numbers:
        store.robots.add(_robot(ground, number))


def _robot(ground: Ground, number: int) -> Robot:
    ids, chance = ground.ids, ground.chance
    return Robot(
        **ground.audited(robot_id(ids, number), number, principal_id(ids, 0)),
        tenant=tenant(ids, C if number >= VISIBLE else (A, A, B)[number % 3]),
        code=f"ROBOT_{number:03}",
        name=f"Robot {number}",
        description=f"Does the chores of desk {number % 7}",
        ready=number % 5 < 3,
        source_id=ids.named("robot-source", number),
        source_name=f"robot-{number}.zip",
        source=chance.randbytes(256 + number),
        variables={"DESK": str(number % 7), "LOCALE": "en"},
        assets={asset: chance.randbytes(128) for asset in ASSETS},
    )
