from __future__ import annotations

import asyncio
import tomllib
from datetime import timedelta
from typing import Any

import httpx
import pytest

from conformance.errors import UsageError
from conformance.mocks import catalogue
from conformance.mocks.kit import delivery, http, jsonio
from conformance.mocks.kit.clock import BASE, Clock, rfc3339
from conformance.mocks.kit.deviations import discover
from conformance.mocks.kit.environment import filled, toml
from conformance.mocks.kit.ids import Ids
from conformance.mocks.kit.model import Settings
from conformance.mocks.kit.settings import resolved_choices, resolved_mode


def test_every_stamp_is_later() -> None:
    clock = Clock()
    stamps = [clock.stamp() for _ in range(3)]
    assert stamps == [BASE + timedelta(milliseconds=n) for n in (1, 2, 3)]
    assert clock.now() == stamps[-1]
    assert clock.advance(3600) == stamps[-1] + timedelta(hours=1)
    assert clock.stamp() == stamps[-1] + timedelta(hours=1, milliseconds=1)


def test_a_wall_clock_stamps_distinct_moments_too() -> None:
    clock = Clock("wall")
    stamps = [clock.stamp() for _ in range(100)]
    assert stamps == sorted(set(stamps))
    assert all(rfc3339(stamp).endswith("Z") for stamp in stamps)


def test_only_a_clock_that_stands_still_is_put_forward() -> None:
    still, wall = Clock(), Clock("wall")
    assert still.reach(BASE + timedelta(hours=1)) == still.now() == BASE + timedelta(hours=1)
    assert still.reach(BASE) == BASE
    before = wall.now()
    assert before <= wall.reach(before + timedelta(hours=1)) <= wall.now() < before + timedelta(minutes=1)
    assert wall.reach(before - timedelta(hours=1)) == before - timedelta(hours=1)


def test_ids_derive_from_the_seed() -> None:
    assert Ids("v", 1).named("a") == Ids("v", 1).named("a") != Ids("v", 2).named("a")
    one, two = Ids("v", 1), Ids("v", 1)
    assert [one.fresh(), one.fresh()] == [two.fresh(), two.fresh()]


UNREAD = [
    *('"1"'.encode(name) for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le")),
    *(b'"\\ud800"', b'["\\uDFFF\\ud83d"]', b'{"\\udc00": 1}', b'"\xed\xa0\x80"'),
    *(b"[" * 201 + b"]" * 201, b'{"":' * 201 + b"1" + b"}" * 201),
]


@pytest.mark.parametrize("raw", [b"NaN", b"[Infinity]", b"1e999", b"", b"\xff", b"[" * 100_000, b"9" * 5000, *UNREAD])
def test_what_is_not_json(raw: bytes) -> None:
    with pytest.raises(ValueError):
        jsonio.parse(raw)


def test_what_is_json() -> None:
    assert jsonio.parse(b"\xef\xbb\xbf1") == 1
    assert jsonio.parse(b'"\\ud83d\\ude00 \\\\ud800"') == "\U0001f600 \\ud800"
    assert jsonio.parse(b"[" * 200 + b"1" + b"]" * 200)
    assert len(jsonio.parse(b"[" + b"[]," * 300 + b"{}]")) == 301


def test_json_equality() -> None:
    assert jsonio.same({"a": [1, {"b": None}]}, {"a": [1.0, {"b": None}]})
    assert not jsonio.same([True], [1])
    assert not jsonio.same({"a": 0}, {"a": False})
    assert not jsonio.same({"a": 1}, {"b": 1})


def test_an_environment_survives_toml() -> None:
    table: dict[str, Any] = {
        "url": "{url}/v1",
        "count": 3,
        "share": 0.5,
        "on": True,
        "odd key": 'quote " back \\ line\nend \x7f \u00e9',
        "fixtures": {"id": "x", "list": [1, "two", {"three": [3]}], "nested": {"deeper": {}}},
        "controls": {"reset": "{controls}/reset"},
    }
    whole = filled(table, "http://a", "http://b")
    assert whole["url"] == "http://a/v1"
    assert tomllib.loads(toml("kuflow", whole)) == {"kuflow": whole}
    with pytest.raises(TypeError):
        toml("x", {"none": None})


@pytest.mark.parametrize("progress", ["seconds:9999999999999", "reads:" + "9" * 400])
def test_progress_has_an_end(progress: str) -> None:
    with pytest.raises(UsageError, match="too slow"):
        resolved_mode(Settings(progress=progress), ("default",))


def test_choices_are_filled_in() -> None:
    assert resolved_choices({}, ()) == {}


def test_deviations_are_discovered_once() -> None:
    found = discover("conformance.mocks.kuflow.deviations")
    assert found
    assert list(found) == sorted(found)


def asked(vendor: str, path: str, method: str = "GET") -> httpx.Response:
    mock = catalogue.find(vendor).build(Settings())
    url = filled(mock.environment, "http://mock", "")["url"]

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(mock.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport) as client:
            return await client.request(method, url + path)

    return asyncio.run(ask())


PATHS = {
    "instabase": "/api/v1/flow/pipeline",
    "kuflow": "/processes",
    "optimajet": "/workflowapi/getschemelist",
    "pliant": "/api/oauth/token",
    "smartflows": "/users/me",
}


@pytest.mark.parametrize("vendor", PATHS)
def test_a_line_break_after_a_path_leads_nowhere(vendor: str) -> None:
    nowhere, broken = asked(vendor, "/nowhere"), asked(vendor, f"{PATHS[vendor]}%0A")
    assert (broken.status_code, broken.content) == (nowhere.status_code, nowhere.content)


@pytest.mark.parametrize("vendor", PATHS)
def test_what_nobody_foresaw_has_the_vendors_error_shape(vendor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = asked(vendor, "/nowhere")
    monkeypatch.setattr(http, "received", lambda _: 1 / 0)
    failed = asked(vendor, PATHS[vendor], "POST" if vendor == "pliant" else "GET")
    assert (failed.status_code, failed.headers["content-type"]) == (500, nowhere.headers["content-type"])
    assert failed.json().keys() == nowhere.json().keys()


def test_a_delivery_over_http() -> None:
    heard: list[bytes] = []

    async def subscriber(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(2))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        writer.close()

    async def deliver() -> tuple[int, int]:
        async with await asyncio.start_server(subscriber, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            reached = await delivery.post(f"http://127.0.0.1:{port}/hook?a=1", {"x-event": "1"}, b"{}")
        return reached, await delivery.post(f"http://127.0.0.1:{port}/", {}, b"")

    assert asyncio.run(deliver()) == (200, 0)
    assert heard[0].startswith(b"POST /hook?a=1 HTTP/1.1\r\n")
    assert b"x-event: 1\r\n" in heard[0]
    assert heard[0].endswith(b"{}")
