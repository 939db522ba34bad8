"""What ``conformance run`` does: find targets, run them, render the results."""

from __future__ import annotations

import json
import secrets
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

import click

from conformance.commands._interruption import each
from conformance.commands._targets import embedded_targets, file_targets, mode_in, url_target
from conformance.commands._usage import refuse
from conformance.contract.lint.linting import require_fit
from conformance.contract.vendor import Vendor, find, folders
from conformance.engine.environment import Target
from conformance.engine.plan import Case, plan
from conformance.engine.suite import Options, Subject, execute
from conformance.errors import UsageError, nearest
from conformance.report.files import ReportFolder
from conformance.report.progress import Progress
from conformance.report.terminal import render
from conformance.results import FooterLine, Line, gather, write_line


def run(
    *,
    vendors: tuple[str, ...],
    mock: bool,
    env_files: tuple[str, ...],
    url: str | None,
    targets: tuple[str, ...],
    mode: str | None,
    only: str | None,
    profile: str | None,
    list_only: bool,
    strict: bool,
    deviations: tuple[str, ...],
    seed: int | None,
    jobs: int,
    examples: int,
    max_requests: int | None,
    report: str | None,
    specs: tuple[str, ...],
    as_json: bool,
) -> int:
    """Carry out the command and return its exit code."""
    places = [Path(place) for place in specs]
    live = bool(env_files or url)
    refuse(
        (mock and live, "--mock does not go with --env or --url", "leave one of them out"),
        (url and env_files, "--url does not go with --env", "leave one of them out"),
        (url and targets, "--url does not go with --target", "name the environment file with --env instead"),
        (live and deviations, "--deviation is for the embedded mocks", "a live server deviates by itself"),
        (env_files and mode, "--mode does not go with --env", "a target of an environment file names its own mode"),
        (list_only and report, "--list makes no results", "leave out --report"),
    )
    named = [url_target(url, vendors, mode)] if url else file_targets(env_files, targets, vendors, places)
    names = [target.vendor for target in named] or vendors or sorted(folders(places))
    loaded = loaded_vendors(sorted(set(names)), places)
    plans = _plans(loaded, only, mode)
    if list_only:
        return _list(plans, as_json)
    seed = secrets.randbelow(2**31) if seed is None else seed
    with ExitStack() as stack:
        found = named or embedded_targets(stack, sorted(plans), mode, deviations, seed)
        subjects = _subjects(found, loaded, profile, only)
        return _show(execute(subjects, Options(seed, only, strict, jobs, max_requests, examples)), report, as_json)


def _subjects(
    targets: Sequence[Target], loaded: Mapping[str, Vendor], profile: str | None, only: str | None
) -> list[Subject]:
    """The targets that have a case left to run, each with its cases."""
    found = [
        Subject(loaded[target.vendor], _with_profile(target, profile), cases)
        for target in targets
        if (cases := plan_of(target, loaded[target.vendor], only))
    ]
    if not found:
        raise _nothing(only, (target.name for target in targets), ())
    return found


def _plans(vendors: dict[str, Vendor], only: str | None, mode: str | None) -> dict[str, tuple[Case, ...]]:
    """The plan of each vendor that has a case left to run, in every mode or only ``mode``."""
    found = {name: plan(vendor, only, mode and mode_in(vendor, mode, name)) for name, vendor in vendors.items()}
    plans = {name: cases for name, cases in found.items() if cases}
    if not plans:
        known = (case.id for vendor in vendors.values() for case in plan(vendor))
        raise _nothing(only, vendors, known)
    return plans


def _nothing(only: str | None, names: Iterable[str], known: Iterable[str]) -> UsageError:
    hint = nearest(only or "", known, "'conformance run --list' prints them all")
    return UsageError(f"no case of {', '.join(names)} matches {only!r}", hint)


def plan_of(target: Target, vendor: Vendor, only: str | None) -> tuple[Case, ...]:
    """The plan for the mode that the target is in; ``UsageError`` for a mode or a capability that there is not."""
    known = vendor.semantics.capabilities
    for name in target.capabilities or ():
        if name not in known:
            raise UsageError(f"{target.name}: {vendor.name} has no capability {name!r}", nearest(name, known))
    return plan(vendor, only, mode_in(vendor, target.mode, target.name), target.name)


def loaded_vendors(names: Sequence[str], places: list[Path]) -> dict[str, Vendor]:
    """The vendors by name; ``DocumentError`` when semantics and contract do not fit together."""
    loaded = {name: Vendor.load(find(name, places)) for name in names}
    for vendor in loaded.values():
        require_fit(vendor)
    return loaded


def _with_profile(target: Target, profile: str | None) -> Target:
    if profile == "full" and target.profile != "full" and not target.is_loopback:
        raise UsageError(
            f"{target.name}: {target.url} is not on this machine, and its table does not allow --profile full",
            f'put profile = "full" into [{target.name}] of an environment file',
        )
    return target.model_copy(update={"profile": profile}) if profile else target


def _list(plans: dict[str, tuple[Case, ...]], as_json: bool) -> int:
    for case in chain.from_iterable(plans.values()):
        clauses = [clause.id for clause in case.clauses]
        if as_json:
            told = {"case": case.id, "level": case.level, "clauses": clauses, "effect": case.effect}
            click.echo(json.dumps({**told, "claim": case.check.claim_of(case.variant)}, ensure_ascii=False))
        else:
            click.echo(f"{case.id}  [{case.level}]  {' '.join(clauses)}".rstrip())
    return 0


def _show(lines: Generator[Line, None, None], report: str | None, as_json: bool) -> int:
    kept: list[Line] = []
    with ExitStack() as stack:
        folder = stack.enter_context(ReportFolder(Path(report))) if report else None
        progress = stack.enter_context(Progress(enabled=not as_json))

        def show(line: Line) -> None:
            kept.append(line)
            progress.see(line)
            if folder:
                folder.write(line)
            if as_json:
                click.echo(write_line(line))

        each(lines, show)
    results = gather(kept)
    if folder:
        folder.render(results)
    if not as_json:
        render(results)
    footer = kept[-1]
    assert isinstance(footer, FooterLine)
    return footer.exit_code
