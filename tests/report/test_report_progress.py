"""Progress: a bar on a terminal, a line now and then elsewhere, never on stdout."""

from __future__ import annotations

import io

import pytest
from made import case, failure, results
from rich.console import Console

from conformance.report.progress import CLEANING, EVERY, Progress
from conformance.results import Results


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def seen(found: Results, *, terminal: bool, enabled: bool = True, step: float = 0.0) -> str:
    file, clock = io.StringIO(), Clock()
    console = Console(file=file, force_terminal=terminal, width=100, _environ={"TERM": "xterm"})
    with Progress(enabled, console=console, clock=clock) as progress:
        for line in (found.header, *found.cases, *([found.footer] if found.footer else [])):
            clock.now += step
            progress.see(line)
    return file.getvalue()


def test_elsewhere_a_short_run_has_a_line_a_target() -> None:
    found = results(case(), failure("a/b/c"), case("a/b/d", target="other"))
    assert seen(found, terminal=False) == "kuflow: 2 cases done, 1 FAIL\nother: 1 cases done\n"


def test_elsewhere_a_long_run_has_a_line_now_and_then() -> None:
    found = results(*(case(f"a/b/c{index}") for index in range(5)))
    told = seen(found, terminal=False, step=EVERY / 2).splitlines()
    assert told == ["kuflow: 3 of 5 cases", "kuflow: 5 of 5 cases", "kuflow: 5 cases done"]


def test_on_a_terminal_a_bar_shows_case_number_and_failures() -> None:
    shown = seen(results(failure(), case("a/b/c"), finished=False), terminal=True)
    assert "2/7" in shown
    assert "kuflow:a/b/c" in shown
    assert "1 FAIL" in shown


def test_after_the_last_case_the_bar_shows_what_is_still_done() -> None:
    bar = seen(results(case("a/b/c"), case("a/b/d")), terminal=True).rpartition("2/2")[2]
    assert CLEANING in bar
    assert "a/b/" not in bar


def test_disabled_it_is_silent() -> None:
    found = results(failure())
    assert seen(found, terminal=True, enabled=False) == ""
    assert seen(found, terminal=False, enabled=False) == ""


def test_stdout_stays_empty(capsys: pytest.CaptureFixture[str]) -> None:
    found = results(failure())
    with Progress(True) as progress:
        for line in (found.header, *found.cases):
            progress.see(line)
        assert found.footer is not None
        progress.see(found.footer)
    caught = capsys.readouterr()
    assert caught.out == ""
    assert "kuflow: 1 cases done, 1 FAIL" in caught.err
