"""Texts of bounded length that match patterns and formats, and break others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import jsonschema_rs

from conformance.drift.containment.automaton import Automaton, Unreadable, automaton, texts
from conformance.drift.containment.facts import Fact
from conformance.drift.containment.formats import FORMATS
from conformance.drift.containment.outcome import NOTHING, Found, Outcome, unsure
from conformance.drift.containment.rewriting import text
from conformance.drift.containment.universe import compiled

_SAMPLES = 300
_LONGEST = 200_000
_PLAIN = ("", "a", "text", "0", "A", " ", "-", "é", "a b", "\n")


@dataclass
class _Wanted:
    least: int = 0
    most: int | None = None
    patterns: set[str] = field(default_factory=set)
    other_patterns: set[str] = field(default_factory=set)
    formats: set[str] = field(default_factory=set)
    other_formats: set[str] = field(default_factory=set)
    besides: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, facts: Sequence[Fact]) -> _Wanted:
        found = cls()
        for fact in facts:
            match fact.name:
                case "minLength":
                    found.least = max(found.least, int(fact.arg))
                case "maxLength":
                    found.most = int(fact.arg) if found.most is None else min(found.most, int(fact.arg))
                case "pattern":
                    found.patterns.add(fact.arg)
                case "not pattern":
                    found.other_patterns.add(fact.arg)
                case "format":
                    found.formats.add(fact.arg)
                case "not format":
                    found.other_formats.add(fact.arg)
                case "besides":
                    found.besides |= set(fact.arg)
        return found

    @property
    def is_contradictory(self) -> bool:
        """Whether what is wanted excludes itself at sight."""
        if self.most is not None and self.least > self.most:
            return True
        included = self.formats | {wider for name in self.formats for wider in FORMATS[name].within}
        return bool(self.patterns & self.other_patterns or included & self.other_formats)

    def holds(self, candidate: str) -> bool:
        """Whether the validator agrees that ``candidate`` is wanted."""
        if not self.least <= len(candidate) <= (len(candidate) if self.most is None else self.most):
            return False
        if text(candidate) in self.besides:
            return False
        return all(_valid(word, value, candidate) == met for word, value, met in self._claims())

    def _claims(self) -> Iterator[tuple[str, str, bool]]:
        yield from (("pattern", value, True) for value in self.patterns)
        yield from (("pattern", value, False) for value in self.other_patterns)
        yield from (("format", value, True) for value in self.formats)
        yield from (("format", value, False) for value in self.other_formats)


def string(facts: Sequence[Fact]) -> Outcome:
    """A text of which ``facts`` hold."""
    wanted = _Wanted.of(facts)
    if wanted.is_contradictory:
        return NOTHING
    if wanted.least > _LONGEST:
        return unsure(f"wrote no text of {wanted.least} characters")
    try:
        for candidate in _likely(wanted):
            if wanted.holds(candidate):
                return Found(candidate)
        return _search(wanted)
    except (Unreadable, jsonschema_rs.ValidationError, ValueError) as wrong:
        return unsure(str(wrong).splitlines()[0])


def matches(pattern: str, name: str) -> bool:
    """Whether ``name`` matches ``pattern``, as the validator finds."""
    return _valid("pattern", pattern, name)


def _likely(wanted: _Wanted) -> Iterator[str]:
    samples = [sample for name in (*wanted.formats, *wanted.other_formats) for sample in FORMATS[name].samples]
    fitted = "a" * wanted.least
    pool = [fitted, *samples, *_PLAIN, *(one.ljust(wanted.least, "a") for one in _PLAIN if wanted.least < 100)]
    yield from pool
    if not (wanted.patterns or wanted.formats):
        room = 1 if wanted.most is None else wanted.most - wanted.least
        letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for count in range(min(room, 3) + 1):
            yield from ("b" * wanted.least + letter * count for letter in letters)
        if wanted.least:
            yield from (letter + fitted[1:] for letter in letters)


def _search(wanted: _Wanted) -> Outcome:
    if not (wanted.patterns or wanted.formats or wanted.other_patterns or wanted.other_formats):
        return NOTHING if wanted.most == 0 else unsure("tried texts besides the excluded values")
    met = [automaton(pattern) for pattern in sorted(wanted.patterns)]
    met += [_machine(name) for name in sorted(wanted.formats) if FORMATS[name].matches]
    broken = [automaton(pattern) for pattern in sorted(wanted.other_patterns)]
    broken += [_machine(name) for name in sorted(wanted.other_formats) if FORMATS[name].exact]
    inexact = [machine for machine in broken if not machine.exact]
    firm = [machine for machine in broken if machine.exact]
    candidates = list(islice(texts(met, firm, wanted.least, wanted.most), _SAMPLES))
    for candidate in candidates:
        if wanted.holds(candidate):
            return Found(candidate)
    if not candidates:
        return NOTHING
    opaque = sorted({name for name in wanted.other_formats | wanted.formats if not FORMATS[name].exact})
    told = f"formats {', '.join(opaque)}" if opaque else "patterns that look around" if inexact else "excluded values"
    return unsure(f"tried {len(candidates)} texts against {told}")


def _machine(name: str) -> Automaton:
    return automaton(FORMATS[name].matches)


_VALIDATORS: dict[tuple[str, str], jsonschema_rs.Validator] = {}


def _valid(word: str, value: str, candidate: str) -> bool:
    validator = _VALIDATORS.get((word, value))
    if validator is None:
        validator = _VALIDATORS[word, value] = compiled({word: value})
    return validator.is_valid(candidate)
