"""What is looked for by its id is made where the read's own request names another."""

from __future__ import annotations

import shutil
from pathlib import Path

from bent import judged

from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import plan
from conformance.mocks.kit.model import Settings
from conformance.selftest.target import in_process

READ = "  retrieveProcess:\n    effect: read\n    request: {$request.path.id: {resource: process}}\n"


def test_a_resource_is_made_where_its_read_names_one_that_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "kuflow"
    shutil.copytree(find("kuflow"), folder)
    path = folder / "semantics.yaml"
    text = path.read_text()
    assert READ in text
    path.write_text(text.replace(READ, READ.replace("{resource: process}", "{fixture: hidden_process_id}")))
    vendor = Vendor.load(folder)
    cases = plan(vendor, "process/visibility/read-by-id", "default")
    line = judged(in_process(vendor, Settings(mode="default", seed=1), cases))
    assert line.verdict == "PASS", line.reason
