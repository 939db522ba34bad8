"""What ``conformance clauses`` does: print the catalogue, or the findings of the lint."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import click

from conformance.contract.lint.linting import require_fit
from conformance.contract.vendor import Vendor, find, folders
from conformance.engine.plan import plan
from conformance.engine.planlint import findings as found_by_lint


def findings(vendors: Sequence[str], specs: list[Path]) -> int:
    """Print every finding; the exit code is 2 when there is one."""
    found = 0
    for name in vendors or sorted(folders(specs)):
        vendor = Vendor.load(find(name, specs))
        for finding in found_by_lint(vendor):
            click.echo(finding)
            found += 1
    return 2 if found else 0


def catalogue(vendors: Sequence[str], specs: list[Path], as_json: bool) -> int:
    """Print every clause with its disposition."""
    for name in vendors or sorted(folders(specs)):
        vendor = Vendor.load(find(name, specs))
        require_fit(vendor)
        cases: dict[str, list[str]] = defaultdict(list)
        for case in plan(vendor):
            for clause in case.clauses:
                cases[clause.id].append(case.id)
        for clause in vendor.semantics.clauses.values():
            judges = cases[clause.id]
            if as_json:
                click.echo(json.dumps({**clause.model_dump(mode="json"), "judged_by": judges}, ensure_ascii=False))
                continue
            click.echo(f"{clause.id}  {clause.level:<7}  {clause.where}  {clause.says}")
            click.echo(f"    unseen: {clause.unseen}" if clause.unseen else f"    {_shown(judges)}")
    return 0


def _shown(judges: Sequence[str]) -> str:
    more = f" and {len(judges) - 3} more" if len(judges) > 3 else ""
    return ", ".join(judges[:3]) + more
