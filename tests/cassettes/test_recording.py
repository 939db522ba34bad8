"""Scenarios recorded, written and replayed; and what happens when something is wrong on the way."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from known import ROOT, scenario, vendor

from conformance.cassettes import files, inbound
from conformance.cassettes.placeholders import SHORTEST
from conformance.contract.message import Reply, Wire
from conformance.engine.environment import Auth, read
from conformance.engine.journey import Journey
from conformance.engine.scenario import Scenario, scenarios
from conformance.errors import CassetteError, RecordingError
from conformance.mocks import catalogue
from conformance.mocks.embedded import embedded, write_environment
from conformance.mocks.kit.model import Settings
from conformance.recording.record import Recorded, record
from conformance.recording.replay import replay
from conformance.recording.secrets import public_words, scrubbed_auth, scrubber_for
from conformance.selftest.target import in_process
from conformance.transport.base import Transport, TransportError
from conformance.transport.offline import Connected, offline

START = scenario("start-idempotently", "kuflow")
PLACES = [ROOT / "cassettes"]
TRACKED = [
    path
    for name in files.vendors(PLACES)
    for path in files.cassettes(name, PLACES)
    if files.load(path).provenance.scenario
]


def modes(name: str) -> Sequence[str]:
    return catalogue.find(name).MODES


def recorded(told: Scenario, of: str, **settings: Any) -> Recorded:
    mock = in_process(vendor(of), Settings(seed=3, **settings), ())
    return record(vendor(of), mock.target, told, 3, transport=mock.transport, controls=mock.controls)


def written(folder: Path, told: Scenario, of: str, **settings: Any) -> Path:
    path = folder / of / f"{told.name}.yaml"
    recorded(told, of, **settings).write(path)
    return path


def test_every_scenario_has_a_cassette() -> None:
    for name in catalogue.vendors():
        told = {files.load(path).provenance.scenario for path in files.cassettes(name, PLACES)}
        assert {one.name for one in scenarios(name)} == told - {None}


@pytest.mark.parametrize("path", TRACKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_tracked_cassette_replays_without_a_connection(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    cassette = files.load(path)
    told = scenario(cassette.provenance.scenario or "", path.parent.name)
    assert replay(vendor(path.parent.name), cassette, told) == []


@pytest.mark.parametrize("path", TRACKED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_tracked_cassette_is_what_recording_again_writes(path: Path) -> None:
    name, cassette = path.parent.name, files.load(path)
    told = scenario(cassette.provenance.scenario or "", name)
    mock = in_process(vendor(name), Settings(mode=cassette.provenance.mode or "", seed=1), ())
    again = record(vendor(name), mock.target, told, 1, transport=mock.transport, controls=mock.controls)
    fresh = yaml.safe_load(again.text)
    kept = yaml.safe_load(path.read_text())
    for one in (fresh, kept):
        for moving in ("recorded", "suite", "contract"):
            del one["metadata"][moving]
    assert fresh == kept
    beside = inbound.beside(path)
    assert again.deliveries == (beside.read_text() if beside.exists() else "")


def test_a_mock_is_never_presented_as_a_live_server(tmp_path: Path) -> None:
    file = tmp_path / "env.toml"
    with embedded("kuflow", Settings(seed=3)) as running:
        write_environment(running, file)
        (target,) = read(file)
        made = record(vendor("kuflow"), target.model_copy(update={"stage": "production"}), START, 5)
    assert made.told.provenance == "mock"
    assert not made.told.is_evidence


def named(value: Any) -> Iterator[str]:
    """Every text of an environment's table."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from named(item)


@pytest.mark.parametrize(("name", "mode"), [(name, mode) for name in catalogue.vendors() for mode in modes(name)])
def test_nothing_that_the_environment_names_gets_in(name: str, mode: str) -> None:
    mock = in_process(vendor(name), Settings(mode=mode, seed=3), ())
    public = public_words(vendor(name))
    fixtures = {text for text in named(dict(mock.target.fixtures)) if len(text) >= SHORTEST and text not in public}
    hidden = {*mock.target.secrets(), *fixtures, "api.invalid"} - {""}
    assert len(hidden) > 5
    for told in scenarios(name, mode):
        made = recorded(told, name, mode=mode)
        text = made.text + made.deliveries
        found = [one for one in hidden if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text)]
        assert found == []


