"""``conformance replay``."""

from __future__ import annotations

import click

from conformance.commands._usage import single


@click.command(name="replay")
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@click.option("--against-mock", is_flag=True, help="Send the recorded requests to fresh mocks and compare.")
@click.option(
    "--env", "env_files", multiple=True, metavar="FILE", help="Send them to the targets of this file instead."
)
@click.option("--target", "targets", multiple=True, metavar="NAME", help="Only these targets of the environment files.")
@click.option(
    "--only", multiple=True, callback=single, metavar="GLOB", help="Only the cassettes that match, such as 'start-*'."
)
@click.option("--max-age", type=click.IntRange(0), metavar="DAYS", help="Older recordings are findings.")
@click.option("--seed", type=click.IntRange(0), metavar="N", help="Seed of new ids on a server; random unless given.")
@click.option("--cassettes", "places", multiple=True, metavar="DIR", help="Replay these and no others; repeatable.")
@click.option("--specs", multiple=True, metavar="DIR", help="A folder of vendor folders, or one; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as JSON.")
@click.pass_context
def command(ctx: click.Context, /, **options: object) -> None:
    """Run scenarios on their cassettes without any connection, or hold a server against what was recorded.

    Offline, each cassette is also held against the contract and the semantics. With no VENDOR all that have cassettes
    are replayed. Exit 0 without a finding, 1 with one, 3 when a server could not be asked all of it.

    \b
    Examples:
      conformance replay
      conformance replay kuflow --against-mock
      conformance replay kuflow --env staging.toml --only 'start-*'
    """
    from conformance.commands._replay import replay

    ctx.exit(replay(**options))  # type: ignore[arg-type]
