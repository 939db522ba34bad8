"""What ``conformance generate`` does: write packages, or hold committed ones against fresh ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from conformance.codegen.generate import generate, stale, told_of
from conformance.codegen.published import generate_from_published
from conformance.contract.vendor import find, folders
from conformance.errors import StaleError, UsageError


def generate_all(vendors: Sequence[str], check_only: bool, output: Path, specs: list[Path]) -> None:
    """Write, or with ``check_only`` compare, the package of every vendor named, or of all."""
    for name in vendors or sorted(folders(specs)):
        folder = find(name, specs)
        if not check_only:
            generate(folder, output / name)
            click.echo(f"{name}: {output / name}")
            continue
        with told_of(folder / "openapi.yaml"):
            difference = stale(folder, output / name)
        if difference is not None:
            raise StaleError(difference.message, difference.command)
        click.echo(f"{name}: {output / name} is current")


def generate_published(vendors: Sequence[str], source: str, output: str | None, specs: list[Path]) -> None:
    """Write the package that the vendor's own document yields."""
    if len(vendors) != 1 or output is None:
        raise UsageError(
            "--published needs one vendor and --output",
            "conformance generate VENDOR --published FILE --output DIR",
        )
    generate_from_published(source, find(vendors[0], specs), Path(output))
    click.echo(f"{vendors[0]}: {output}")
