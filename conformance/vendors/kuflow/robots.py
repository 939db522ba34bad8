"""Robots: their source code and assets as files."""

from __future__ import annotations

import hashlib

from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.pointer import get
from conformance.contract.semantics.document import Call
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.making import build, set_up
from conformance.engine.outcome import expect, expect_equal

VERSION = Place.parse("$request.query.version")
DIGESTS = ("md5", "sha1", "sha256", "sha512")


@check(when=only("downloadRobotSourceCode"))
def source_code(api: Api, call: Call) -> None:
    """The source code of a robot is downloaded as bytes."""
    reply = api.send(build(api, call.id))
    api.expect_success(reply)
    expect(bool(reply.content), "the bytes of the source code", "none")


@check(when=only("downloadRobotSourceCode"))
def source_length(api: Api, call: Call) -> None:
    """The source code has the length that the robot's source file states."""
    reply = api.send(build(api, call.id))
    api.expect_success(reply)
    expect_equal(len(reply.content), _stated(api, "/sourceFile/contentLength"), "length in bytes")


@check(when=only("downloadRobotSourceCode"), level="observe")
def source_hash(api: Api, call: Call) -> None:
    """The hash that the robot's source file states is one of the source code."""
    content = api.send(build(api, call.id)).content
    stated = str(_stated(api, "/sourceFile/contentHash")).lower()
    digests = (name for name in DIGESTS if hashlib.new(name, content, usedforsecurity=False).hexdigest() in stated)
    api.observe(content_hash=next(digests, "another digest or spelling"))


@check(when=only("downloadRobotAsset"))
def asset(api: Api, call: Call) -> None:
    """An asset of a robot is downloaded as bytes."""
    reply = api.send(build(api, call.id))
    api.expect_success(reply)
    expect(bool(reply.content), "the bytes of the asset", "none")


@check(when=only("downloadRobotAsset"))
def no_other(api: Api, call: Call) -> None:
    """An asset of a version that the robot does not have is not answered with one that it has."""
    reply = _of_no_version(api, call)
    if api.succeeded(reply):
        with set_up("the asset that the robot has"):
            has = api.send(build(api, call.id))
            api.expect_success(has)
        expect(reply.content != has.content, "no asset of another version", f"its {len(has.content)} bytes")


@check(when=only("downloadRobotAsset"), level="observe")
def unknown_version(api: Api, call: Call) -> None:
    """An asset of a version that the robot does not have is refused."""
    reply = _of_no_version(api, call)
    api.observe(status=reply.status)
    api.expect_refusal(reply)


def _of_no_version(api: Api, call: Call) -> Reply:
    """The reply to a download of a version that there is not, by whoever needs it first."""
    request = VERSION.put(build(api, call.id), f"0.{api.fresh_text()}")
    return api.session.shared.once(f"{call.id}: no version", lambda: api.send(request))


def _stated(api: Api, pointer: str) -> object:
    """What the robot that the environment names states at ``pointer``."""
    with set_up("reading the robot"):
        robot = api.expect_success(api.send(Request("retrieveRobot", path={"id": str(api.fixture("robot_id"))})))
    return get(robot, pointer)