def test_what_stands_before_the_host_gets_in_nowhere() -> None:
    mock = in_process(vendor("kuflow"), Settings(seed=3), ())
    name, password = mock.target.auth.username, mock.target.auth.password
    assert name
    assert password
    url = mock.target.url.replace("://", f"://{name}:{password}@")
    target = mock.target.model_copy(update={"url": url, "auth": Auth(), "identities": {}})
    inner = mock.transport
    assert inner

    class Echoing:
        """Answers at the address without a name, and tells the password."""

        def send(self, wire: Wire) -> Reply:
            reply = inner.send(replace(wire, url=wire.url.replace(f"{name}:{password}@", "")))
            return replace(reply, headers={**reply.headers, "etag": f'"{password}"'})

        def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
            return [self.send(wire) for wire in wires]

        def close(self) -> None:
            inner.close()

    made = record(vendor("kuflow"), target, START, 3, transport=Echoing(), controls=mock.controls)
    assert "etag" in made.text
    assert [secret for secret in (name, password) if secret in made.text] == []


def test_the_hosts_of_every_identity_are_hidden() -> None:
    realm = "https://sso.internal.example/realms/acme/token"
    further = Auth(kind="oauth2-password", username="ann", password="hush-hush", token_url=realm)
    target = in_process(vendor("kuflow"), Settings(seed=3), ()).target
    target = target.model_copy(update={"identities": {**target.identities, "further": further}})
    told = str(scrubbed_auth(further, scrubber_for(vendor("kuflow"), target).substitution()))
    assert "token" in told
    assert "internal" not in told


def test_a_scenario_that_does_not_hold_is_not_written() -> None:
    with pytest.raises(
        RecordingError, match=r"kuflow/start-idempotently: repeated: expected status 200; got status 201"
    ):
        recorded(START, "kuflow", deviations=frozenset({"replay-answers-201"}))


@dataclass
class Losing:
    """Loses the reply to the first start of a workflow."""

    inner: Transport
    lost: int = 0

    def send(self, wire: Wire) -> Reply:
        reply = self.inner.send(wire)
        if "trigger" in wire.url and not self.lost:
            self.lost += 1
            raise TransportError("network", "no reply")
        return reply

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        return self.inner.send_together(wires)

    def close(self) -> None:
        self.inner.close()


def test_weather_and_what_is_left_behind_are_told_where_nothing_is_written() -> None:
    mock = in_process(vendor("pliant"), Settings(seed=3), ())
    assert mock.transport is not None
    (told,) = [one for one in scenarios("pliant") if one.name == "run-and-poll"]
    with pytest.raises(RecordingError) as caught:
        record(vendor("pliant"), mock.target, told, 3, transport=Losing(mock.transport), controls=mock.controls)
    assert "lost its reply (network: no reply), which may be why: record it again)" in str(caught.value)
    assert str(caught.value).endswith("; left behind: run of unknown id")


