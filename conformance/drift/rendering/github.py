"""Notes as workflow commands, which a CI job shows beside the lines they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from conformance.drift.rendering.note import Note

_WORDS = {"error": "error", "warning": "warning", "note": "notice"}


def github(notes: Iterable[Note]) -> str:
    """A line for each place and rule: what several notes say of one place is shown as one, since only ten are shown."""
    alike: dict[tuple[object, ...], list[Note]] = {}
    for number, note in enumerate(notes):
        place = (note.file, note.line) if note.file else (number,)
        alike.setdefault((*place, note.rule, note.weight), []).append(note)
    return "".join(_command(group) for group in alike.values())


def _command(group: Sequence[Note]) -> str:
    note = group[0]
    place = f"file={_value(note.file)},line={note.line}," if note.file else ""
    told = dict.fromkeys([*(one.says for one in group), *(detail for one in group for detail in one.details)])
    return f"::{_WORDS[note.weight]} {place}title={_value(note.rule)}::{_data(chr(10).join(told))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
