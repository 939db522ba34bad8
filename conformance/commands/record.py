"""``conformance record``."""

from __future__ import annotations

import click

from conformance.commands._usage import single


@click.command(name="record")
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@click.option("--env", "env_files", multiple=True, metavar="FILE", help="Environment file; may be repeated.")
@click.option("--mock", is_flag=True, help="Record from the mocks (the default when no file is named).")
@click.option("--target", "targets", multiple=True, metavar="NAME", help="Only these targets of the environment files.")
@click.option(
    "--only", multiple=True, callback=single, metavar="GLOB", help="Only the scenarios that match, such as 'start-*'."
)
@click.option(
    "--seed", type=click.IntRange(0), metavar="N", help="Seed of ids; unless given 1 for mocks, random with --env."
)
@click.option("--output", default="cassettes", show_default=True, metavar="DIR", help="Where cassettes are written.")
@click.option("--specs", multiple=True, metavar="DIR", help="A folder of vendor folders, or one; may be repeated.")
@click.pass_context
def command(ctx: click.Context, /, **options: object) -> None:
    """Run scenarios and write their scrubbed traffic to DIR/VENDOR/SCENARIO.yaml.

    A cassette is written when every step holds and the scrubbed traffic replays; else the one there stays.

    \b
    Examples:
      conformance record kuflow --env staging.toml
      conformance record pliant --mock --only 'run-*' --output /tmp/cassettes
    """
    from conformance.commands._record import record

    ctx.exit(record(**options))  # type: ignore[arg-type]
