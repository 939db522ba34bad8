"""pytest as a front end: cases as tests, and mocks and targets as fixtures. Nothing happens until it is asked for."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conformance.engine.api import Api
    from conformance.mocks.embedded import Running
    from conformance.testing.targets import Place

PLACES: pytest.StashKey[list[Place]] = pytest.StashKey()
LEFT: pytest.StashKey[list[str]] = pytest.StashKey()
SEED: pytest.StashKey[int] = pytest.StashKey()
LEVELS = ("must", "should", "observe")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, all in one group."""
    group = parser.getgroup("conformance", "conformance cases as tests")
    group.addoption("--conformance", action="append", metavar="VENDOR", help="run this vendor's cases ('all' for all)")
    group.addoption("--conformance-env", action="append", default=[], metavar="FILE", help="against its targets")
    group.addoption("--conformance-target", action="append", default=[], metavar="NAME", help="only this target")
    group.addoption("--conformance-only", action="append", default=[], metavar="GLOB", help="only the cases that match")
    group.addoption("--conformance-mode", metavar="NAME", help="only this mode of the embedded mocks")
    group.addoption("--conformance-deviation", action="append", default=[], metavar="NAME", help="break the mock")
    group.addoption("--conformance-specs", action="append", default=[], metavar="DIR", help="further vendor folders")
    group.addoption(
        "--conformance-seed",
        type=int,
        metavar="N",
        help="seed of ids and data (1 for mocks, random for targets of files)",
    )
    group.addoption("--conformance-strict", action="store_true", help="a WARN fails its test")


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest of the marks, and find the targets that the options name."""
    if not any(config.getoption(name) for name in ("--conformance", "--conformance-env", "--conformance-target")):
        return
    from conformance.commands._usage import only_one
    from conformance.errors import ConformanceError
    from conformance.testing.targets import Wanted, places
    from conformance.transport.redaction import Redactor

    config.stash[SEED] = _seed(config)
    named = tuple(config.getoption("--conformance") or ())
    try:
        wanted = Wanted(
            tuple(name for name in named if name != "all"),
            tuple(config.getoption("--conformance-env")),
            tuple(config.getoption("--conformance-target")),
            only_one("--conformance-only", config.getoption("--conformance-only")),
            config.getoption("--conformance-mode"),
            tuple(config.getoption("--conformance-deviation")),
            tuple(map(Path, config.getoption("--conformance-specs"))),
            config.stash[SEED],
        )
        found = places(wanted)
    except ConformanceError as wrong:
        raise pytest.UsageError(Redactor().text(str(wrong))) from None
    config.stash[PLACES], config.stash[LEFT] = found, []
    facets = sorted({case.check.facet for place in found for case in place.cases})
    for mark in (*LEVELS, *facets):
        kind = "level" if mark in LEVELS else "facet"
        config.addinivalue_line("markers", f"{mark}: conformance cases of this {kind}")


def _seed(config: pytest.Config) -> int:
    """The seed that is asked for; a server that remembers what was made gets another one each time, and each worker."""
    asked = config.getoption("--conformance-seed")
    if not config.getoption("--conformance-env"):
        return 1 if asked is None else int(asked)
    given = getattr(config, "workerinput", {})
    first = given.get("conformance_seed", secrets.randbelow(2**31) if asked is None else asked)
    return int(first) + int(str(given.get("workerid", "gw0")).removeprefix("gw"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand a worker of pytest-xdist the seed that the header tells, from which it counts on."""
    if SEED in node.config.stash:
        node.workerinput["conformance_seed"] = node.config.stash[SEED]


def pytest_report_header(config: pytest.Config) -> list[str]:
    """The seed, with which the same cases send the same requests."""
    seeds = sorted({place.seed for place in config.stash.get(PLACES, [])})
    return [f"conformance: --conformance-seed={seed}" for seed in seeds]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the cases behind the tests of the files, before ``-k``, ``-m`` and ``--lf`` choose."""
    for place in config.stash.get(PLACES, []):
        items += _items(session, place, strict=bool(config.getoption("--conformance-strict")))


def _items(session: pytest.Session, place: Place, *, strict: bool) -> Iterator[pytest.Item]:
    from conformance.testing.items import CaseItem

    is_part = getattr(session.config, "workerinput", {}).get("workercount", 1) > 1
    for case in place.cases:
        name = f"{place.name}:{case.path}"
        item: Any = CaseItem.from_parent(session, name=name, nodeid=name)
        item.place, item.case, item.strict, item.is_part = place, case, strict, is_part
        item.add_marker(getattr(pytest.mark, case.check.facet))
        item.add_marker(getattr(pytest.mark, case.level))
        yield item


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Undo what the cases made, and end the mocks; a worker of pytest-xdist tells the controller what is left."""
    for place in session.config.stash.get(PLACES, []):
        place.close()
        session.config.stash[LEFT] += [f"{place.name}: {name}" for name in place.left]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["conformance_left"] = session.config.stash.get(LEFT, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker left behind; one that crashed cannot tell."""
    left = getattr(node, "workeroutput", {}).get("conformance_left", [])
    node.config.stash.setdefault(LEFT, []).extend(left)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """What the cases made and nothing undid."""
    left = config.stash.get(LEFT, [])
    if left:
        from conformance.report.words import visible

        terminalreporter.section("left behind")
        for name in left:
            terminalreporter.line(visible(name))


def pytest_unconfigure(config: pytest.Config) -> None:
    """End what a session did not come to, as when its collection failed."""
    for place in config.stash.get(PLACES, []):
        place.close()


@pytest.fixture
def mock_server() -> Iterator[Callable[..., Running]]:
    """Starts a stateful mock: ``mock_server("kuflow")`` has its ``url``, its ``environment`` and its ``controls``.

    ``mode``, ``seed``, ``deviations`` (one name, or several), ``choices`` and ``progress`` are those of
    ``conformance mock``.
    """
    from conformance.mocks.embedded import embedded
    from conformance.mocks.kit.model import Settings

    with ExitStack() as stack:

        def start(vendor: str, *, deviations: Any = (), **settings: Any) -> Running:
            names = frozenset({deviations} if isinstance(deviations, str) else deviations)
            return stack.enter_context(embedded(vendor, Settings(deviations=names, **settings)))

        yield start


@pytest.fixture
def conformance_api(request: pytest.FixtureRequest) -> Iterator[Callable[..., Api]]:
    """Gives the suite's way to a target, under its rules: ``conformance_api("kuflow")``.

    The target is the first one of that vendor that the options name, else an embedded mock of the test's own.
    """
    from conformance.testing.targets import Wanted, places

    with ExitStack() as stack:

        def reach(vendor: str, **wanted: Any) -> Api:
            known = request.config.stash.get(PLACES, [])
            place = next((one for one in known if one.vendor.name == vendor), None)
            if place is None:
                asked = {"only": None, "mode": None, "deviations": (), "specs": (), "seed": 1, **wanted}
                place = places(Wanted((vendor,), (), (), **asked))[0]
                stack.callback(place.close)
            return place.api(f"{vendor}/{request.node.name}")

        yield reach
