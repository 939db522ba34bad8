"""``conformance run``."""

from __future__ import annotations

import click

from conformance.commands._usage import single


@click.command(name="run")
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@click.option("--mock", is_flag=True, help="Test the embedded mocks (the default when no target is named).")
@click.option("--env", "env_files", multiple=True, metavar="FILE", help="Environment file; may be repeated.")
@click.option("--url", metavar="URL", help="A single target without credentials, read-only.")
@click.option("--target", "targets", multiple=True, metavar="NAME", help="Only these targets of the environment files.")
@click.option("--mode", metavar="NAME", help="Only this mode of the embedded mocks; the mode of --url.")
@click.option(
    "--only",
    multiple=True,
    callback=single,
    metavar="GLOB",
    help="Only cases that match, such as '*/idempotency/*', or as verdicts name them.",
)
@click.option("--profile", type=click.Choice(["read-only", "full"]), help="What the run may do, over the file's word.")
@click.option("--list", "list_only", is_flag=True, help="Print the plan and send nothing.")
@click.option("--strict", is_flag=True, help="A WARN fails the run.")
@click.option(
    "--deviation", "deviations", multiple=True, metavar="NAME", help="Make the embedded mock break this rule."
)
@click.option("--seed", type=click.IntRange(0), metavar="N", help="Seed of ids and data; random unless given.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    metavar="N",
    help="Cases side by side.",
)
@click.option(
    "--examples",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Beside the generated requests that cover the contract, N random ones of each kind an operation.",
)
@click.option(
    "--max-requests",
    type=click.IntRange(1),
    metavar="N",
    help="Judge nothing more after N requests a target; what was made is undone all the same.",
)
@click.option("--report", "report", metavar="DIR", help="Write results.jsonl, junit.xml, report.html and summary.md.")
@click.option("--specs", multiple=True, metavar="DIR", help="A folder of vendor folders, or one; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the result lines, or with --list the cases, as JSON.")
@click.pass_context
def command(ctx: click.Context, /, **options: object) -> None:
    """Run conformance cases and tell a verdict for each.

    With no VENDOR all are run; with no target the embedded mock of each.

    \b
    Examples:
      conformance run kuflow
      conformance run kuflow --only '*/pagination/*'
      conformance run --env staging.toml --report reports/
    """
    from conformance.commands._run import run

    ctx.exit(run(**options))  # type: ignore[arg-type]
