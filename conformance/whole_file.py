"""Files that are written as a whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, text: str, *, errors: str = "strict") -> None:
    """Make ``text`` the content of ``path``; what is there stays until the new file is complete.

    What is no plain file, such as a pipe, is written to in its place, and a link stays one. ``OSError`` when any of it
    is refused.
    """
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8", errors=errors, newline="\n")
        return
    path = path.resolve()
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", errors=errors, newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
