"""A mock in a process of its own, on loopback ports that the system chooses, ended with whoever asked for it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from conformance.errors import MockError
from conformance.mocks import child
from conformance.mocks.kit.environment import toml
from conformance.mocks.kit.model import Settings

ROOT = Path(__file__).parents[2]
GRACE_SECONDS = 5


@dataclass(frozen=True)
class Running:
    """A mock that listens: its base url, the url of each control, and its table of an environment file."""

    url: str
    controls: Mapping[str, str]
    environment: dict[str, Any]


@contextlib.contextmanager
def embedded(vendor: str, settings: Settings) -> Iterator[Running]:
    """A running mock of ``vendor``; raises MockError with the child's last words when it does not start.

    The child ends with this block, and also with this process, however it ends: the system then closes its stdin. It
    imports nothing from the folder that it is started in.
    """
    with tempfile.TemporaryFile() as said, _started(vendor, settings, said) as process:
        try:
            yield _running(vendor, process, said)
        finally:
            _end(process)


def write_environment(running: Running, path: Path) -> None:
    """Write the environment file with which ``run --env`` reaches ``running``."""
    path.write_text(toml(str(running.environment["vendor"]), running.environment), encoding="utf-8")


def _started(vendor: str, settings: Settings, said: IO[bytes]) -> subprocess.Popen[bytes]:
    search = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-P", "-m", child.__name__, child.encoded(vendor, settings)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=said,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": search},
    )


def _running(vendor: str, process: subprocess.Popen[bytes], said: IO[bytes]) -> Running:
    line = process.stdout.readline() if process.stdout else b""
    if not line:
        process.wait()
        said.seek(0)
        words = said.read().decode(errors="replace").strip().splitlines() or ["it said nothing"]
        raise MockError(f"the mock of {vendor} did not start: {words[-1]}")
    try:
        environment = json.loads(line)["environment"]
    except ValueError:
        told = line.decode(errors="replace").strip()
        raise MockError(f"the mock of {vendor} did not start: it said {told!r}") from None
    return Running(environment["url"], environment.get("controls", {}), environment)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if process.stdin:
            process.stdin.close()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
