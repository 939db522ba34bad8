"""``conformance replay``."""

from __future__ import annotations

import click


@click.command(name="replay")
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@click.option("--only", metavar="GLOB", help="Only the cassettes that match, such as 'start-*'.")
@click.option("--max-age", type=click.IntRange(0), metavar="DAYS", help="Older cassettes are findings.")
@click.option("--cassettes", "places", multiple=True, metavar="DIR", help="A folder of cassettes; may be repeated.")
@click.option("--specs", multiple=True, metavar="DIR", help="A folder of vendor folders, or one; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def command(ctx: click.Context, /, **options: object) -> None:
    """Run scenarios on their cassettes, without any connection.

    With no VENDOR all that have cassettes are replayed. Exit 0 without a finding, else 1.

    \b
    Examples:
      conformance replay
      conformance replay kuflow --only 'start-*' --max-age 90
    """
    from conformance.commands._replay import replay

    ctx.exit(replay(**options))  # type: ignore[arg-type]
