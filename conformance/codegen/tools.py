"""Runs the generators and the formatter as programs of this interpreter, whatever PATH and HOME say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from ruff import find_ruff_bin  # type: ignore[import-untyped]

from conformance.errors import GenerationError

LINE_LENGTH = 110
_RULES = "I,F401,F811"


def run_module(module: str, *arguments: str | Path, folder: Path) -> None:
    """Run ``python -m module`` in ``folder``; raises GenerationError with its last words when it fails."""
    _run([sys.executable, "-m", module, *map(str, arguments)], module, folder)


def tidy(folder: Path) -> None:
    """Sort imports, drop unused ones and format the Python below ``folder`` by these settings alone."""
    ruff = find_ruff_bin()
    shared = ("--isolated", "--no-cache", "--quiet", "--target-version=py311", f"--line-length={LINE_LENGTH}")
    collapse = "--config=format.skip-magic-trailing-comma=true"
    _run([ruff, "check", ".", "--fix-only", f"--select={_RULES}", *shared], "ruff check", folder)
    _run([ruff, "format", ".", collapse, *shared], "ruff format", folder)


def _run(command: list[str], name: str, folder: Path) -> None:
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "NO_COLOR": "1"}
    done = subprocess.run(  # noqa: S603 - the programs are named here
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        reason = _reason(said) or f"exit {done.returncode}"
        raise GenerationError(f"{name}: {reason}", "the contract uses what the generator does not know")


def _reason(said: list[str]) -> str:
    """The first complaint with the line that explains it, else the last line."""
    for number, line in enumerate(said):
        if line.startswith(("WARNING ", "ERROR ")):
            return re.sub(r" <[^>]*>", "", " ".join(said[number : number + 2]))
    return said[-1] if said else ""
