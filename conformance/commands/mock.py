"""``conformance mock``."""

from __future__ import annotations

import click


@click.command(name="mock")
@click.argument("vendor")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Port of the API; chosen unless given."
)
@click.option("--deviation", "deviations", multiple=True, metavar="NAME", help="Break this rule; may be repeated.")
@click.option("--choice", "choices", multiple=True, metavar="KEY=VALUE", help="Settle what the document leaves open.")
@click.option("--mode", default="", metavar="NAME", help="Server mode; the vendor's first unless given.")
@click.option("--progress", default="immediate", metavar="HOW", help="immediate, reads:N or seconds:S.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="Seed of the data.")
@click.option("--env-file", metavar="OUT", help="Write an environment file that 'run --env' accepts.")
@click.option("--list", "list_only", is_flag=True, help="Print deviations, choices, modes and controls; serve nothing.")
@click.option("--json", "as_json", is_flag=True, help="Announce, or list, as JSON.")
def command(**options: object) -> None:
    """Serve a vendor's mock on loopback until interrupted.

    \b
    Examples:
      conformance mock kuflow --port 8080 --env-file kuflow.toml
      conformance mock kuflow --deviation sort-ignored
      conformance mock kuflow --choice hidden_resource=403
    """
    from conformance.commands._mock import mock

    mock(**options)  # type: ignore[arg-type]
