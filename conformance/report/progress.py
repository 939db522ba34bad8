"""How far a run is, on stderr: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Column

from conformance.report.words import printed, visible
from conformance.results import CaseLine, FooterLine, HeaderLine, Line, Verdict

EVERY = 10.0
"""Seconds between two lines about one target where there is no terminal."""
CLEANING = "removing what the run made"
_BAD: tuple[Verdict, ...] = ("FAIL", "WARN", "BLOCKED", "ERROR")


class Progress:
    """Sees the lines of a run and tells how far it is; silent unless ``enabled``."""

    def __init__(
        self, enabled: bool, *, console: Console | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._console = console or Console(stderr=True)
        self._clock = clock
        self._enabled = enabled
        self._bar = _bar(self._console) if enabled and _is_live(self._console) else None
        self._task = self._bar.add_task("", total=None, bad="") if self._bar else None
        self._target = ""
        self._told = clock()
        self._planned = 0
        self._done = 0
        self._counts: Counter[Verdict] = Counter()

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def see(self, line: Line) -> None:
        """Take notice of the next line of the run."""
        match line:
            case HeaderLine():
                self._planned = line.planned
                if self._bar and self._task is not None:
                    self._bar.update(self._task, total=line.planned)
            case CaseLine():
                self._see_case(line)
            case FooterLine():
                self._tell_target()

    def _see_case(self, line: CaseLine) -> None:
        if line.target != self._target:
            self._tell_target()
            self._target, self._told = line.target, self._clock()
            self._counts.clear()
        self._done += 1
        self._counts[line.verdict] += 1
        if self._bar and self._task is not None:
            shown = visible(printed(line)) if self._done < self._planned else CLEANING
            self._bar.update(self._task, advance=1, description=shown, bad=self._bad())
        elif self._clock() - self._told >= EVERY:
            self._told = self._clock()
            self._tell(f"{self._target}: {self._done} of {self._planned} cases")

    def _tell_target(self) -> None:
        if self._target and not self._bar:
            self._tell(f"{self._target}: {sum(self._counts.values())} cases done")

    def _tell(self, news: str) -> None:
        if self._enabled:
            bad = self._bad()
            line = visible(f"{news}, {bad}" if bad else news)
            self._console.print(line, highlight=False, markup=False, emoji=False, soft_wrap=True)

    def _bad(self) -> str:
        return ", ".join(f"{self._counts[verdict]} {verdict}" for verdict in _BAD if self._counts[verdict])


def _is_live(console: Console) -> bool:
    return console.is_terminal and not console.is_dumb_terminal


def _bar(console: Console) -> Bar:
    return Bar(
        MofNCompleteColumn(),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        TextColumn("{task.fields[bad]}", style="bold red", markup=False),
        TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis")),
        console=console,
        transient=True,
        redirect_stdout=False,
    )
