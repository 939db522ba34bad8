"""A cassette that answers whatever HTTP library asks in this process: vcrpy's patches with this suite's matchers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from vcr import VCR
from vcr.cassette import Cassette as Tape

from conformance.cassettes import layout
from conformance.cassettes.cassette import Cassette
from conformance.cassettes.matching import MATCHERS


@contextmanager
def playing(cassette: Cassette) -> Iterator[Tape]:
    """Answer requests from ``cassette`` and from nowhere else; each interaction is played once, in its order."""
    recorder = VCR(record_mode="none", serializer="laid-out", match_on=[matcher.__name__ for matcher in MATCHERS])
    recorder.register_serializer("laid-out", layout)
    for matcher in MATCHERS:
        recorder.register_matcher(matcher.__name__, matcher)
    with recorder.use_cassette(str(cassette.path)) as tape:
        yield tape
