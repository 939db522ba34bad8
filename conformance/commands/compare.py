"""``conformance compare``."""

from __future__ import annotations

import click


@click.command(name="compare")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--json", "json_wanted", is_flag=True, help="Print the comparison as JSON.")
@click.pass_context
def command(ctx: click.Context, old: str, new: str, json_wanted: bool) -> None:
    """Tell which cases changed their verdict between two results files.

    Exit 1 when a case that passed (PASS, OBSERVED, KNOWN) fails now, 3 when the run of NEW did not end, else 0.

    \b
    Examples:
      conformance compare monday/results.jsonl tuesday/results.jsonl
      conformance compare monday/ tuesday/ --json
    """
    import json
    from pathlib import Path

    from conformance.report.comparison import as_json, compare, text
    from conformance.report.files import RESULTS
    from conformance.results import read

    files = [file / RESULTS if file.is_dir() else file for file in (Path(old), Path(new))]
    comparison = compare(*(read(file) for file in files))
    if json_wanted:
        click.echo(json.dumps(as_json(comparison), indent=2))
    else:
        click.echo(text(comparison), nl=False)
    ctx.exit(comparison.exit_code)
