"""What ``conformance mock`` does: serve, announce, and write the environment file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from conformance.errors import UsageError
from conformance.mocks import catalogue
from conformance.mocks.kit.environment import toml
from conformance.mocks.kit.model import Settings
from conformance.mocks.server import Origins, serve


def mock(
    *,
    vendor: str,
    port: int,
    deviations: tuple[str, ...],
    choices: tuple[str, ...],
    mode: str,
    progress: str,
    seed: int,
    env_file: str | None,
    list_only: bool,
    as_json: bool,
) -> None:
    """Carry out the command; it ends when it is interrupted."""
    if list_only:
        _list(vendor, as_json)
        return
    settings = Settings(mode, seed, frozenset(deviations), dict(map(_pair, choices)), progress, clock="wall")

    def announce(origins: Origins) -> None:
        if env_file:
            _write(Path(env_file), vendor, origins)
        if as_json:
            click.echo(json.dumps({"url": origins.environment["url"], "controls": origins.environment["controls"]}))
        else:
            click.echo(f"{vendor} listens at {origins.environment['url']}, its controls at {origins.controls}")
            click.echo(f"environment file: {env_file}" if env_file else "--env-file OUT writes an environment file")

    serve(vendor, settings, "127.0.0.1", port, 0, announce)


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--choice {text!r} is no KEY=VALUE", "'conformance mock VENDOR --list' prints the choices")
    return key, value


def _write(path: Path, vendor: str, origins: Origins) -> None:
    try:
        path.write_text(toml(vendor, origins.environment), encoding="utf-8")
    except OSError as wrong:
        raise UsageError(f"{path}: {wrong.strerror}", "--env-file names a file that can be written") from None


def _list(vendor: str, as_json: bool) -> None:
    offered = catalogue.find(vendor)
    deviations = sorted(offered.deviations().values(), key=lambda deviation: deviation.case)
    if as_json:
        kept = [{k: v for k, v in vars(item).items() if k != "apply"} for item in deviations]
        choices = [asdict(choice) for choice in offered.CHOICES]
        told = {"deviations": kept, "choices": choices, "modes": offered.MODES, "controls": offered.CONTROLS}
        click.echo(json.dumps(told))
        return
    click.echo(f"modes: {', '.join(offered.MODES)}\ncontrols: {', '.join(offered.CONTROLS)}\nchoices:")
    for choice in offered.CHOICES:
        click.echo(f"  {choice.key}={'|'.join(choice.settings)}  {choice.says}")
    click.echo("deviations:")
    for deviation in deviations:
        click.echo(
            f"  {deviation.name}  {deviation.says} [{', '.join(deviation.clauses)}]\n    caught by {deviation.case}"
        )
