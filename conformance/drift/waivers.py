"""Waivers: disagreements that somebody has accepted for a while."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from pydantic import Field

from conformance.drift.finding import Finding
from conformance.errors import DocumentError
from conformance.toml_file import Table, load

HEAD = "# Disagreements that somebody has accepted for a while; one that matches nothing any more fails the gate.\n"


class Waiver(Table):
    """Findings that are accepted until a day: ``rule``, ``operation`` and ``pointer`` are patterns (``*``, ``?``)."""

    rule: str
    pointer: str = "*"
    operation: str = "*"
    owner: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    expires: date

    def covers(self, finding: Finding) -> bool:
        """Whether ``finding`` is one of those meant."""
        pairs = ((finding.rule, self.rule), (finding.pointer, self.pointer), (finding.operation, self.operation))
        return all(fnmatchcase(said, _pattern(meant)) for said, meant in pairs)


class _File(Table):
    waiver: tuple[Waiver, ...] = ()


@dataclass(frozen=True)
class Weighed:
    """Findings after the waivers: those that count, and those that are accepted, each with the waiver."""

    counting: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Waiver], ...]


def read(path: Path) -> tuple[Waiver, ...]:
    """The ``[[waiver]]`` tables of a file; none when there is no file.

    :raises DocumentError: the file is malformed, or a waiver lacks owner, reason or expiry.
    """
    hint = "waivers are TOML: a [[waiver]] has rule, owner, reason and expires, and may have operation and pointer"
    return load(path, _File, DocumentError, hint).waiver if path.exists() else ()


def weigh(vendor: str, findings: Iterable[Finding], waivers: Sequence[Waiver], file: str, today: date) -> Weighed:
    """The findings as the waivers of ``file`` leave them; a waiver that is stale or expired is a finding itself."""
    findings = tuple(findings)
    valid = [waiver for waiver in waivers if waiver.expires >= today]
    accepted: list[tuple[Finding, Waiver]] = []
    counting: list[Finding] = []
    for finding in findings:
        waiver = next((one for one in valid if one.covers(finding)), None)
        if waiver is None:
            counting.append(finding)
        else:
            accepted.append((finding, waiver))
    for number, waiver in enumerate(waivers):
        place = f"/waiver/{number}"
        meant = any(waiver.covers(finding) for finding in findings)
        if not meant:
            says = f"the waiver of {waiver.rule} by {waiver.owner} matches nothing"
            counting.append(Finding(vendor, "waivers", "waiver-stale", file, place, says, "remove it"))
        elif waiver.expires < today:
            says = f"the waiver of {waiver.rule} by {waiver.owner} expired on {waiver.expires}"
            counting.append(Finding(vendor, "waivers", "waiver-expired", file, place, says, "mend what it waived"))
    return Weighed(tuple(counting), tuple(accepted))


def written(findings: Iterable[Finding], owner: str, reason: str, expires: date) -> str:
    """The tables of a waiver file that accept exactly ``findings``."""
    places = sorted({(one.rule, one.operation, one.pointer) for one in findings})
    return "".join(_table(*place, owner, reason, expires) for place in places)


def _table(rule: str, operation: str, pointer: str, owner: str, reason: str, expires: date) -> str:
    lines = ["", "[[waiver]]", f"rule = {_text(rule)}"]
    lines += [f"operation = {_text(_literal(operation))}", f"pointer = {_text(_literal(pointer))}"]
    lines += [f"owner = {_text(owner)}", f"reason = {_text(reason)}", f"expires = {expires}"]
    return "\n".join(lines) + "\n"


def _literal(text: str) -> str:
    """A pattern that only ``text`` matches."""
    return text.replace("*", "\\*").replace("?", "\\?")


def _pattern(meant: str) -> str:
    """What fnmatch takes: brackets mean themselves, and so does a wildcard behind a backslash."""
    return meant.replace("[", "[[]").replace("\\*", "[*]").replace("\\?", "[?]")


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
