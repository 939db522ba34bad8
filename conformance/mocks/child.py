"""The process of an embedded mock: one JSON line on stdout when it listens; it ends when its stdin does."""

from __future__ import annotations

import json
import os
import sys
import threading

from conformance.errors import ConformanceError
from conformance.mocks.kit.model import Settings
from conformance.mocks.server import Origins, serve

HOST = "127.0.0.1"
STDIN = 0


def encoded(vendor: str, settings: Settings) -> str:
    """What the child is told, as one argument."""
    told = {**vars(settings), "deviations": sorted(settings.deviations), "choices": dict(settings.choices)}
    return json.dumps({"vendor": vendor, "settings": told})


def decoded(argument: str) -> tuple[str, Settings]:
    """The vendor and settings that ``encoded`` was given."""
    told = json.loads(argument)
    settings = told["settings"]
    return told["vendor"], Settings(**{**settings, "deviations": frozenset(settings["deviations"])})


def _end_with_stdin() -> None:
    while os.read(STDIN, 4096):
        pass
    os._exit(0)


def _announce(origins: Origins) -> None:
    sys.stdout.write(json.dumps(vars(origins)) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Serve what the only argument says; an error is one line on stderr."""
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    try:
        vendor, settings = decoded(sys.argv[1])
        serve(vendor, settings, HOST, 0, 0, _announce)
    except ConformanceError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
