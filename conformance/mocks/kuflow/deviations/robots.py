"""Robots whose files are not what was asked for."""

from __future__ import annotations

from conformance.mocks.kit.deviations import deviation
from conformance.mocks.kuflow.server import KuFlow

SOURCE, ASSET = "kuflow/downloadRobotSourceCode/robots", "kuflow/downloadRobotAsset/robots"


@deviation("source-code-empty", clauses=("KF-139",), case=f"{SOURCE}/source-code")
def source_code_empty(server: KuFlow) -> None:
    """The source code of a robot is downloaded without a byte."""
    server.rules.robots.source = lambda _: b""


@deviation("source-code-cut", clauses=("KF-139a",), case=f"{SOURCE}/source-length")
def source_code_cut(server: KuFlow) -> None:
    """The last byte of the source code is missing."""
    server.rules.robots.source = lambda robot: robot.source[:-1]


@deviation("asset-of-another-version", clauses=("KF-140",), case=f"{ASSET}/no-other")
def asset_of_another_version(server: KuFlow) -> None:
    """An asset that the robot does not have is answered with one that it has."""
    honest = server.rules.robots.asset
    server.rules.robots.asset = lambda robot, *named: honest(robot, *named) or next(iter(robot.assets.values()), None)


@deviation("asset-empty", clauses=("KF-140",), case=f"{ASSET}/asset")
def asset_empty(server: KuFlow) -> None:
    """An asset of a robot is downloaded without a byte."""
    server.rules.robots.asset = lambda _, __, ___, ____, _____: b""
