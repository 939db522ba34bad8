"""Notes as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from conformance import __version__
from conformance.drift.rendering.note import Note

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
HELP = "Each message names the place, what stands on either side, and what mends it where one step does."


def sarif(notes: Iterable[Note]) -> dict[str, Any]:
    """One run with a rule a kind of note, and a result a note on its line."""
    notes = tuple(notes)
    rules = sorted({note.rule for note in notes})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "workflow-conformance",
                        "version": __version__,
                        "rules": [_rule(rule) for rule in rules],
                    }
                },
                "results": [_result(note, rules.index(note.rule)) for note in notes],
            }
        ],
    }


def _rule(rule: str) -> dict[str, Any]:
    """What a viewer shows of a kind of note; GitHub's code scanning asks for each of the three texts."""
    words = {"text": rule.replace("-", " ").capitalize()}
    return {"id": rule, "shortDescription": words, "fullDescription": words, "help": {"text": HELP}}


def _result(note: Note, rule: int) -> dict[str, Any]:
    told = {
        "ruleId": note.rule,
        "ruleIndex": rule,
        "level": note.weight,
        "message": {"text": "\n".join([note.says, *note.details])},
    }
    return {**told, "locations": [_place(note)]} if note.file else told


def _place(note: Note) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(note.file)},
            "region": {"startLine": note.line},
        },
        "logicalLocations": [{"fullyQualifiedName": note.pointer or "/"}],
    }
