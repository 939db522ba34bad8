"""The lint of semantics finds what the contract does not have, and says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.contract.lint import lint
from conformance.contract.vendor import Vendor

SPECS = Path(__file__).parents[1] / "specs"


def findings(folder: Path, before: str = "", after: str = "", vendor: str = "instabase") -> tuple[str, ...]:
    """What the lint says of a copy in which ``after`` stands where ``before`` stood."""
    text = (SPECS / vendor / "semantics.yaml").read_text()
    assert before in text
    (folder / "semantics.yaml").write_text(text.replace(before, after, 1))
    (folder / "openapi.yaml").write_text((SPECS / vendor / "openapi.yaml").read_text())
    return lint(Vendor.load(folder))


def test_what_fits_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path) == ()


@pytest.mark.parametrize(
    ("before", "after", "pointer", "problem"),
    [
        ("unique: [/permissions]", "unique: [/rights]", "/operations/listFlowPipelines/list/unique/0", "/rights"),
        ("told: {items: /updated_", "told: {items: /", "/operations/updateJobPipelines/set/told", "/pipelines/0"),
        (
            "agrees: {operation: listFlowPipelines",
            "agrees: {operation: listFlowPipeline",
            "/operations/updateJobPipelines/set",
            "did you mean 'listFlowPipelines'",
        ),
        ("state: /state", "state: /stat", "/operations/runFlowAsync/job/state", "no reply of getJobStatus has /stat"),
        (
            "schema: FlowJobProgress",
            "schema: FlowProgress",
            "/operations/runFlowAsync/job/details/schema",
            "unknown schema 'FlowProgress'",
        ),
        ("ended_at: /cur_status#", "ended_at: /status_now#", "/operations/runFlowAsync/job/ended_at", "/status_now#"),
    ],
)
def test_what_does_not_fit_is_found_where_it_stands(
    tmp_path: Path, before: str, after: str, pointer: str, problem: str
) -> None:
    found = findings(tmp_path, before, after)
    assert len(found) == 1
    assert f": {pointer}: " in found[0]
    assert problem in found[0]


def test_a_kept_value_outlives_a_command(tmp_path: Path) -> None:
    assert findings(tmp_path, vendor="optimajet") == ()
    (found,) = findings(tmp_path, "            submit:", "            submitt:", vendor="optimajet")
    assert "/createInstanceWithParameters/stores/kept/parameter/outlives/submitt: unknown command 'submitt'" in found
    assert "did you mean 'submit'" in found


def test_a_command_moves_the_item_of_a_list(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, "after: submit", "after: submitt", vendor="optimajet")
    assert "/getInstances/list/after: unknown command 'submitt'; did you mean 'submit'" in found
