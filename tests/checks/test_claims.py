"""Every check claims one thing in one sentence, as a fact."""

from __future__ import annotations

import re

import pytest

from conformance.contract.vendor import folders
from conformance.engine.check import discover
from conformance.engine.scenario import FACET

MODALS = re.compile(r"\b(can|must|should|shall|may|might|could|would|will|ought)\b", re.IGNORECASE)


@pytest.mark.parametrize("vendor", sorted(folders()))
def test_a_claim_is_one_sentence_without_modals(vendor: str) -> None:
    checks = [check for check in discover(vendor) if check.facet != FACET]
    claims = [claim for check in checks for claim in (check.claim, *check.claims.values())]
    assert len(claims) > 100
    assert [claim for claim in claims if MODALS.search(claim)] == []
    assert [claim for claim in claims if not claim.endswith(".") or re.search(r"[.!?] ", claim)] == []
