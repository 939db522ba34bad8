"""Cassettes in anybody's tests: a marker and a fixture for pytest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conformance.cassettes.cassette import Cassette

MARKER = "conformance_cassette"


def pytest_configure(config: pytest.Config) -> None:
    """Tell pytest of the marker."""
    config.addinivalue_line(
        "markers",
        f"{MARKER}(name): requests are answered by a cassette, VENDOR/SCENARIO or a path, and by nothing else",
    )


@pytest.fixture(autouse=True)
def conformance_cassette(request: pytest.FixtureRequest) -> Iterator[Cassette | None]:
    """The cassette that the test's marker names, which answers whatever HTTP library the test uses; else ``None``.

    Requests match by method, path, query and canonical body. No connection can be made.
    """
    marker = request.node.get_closest_marker(MARKER)
    if marker is None:
        yield None
        return
    from conformance.cassettes.files import find, load, roots
    from conformance.cassettes.playing import playing

    cassette = load(find(_named(marker), [request.config.rootpath / "cassettes", *roots()]))
    with playing(cassette):
        yield cassette


def _named(marker: pytest.Mark) -> str:
    """The one name that the marker gives, as an argument or as ``name``."""
    given = (*marker.args, *marker.kwargs.values())
    if len(given) != 1 or marker.kwargs.keys() - {"name"}:
        raise pytest.UsageError(f"{MARKER} takes the name of one cassette, such as {MARKER}('VENDOR/SCENARIO')")
    return str(given[0])
