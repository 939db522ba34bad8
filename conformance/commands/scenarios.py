"""``conformance scenarios``."""

from __future__ import annotations

import click


@click.command(name="scenarios")
@click.argument("vendor", required=False, metavar="[VENDOR]")
@click.argument("name", required=False, metavar="[SCENARIO]")
def command(vendor: str | None, name: str | None) -> None:
    """List the scenarios with their steps, or print the Python of one.

    \b
    Examples:
      conformance scenarios kuflow
      conformance scenarios kuflow start-idempotently
    """
    import inspect

    from conformance.contract.vendor import find, folders
    from conformance.engine.scenario import scenarios
    from conformance.errors import UsageError, nearest

    if vendor is not None:
        find(vendor)
    known = {one: {told.name: told for told in scenarios(one)} for one in ([vendor] if vendor else sorted(folders()))}
    if vendor and name:
        if name not in known[vendor]:
            raise UsageError(f"{vendor} has no scenario {name!r}", nearest(name, known[vendor]))
        module = inspect.getmodule(known[vendor][name].function)
        assert module is not None
        click.echo(inspect.getsource(module).rstrip())
        return
    for one, told in known.items():
        for scenario in told.values():
            modes = f" (mode {', '.join(scenario.modes)})" if scenario.modes else ""
            click.echo(f"{one} {scenario.name}: {scenario.says}{modes}")
            for step, claim in scenario.steps.items():
                click.echo(f"  {step}: {claim}")
