"""Which clauses a case cites: the patterns of the whole catalogue, compiled once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import translate

from conformance.contract.semantics.clause import Clause

_GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Citations:
    """Clauses by the case paths that they name: ``plain`` ones whole, ``patterns`` as globs; what was asked is kept."""

    plain: dict[str, list[Clause]]
    patterns: tuple[tuple[re.Pattern[str], Clause], ...]
    _asked: dict[str, tuple[Clause, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, clauses: Iterable[Clause]) -> Citations:
        """The citations of a catalogue."""
        plain: dict[str, list[Clause]] = defaultdict(list)
        patterns: list[tuple[re.Pattern[str], Clause]] = []
        for clause in clauses:
            globs = [case for case in clause.cases if _GLOB.search(case)]
            for case in clause.cases:
                if case not in globs:
                    plain[case].append(clause)
            if globs:
                patterns.append((re.compile("|".join(map(translate, globs))), clause))
        return cls(plain, tuple(patterns))

    def by(self, path: str) -> tuple[Clause, ...]:
        """The clauses that the case at ``path`` cites, in the order of their ids."""
        if path not in self._asked:
            found = {clause.id: clause for clause in self.plain.get(path, ())}
            found |= {clause.id: clause for pattern, clause in self.patterns if pattern.match(path)}
            self._asked[path] = tuple(found[name] for name in sorted(found))
        return self._asked[path]
