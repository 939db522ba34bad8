"""``conformance generate``."""

from __future__ import annotations

import click


@click.command(name="generate")
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@click.option("--check", "check_only", is_flag=True, help="Write nothing; exit 1 when a committed package is stale.")
@click.option("--published", metavar="FILE|URL", help="Generate from the vendor's own document instead.")
@click.option("--output", metavar="DIR", help="Where packages go: generated/ unless given; needed with --published.")
@click.option("--specs", multiple=True, metavar="DIR", help="A folder of vendor folders, or one; may be repeated.")
def command(
    vendors: tuple[str, ...], check_only: bool, published: str | None, output: str | None, specs: tuple[str, ...]
) -> None:
    """Generate typed clients from the contracts.

    \b
    Examples:
      conformance generate kuflow
      conformance generate --check
      conformance generate kuflow --published openapi.yaml --output /tmp/kuflow
    """
    from pathlib import Path

    from conformance.commands._generate import generate_all, generate_published

    places = [Path(place) for place in specs]
    if published is not None:
        generate_published(vendors, published, output, places)
    else:
        generate_all(vendors, check_only, Path(output or "generated"), places)
