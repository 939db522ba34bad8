from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

import conformance
from conformance.errors import MockError
from conformance.mocks.embedded import embedded, write_environment
from conformance.mocks.kit.model import Settings

PACKAGE = Path(conformance.__file__).parent
WAIT_SECONDS = 20


def listens(url: str) -> bool:
    parts = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((parts.hostname, parts.port)) == 0


def gone(url: str) -> bool:
    end = time.monotonic() + WAIT_SECONDS
    while listens(url) and time.monotonic() < end:
        time.sleep(0.01)
    return not listens(url)


def test_it_listens_and_ends_with_the_block(tmp_path: Path) -> None:
    with embedded("kuflow", Settings(seed=5, choices={"hidden_resource": "403"})) as running:
        auth = httpx.BasicAuth(running.environment["auth"]["username"], running.environment["auth"]["password"])
        assert urlsplit(running.url).hostname == "127.0.0.1"
        assert running.url.endswith("/v2024-06-14")
        hidden = running.environment["fixtures"]["hidden_robot_id"]
        assert httpx.get(f"{running.url}/robots/{hidden}", auth=auth).status_code == 403
        assert httpx.post(running.controls["advance_clock"], json={"seconds": 1}).status_code == 200
        write_environment(running, tmp_path / "env.toml")
        assert tomllib.loads((tmp_path / "env.toml").read_text())["kuflow"] == running.environment
        told = {"vendor", "mode", "url", "profile", "capabilities", "auth", "identities", "fixtures", "controls"}
        assert set(running.environment) == told
    assert gone(running.url)


def test_it_imports_nothing_from_the_folder_that_it_starts_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "random.py").write_text("print('imported')\nraise SystemExit(1)\n")
    monkeypatch.chdir(tmp_path)
    with embedded("instabase", Settings()) as running:
        assert listens(running.url)


def test_a_first_line_that_is_none_of_its_own_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('good morning', flush=True)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    says = "the mock of instabase did not start: it said 'good morning'"
    with pytest.raises(MockError, match=says), embedded("instabase", Settings()):
        pass


def test_it_ends_when_its_parent_is_killed() -> None:
    parent = (
        "import sys, time\n"
        "from conformance.mocks.embedded import embedded\n"
        "from conformance.mocks.kit.model import Settings\n"
        "with embedded('kuflow', Settings()) as running:\n"
        "    print(running.url, flush=True)\n"
        "    time.sleep(600)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        url = process.stdout.readline().decode().strip()
        assert listens(url)
        process.send_signal(signal.SIGKILL)
    assert gone(url)


def test_a_start_that_fails_says_why() -> None:
    with (
        pytest.raises(MockError, match=r"unknown deviation 'sort-ignore'.*sort-ignored"),
        embedded("kuflow", Settings(deviations=frozenset({"sort-ignore"}))),
    ):
        pytest.fail("it started")


def test_it_starts_where_there_are_no_specs(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "specs")
    shutil.copytree(PACKAGE / "mocks", tmp_path / "conformance" / "mocks", ignore=ignored)
    for name in ("__init__.py", "errors.py"):
        shutil.copy(PACKAGE / name, tmp_path / "conformance" / name)
    program = (
        "import conformance, pathlib, sys\n"
        "from conformance.mocks import catalogue\n"
        "from conformance.mocks.kit.model import Settings\n"
        "for vendor in catalogue.vendors():\n"
        "    mock = catalogue.find(vendor)\n"
        "    for mode in mock.MODES:\n"
        "        mock.build(Settings(mode=mode))\n"
        "print(pathlib.Path(conformance.__file__).parent)\n"
        "print(sorted({m.split('.')[1] for m in sys.modules if m.startswith('conformance.')}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:2] == [str(tmp_path / "conformance"), "['errors', 'mocks']"]


def test_many_connections_at_once() -> None:
    with embedded("kuflow", Settings()) as running:
        parts = urlsplit(running.url)
        sockets = [socket.create_connection((parts.hostname, parts.port)) for _ in range(300)]
        try:
            for one in sockets:
                one.sendall(b"GET /nothing HTTP/1.1\r\nhost: mock\r\n\r\n")
            heads = {one.recv(12) for one in sockets}
        finally:
            for one in sockets:
                one.close()
    assert heads == {b"HTTP/1.1 404"}
