"""Robots: listed by context, retrieved, and downloaded with their assets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mocks.kit.http import Reply
from conformance.mocks.kit.model import Json
from conformance.mocks.kuflow.errors import unknown
from conformance.mocks.kuflow.inputs import OCTETS
from conformance.mocks.kuflow.paging import Listing, listed
from conformance.mocks.kuflow.params import AssetQuery
from conformance.mocks.kuflow.records import Robot

if TYPE_CHECKING:
    from conformance.mocks.kuflow.server import Call, KuFlow

LISTING = Listing(
    rows=lambda server: server.store.robots,
    sort_keys={"createdAt": lambda row: row.created_at, "lastModifiedAt": lambda row: row.modified_at},
    filters={
        "tenant_id": lambda row: (row.tenant,),
        "filter_context": lambda row: ("READY", "DEFAULT") if row.ready else ("DEFAULT",),
    },
    view=lambda server, row: server.rules.views.robot_page_item(server, row),
)


def source_file(robot: Robot) -> Json:
    """What is said of the source code: its name, type, length in bytes and SHA-256."""
    return {
        "id": robot.source_id,
        "name": robot.source_name,
        "contentType": "application/zip",
        "contentLength": len(robot.source),
        "contentHash": hashlib.sha256(robot.source).hexdigest(),
    }


def source(robot: Robot) -> bytes:
    """The source code."""
    return robot.source


def asset(robot: Robot, kind: str, version: str, platform: str, architecture: str) -> bytes | None:
    """The asset that all four name, or None."""
    return robot.assets.get((kind, version, platform, architecture))


@dataclass
class RobotRules:
    """What is downloaded of a robot."""

    source_file: Callable[[Robot], Json] = source_file
    source: Callable[[Robot], bytes] = source
    asset: Callable[[Robot, str, str, str, str], bytes | None] = asset


def own(server: KuFlow, call: Call) -> Robot:
    """The robot of the path; refuses what is unknown or hidden."""
    robot: Robot = server.rules.auth.find(server, call, server.store.robots, call.id, "robot")
    return robot


async def find(server: KuFlow, call: Call) -> Reply:
    """findRobots."""
    return listed(server, call, LISTING)


async def retrieve(server: KuFlow, call: Call) -> Reply:
    """retrieveRobot."""
    return Reply(200, server.rules.views.robot(server, own(server, call)))


async def download_source(server: KuFlow, call: Call) -> Reply:
    """downloadRobotSourceCode."""
    return Reply(200, server.rules.robots.source(own(server, call)), OCTETS)


async def download_asset(server: KuFlow, call: Call) -> Reply:
    """downloadRobotAsset."""
    query: AssetQuery = call.query
    robot = own(server, call)
    content = server.rules.robots.asset(robot, query.type, query.version, query.platform, query.architecture)
    if content is None:
        raise unknown("asset")
    return Reply(200, content, OCTETS)
