"""``conformance schema``."""

from __future__ import annotations

import click


@click.command(name="schema")
@click.argument("name", type=click.Choice(["semantics", "environment", "results", "cassette"]))
def command(name: str) -> None:
    """Print the JSON Schema of a file format.

    \b
    Examples:
      conformance schema semantics > semantics.schema.json
    """
    import json

    from conformance.cassettes import schema as cassette
    from conformance.contract.semantics import schema as semantics
    from conformance.engine import environment
    from conformance.report import schema as results

    sources = {"semantics": semantics, "environment": environment, "results": results, "cassette": cassette}
    click.echo(json.dumps(sources[name].schema(), indent=2, ensure_ascii=False))
