"""``conformance drift``."""

from __future__ import annotations

import click


@click.command(name="drift")
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@click.option("--against", metavar="FILE|URL", help="Compare the contract with the vendor's own document for real.")
@click.option("--any-digest", is_flag=True, help="With --against: take a document that is not the one on record.")
@click.option("--accept", is_flag=True, help="With --against: when it equals the contract, put that on record.")
@click.option("--client", is_flag=True, help="With --against: tell what each change does to the generated client.")
@click.option("--results", "results", multiple=True, metavar="FILE", help="A results.jsonl of a live run; repeatable.")
@click.option("--har", multiple=True, metavar="FILE", help="Live traffic as a HAR file; may be repeated.")
@click.option("--generated", metavar="DIR", show_default="generated", help="Where the clients are.")
@click.option("--accept-all", is_flag=True, help="Waive every finding of today: start an existing project at zero.")
@click.option("--owner", metavar="NAME", help="With --accept-all: who answers for it.")
@click.option("--expires", metavar="DATE", help="With --accept-all: until when, such as 2027-01-31.")
@click.option("--reason", metavar="TEXT", default="known when the gate was set up", help="With --accept-all: why.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "markdown", "sarif", "github"]),
    default="text",
    show_default=True,
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--specs", multiple=True, metavar="DIR", help="A folder of vendor folders, or one; may be repeated.")
@click.pass_context
def command(ctx: click.Context, /, **options: object) -> None:
    """Tell whether contract, semantics, client, cassettes, mock and the vendor's publication still agree.

    Findings that waivers.toml in the vendor's folder accepts do not count. Exit 1 when any other is left.

    \b
    Examples:
      conformance drift
      conformance drift kuflow --against openapi.yaml
      conformance drift --format sarif > drift.sarif
      conformance drift --accept-all --owner api-team --expires 2027-01-31
    """
    from conformance.commands._drift import drift
    from conformance.commands._refusal import told_as

    options["shape"] = "json" if options.pop("as_json") else options["shape"]
    with told_as(str(options["shape"])):
        code = drift(**options)  # type: ignore[arg-type]
    ctx.exit(code)
