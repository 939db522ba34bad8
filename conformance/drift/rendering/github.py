"""Notes as workflow commands, which a CI job shows beside the lines they are about."""

from __future__ import annotations

from collections.abc import Iterable

from conformance.drift.rendering.note import Note

_WORDS = {"error": "error", "warning": "warning", "note": "notice"}


def github(notes: Iterable[Note]) -> str:
    """A line a note."""
    return "".join(_command(note) for note in notes)


def _command(note: Note) -> str:
    place = f"file={_value(note.file)},line={note.line}," if note.file else ""
    return (
        f"::{_WORDS[note.weight]} {place}title={_value(note.rule)}::{_data(chr(10).join([note.says, *note.details]))}\n"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
