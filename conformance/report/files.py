"""The folder of a run's reports: results streamed as they come, the rest rendered at the end."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from conformance.errors import UsageError
from conformance.report.html import html
from conformance.report.junit import junit
from conformance.report.markdown import markdown
from conformance.results import Line, Results, write_line
from conformance.whole_file import write_whole

RESULTS = "results.jsonl"
RENDERERS = {"junit.xml": junit, "report.html": html, "summary.md": markdown}
"""What is rendered into the folder at the end of a run, by file name."""

_HINT = "give a folder that can be written, with space left"


class ReportFolder:
    """A folder that gets ``results.jsonl`` line by line; reports of an earlier run are removed when it opens."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: TextIO | None = None

    def __enter__(self) -> Self:
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            for name in RENDERERS:
                (self._path / name).unlink(missing_ok=True)
            self._file = (self._path / RESULTS).open("w", encoding="utf-8", newline="\n")
        except OSError as wrong:
            raise UsageError(f"{self._path}: {wrong.strerror}", _HINT) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            with suppress(OSError):
                self._file.close()

    def write(self, line: Line) -> None:
        """Append ``line`` to ``results.jsonl``; it is in the file when this returns."""
        assert self._file is not None
        try:
            self._file.write(f"{write_line(line)}\n")
            self._file.flush()
        except OSError as wrong:
            raise UsageError(f"{self._path / RESULTS}: {wrong.strerror}", _HINT) from None

    def render(self, results: Results) -> None:
        """Write every report of ``results``, each as a whole or not at all."""
        for name, renderer in RENDERERS.items():
            replace(self._path / name, renderer(results))


def replace(path: Path, text: str) -> None:
    """Make ``text`` the content of ``path``, of a plain file in one step; ``UsageError`` when that is refused."""
    try:
        write_whole(path, text, errors="backslashreplace")
    except OSError as wrong:
        raise UsageError(f"{path}: {wrong.strerror}", _HINT) from None