def changed(cassette: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    content = yaml.safe_load(cassette.read_text())
    change(content)
    cassette.write_text(yaml.safe_dump(content, sort_keys=False))
    return cassette


def found(cassette: Path, told: Scenario = START) -> list[str]:
    return [str(one) for one in replay(vendor(cassette.parent.name), files.load(cassette), told)]


def test_another_reply_fails_the_step_that_it_breaks(tmp_path: Path) -> None:
    def other_status(content: dict[str, Any]) -> None:
        content["interactions"][1]["response"]["status"]["code"] = 201

    (line,) = found(changed(written(tmp_path, START, "kuflow"), other_status))
    assert "step repeated: expected status 200; got status 201 (witness: mock)" in line


def test_another_request_names_the_nearest_interaction_and_its_matcher(tmp_path: Path) -> None:
    def other_id(content: dict[str, Any]) -> None:
        one = content["interactions"][0]["request"]
        one["body"] = one["body"].replace('"processDefinitionId": "', '"processDefinitionId": "x')
        content["interactions"][1]["request"]["body"] = one["body"].replace("x", "y")

    (line,) = found(changed(written(tmp_path, START, "kuflow"), other_id))
    assert "step started: POST https://kuflow.example/v2024-06-14/processes was not recorded; " in line
    assert 'the nearest is interaction 1, body: /processDefinitionId: "x' in line


def test_what_is_no_longer_sent_is_found(tmp_path: Path) -> None:
    def one_more(content: dict[str, Any]) -> None:
        content["interactions"].append(content["interactions"][2])

    (line,) = found(changed(written(tmp_path, START, "kuflow"), one_more))
    assert "interaction 4: GET /v2024-06-14/processes/" in line
    assert "no longer sent by the scenario" in line


def test_deliveries_are_kept_beside(tmp_path: Path) -> None:
    told = scenario("receive-webhooks", "kuflow")
    path = written(tmp_path, told, "kuflow")
    kinds = [one["body"]["type"] for one in inbound.load(path)]
    assert kinds == ["PROCESS.CREATED", "PROCESS.STATE_CHANGED"]
    inbound.beside(path).unlink()
    (line,) = found(path, told)
    assert "step told-of-the-start" in line


def test_a_connection_while_replaying_is_refused(tmp_path: Path) -> None:
    def nosy(journey: Journey) -> None:
        START.function(journey)
        with socket.socket() as sock:
            sock.connect(("127.0.0.1", 9))

    path = written(tmp_path, START, "kuflow")
    (line,) = found(path, replace(START, function=nosy))
    assert "a connection to ('127.0.0.1', 9) while replaying" in line
    with offline(), socket.socket() as sock, pytest.raises(Connected):
        sock.connect_ex(("127.0.0.1", 9))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version: 1\ninteractions: [", ":3: "),
        ("just text", '/: "just text" is not of type "object"'),
        ("version: 1\ninteractions: []\nmetadata: {}\n", "/metadata/provenance: Field required"),
        (
            "version: 1\ninteractions: []\nmetadata: {provenance: life}\n",
            "/metadata/provenance: Input should be 'live'",
        ),
        ("version: 1\nmetadata: {}\ninteractions: [{request: {}}]\n", "/interactions/0"),
        ("version: 1\nmetadata: {}\ninteractions: [!!python/none x]\n", ":3: "),
    ],
)
def test_a_broken_file_is_told_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text)
    with pytest.raises(CassetteError) as caught:
        files.load(path)
    assert told in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_document_is_no_recording() -> None:
    made = recorded(START, "kuflow").told
    with pytest.raises(ValueError, match="was recorded by no scenario"):
        made.model_validate({**made.model_dump(), "provenance": "document"})
    with pytest.raises(ValueError, match="names scenario and environment"):
        made.model_validate({**made.model_dump(), "scenario": None})


SLOW = """
import sys, time
from pathlib import Path
from conformance.cassettes import files
write = Path.open

class Slow:
    def __init__(self, file): self.file = file
    def __enter__(self): return self
    def __exit__(self, *_): self.file.close()
    def fileno(self): return self.file.fileno()
    def flush(self): self.file.flush()
    def write(self, text):
        self.file.write(text[: len(text) // 2])
        self.file.flush()
        print("half", flush=True)
        time.sleep(60)

Path.open = lambda self, *a, **k: Slow(write(self, *a, **k)) if "unfinished" in self.name else write(self, *a, **k)
files.replace(Path(sys.argv[1]), "a: new\\n" * 1000)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killing_it_half_way_leaves_the_old_cassette_whole(tmp_path: Path) -> None:
    path = written(tmp_path, START, "kuflow")
    before = path.read_bytes()
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        process.send_signal(signal.SIGKILL)
    assert path.read_bytes() == before
    assert found(path) == []


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "kuflow").write_text("a file")
    with pytest.raises(CassetteError, match="kuflow"):
        files.replace(tmp_path / "kuflow" / "a.yaml", "")


def test_replaying_waits_for_nothing(tmp_path: Path) -> None:
    def patient(journey: Journey) -> None:
        for number in journey.attempts():
            if number == 12:
                break
        START.function(journey)

    path = written(tmp_path, START, "kuflow")
    started = time.monotonic()
    assert found(path, replace(START, function=patient)) == []
    assert time.monotonic() - started < 30


def test_headers_that_are_plain_are_no_secrets() -> None:
    mock = in_process(vendor("kuflow"), Settings(seed=3), ())
    headers = {"accept": "application/json", "x-gateway": "hush-hush"}
    target = mock.target.model_copy(update={"headers": headers})
    made = record(vendor("kuflow"), target, START, 3, transport=mock.transport, controls=mock.controls)
    assert "application/json" in made.text
    assert scrubber_for(vendor("kuflow"), target).substitution().text("hush-hush") == "placeholder-headers-1"
