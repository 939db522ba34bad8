"""Programs that an environment file names: run by the shell, and ended when they take too long."""

from __future__ import annotations

import subprocess

SECONDS = 120.0
"""How long a program may take; a person may have to confirm a login."""


class TooLong(Exception):
    """A program was still running after ``SECONDS`` and was ended; the text says so without the command."""


def run_program(command: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """``command`` run to its end with ``given`` on its input, or else that of this process; raises ``TooLong``."""
    try:
        return subprocess.run(  # noqa: S602 - the environment file names the program
            command,
            shell=True,
            input=given,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise TooLong(f"was ended after {SECONDS:g} seconds") from None
