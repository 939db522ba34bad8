"""``conformance selftest``."""

from __future__ import annotations

import click


@click.command(name="selftest")
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@click.option("--full", is_flag=True, help="Run the whole plan against every deviation and print the matrix.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, metavar="N", help="Trials at a time.")
@click.option("--specs", multiple=True, metavar="DIR", help="A folder of vendor folders, or one; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as one JSON array.")
@click.pass_context
def command(
    ctx: click.Context, vendors: tuple[str, ...], full: bool, jobs: int, specs: tuple[str, ...], as_json: bool
) -> None:
    """Test the suite on the mocks: honest ones raise no alarm, deviations are caught by their cases.

    Exit 0 when every trial went as it ought to, 1 when one did not, 3 when one was ended from outside.

    \b
    Examples:
      conformance selftest kuflow
      conformance selftest kuflow --full
    """
    from pathlib import Path

    from conformance.commands._selftest import selftest

    ctx.exit(selftest(vendors, full, jobs, [Path(place) for place in specs], as_json))
