"""An error in the form that was asked for, since what reads that form never sees the terminal."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from conformance.drift.rendering.github import github
from conformance.drift.rendering.note import Note, line_of
from conformance.drift.rendering.sarif import sarif
from conformance.errors import ConformanceError
from conformance.report.markdown import escape
from conformance.transport.redaction import Redactor

RULE = "unreadable"
_PLACE = re.compile(r"(?P<file>[^:]+)(?::(?P<line>\d+))?: (?:(?P<pointer>/\S*): )?")


@contextmanager
def told_as(shape: str) -> Iterator[None]:
    """Tell an error of what is inside on the output too, in the form ``shape``; the terminal has it already."""
    try:
        yield
    except ConformanceError as wrong:
        click.echo(refusal(Redactor().text(wrong.message), wrong.hint, shape), nl=False)
        raise


def refusal(says: str, mend: str, shape: str) -> str:
    """What went wrong and what to do next, in one of the forms; nothing as text."""
    match shape:
        case "json":
            return json.dumps({"verdict": RULE, "says": says, "mend": mend}, indent=2, ensure_ascii=False) + "\n"
        case "markdown":
            return "\n\n".join([f"**{RULE}**", *(escape(one) for one in (says, mend) if one)]) + "\n"
        case "sarif":
            return json.dumps(sarif([_note(says, mend)]), indent=2, ensure_ascii=False) + "\n"
        case "github":
            return github([_note(says, mend)])
    return ""


def _note(says: str, mend: str) -> Note:
    """The error on the line that it begins with, where that is of a file that is there."""
    details = (mend,) if mend else ()
    place = _PLACE.match(says)
    if place is None or not Path(place["file"]).is_file():
        return Note("error", RULE, says, "", 1, "", details)
    path, pointer = Path(place["file"]), place["pointer"] or ""
    line = int(place["line"]) if place["line"] else line_of(path, pointer)
    return Note("error", RULE, says, path.as_posix(), line, pointer, details)
