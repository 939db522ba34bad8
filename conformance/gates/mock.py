"""The mock answers what was recorded; where a mock was recorded, that is no evidence, and still no difference."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.cassettes.cassette import Cassette
from conformance.contract.lint.linting import lint
from conformance.contract.vendor import Vendor
from conformance.drift.finding import Finding
from conformance.gates.cassettes import told
from conformance.gates.subject import NothingToHold, Subject
from conformance.mocks import catalogue
from conformance.mocks.kit.model import Settings
from conformance.recording.against import Comparison, against
from conformance.selftest.target import in_process

WITNESSES = "mock and cassettes"
SEED = 1


def hold(subject: Subject) -> Iterator[Finding]:
    """Every interaction that the mock answers otherwise than it was recorded, unless the contract does already."""
    vendor = subject.vendor
    if not subject.cassettes or vendor.name not in catalogue.vendors():
        raise NothingToHold(f"no {'mock' if subject.cassettes else 'cassette'} of {vendor.name}")
    if lint(vendor):
        raise NothingToHold("contract and semantics do not fit together")
    mend = f"conformance replay {vendor.name} --against-mock, and correct the mock or record again"
    for cassette, contradictions in subject.cassettes:
        told_already = {one.interaction for one in contradictions if one.file == cassette.path}
        for one in against_mock(vendor, cassette, SEED).findings:
            if one.interaction in told_already:
                continue
            yield told(subject, WITNESSES, "mock-contradicts", cassette, one, mend)


def against_mock(vendor: Vendor, cassette: Cassette, seed: int) -> Comparison:
    """What the vendor's mock, in this process, answers to the requests of a cassette."""
    told = cassette.provenance
    there = in_process(vendor, Settings(mode=told.mode or "", seed=told.seed or 1), ())
    return against(vendor, cassette, there.target, seed, transport=there.transport, controls=there.controls, patience=0)
