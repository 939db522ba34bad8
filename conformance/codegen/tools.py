"""Runs the generators and the formatter as programs of this interpreter, whatever PATH and HOME say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from ruff import find_ruff_bin  # type: ignore[import-untyped]

from conformance.codegen.complaints import reason
from conformance.errors import GenerationError

LINE_LENGTH = 110
_RULES = "I,F401,F811"


def run_module(module: str, *arguments: str | Path, document: Path) -> None:
    """Run ``python -m module`` beside a JSON ``document``; a refusal is a GenerationError with its reason."""
    done = _run([sys.executable, "-m", module, *map(str, arguments)], document.parent)
    if done.returncode:
        why = reason(done.stderr or done.stdout, json.loads(document.read_text(encoding="utf-8")))
        raise GenerationError(
            why or f"{module} ended with {done.returncode}",
            f"{module} does not know this: say it otherwise in the contract or in overlays/generate.yaml",
        )


def tidy(folder: Path) -> None:
    """Sort imports, drop unused ones and format the Python below ``folder`` by these settings alone."""
    ruff = find_ruff_bin()
    shared = ("--isolated", "--no-cache", "--quiet", "--target-version=py311", f"--line-length={LINE_LENGTH}")
    collapse = "--config=format.skip-magic-trailing-comma=true"
    for command in (("check", ".", "--fix-only", f"--select={_RULES}"), ("format", ".", collapse)):
        done = _run([ruff, *command, *shared], folder)
        if done.returncode:
            why = reason(done.stderr or done.stdout, {})
            raise GenerationError(f"ruff {command[0]}: {why}", "the contract has a name that is no Python")


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    plain = {"PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "NO_COLOR": "1", "TYPER_STANDARD_TRACEBACK": "1"}
    return subprocess.run(  # noqa: S603 - the programs are named here
        command,
        cwd=folder,
        env={**os.environ, **plain},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
