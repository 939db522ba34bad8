"""``conformance clauses``."""

from __future__ import annotations

import click


@click.command(name="clauses")
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@click.option("--specs", multiple=True, metavar="DIR", help="A folder of vendor folders, or one; may be repeated.")
@click.option("--lint", "lint_only", is_flag=True, help="Hold semantics against the contract and list every finding.")
@click.option("--json", "as_json", is_flag=True, help="Print the catalogue as JSON.")
@click.pass_context
def command(
    ctx: click.Context, vendors: tuple[str, ...], specs: tuple[str, ...], lint_only: bool, as_json: bool
) -> None:
    """List what vendors promise, with the cases that judge each promise or why it is unseen.

    \b
    Examples:
      conformance clauses kuflow
      conformance clauses --lint --specs ./my-apis
    """
    from pathlib import Path

    from conformance.commands._clauses import catalogue, findings

    places = [Path(place) for place in specs]
    ctx.exit(findings(vendors, places) if lint_only else catalogue(vendors, places, as_json))
