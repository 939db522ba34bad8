"""Strangers of other shapes: a contract and semantics that are told otherwise, and the server that keeps them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from kit import HERE, Answer, Call, Stranger, serve
from server_b import ServerB
from server_c import ServerC
from test_strangers import target_of

from conformance.contract.vendor import Vendor
from conformance.engine.plan import plan
from conformance.engine.suite import Options, Subject, execute
from conformance.results import CaseLine
from conformance.transport.inprocess import InProcess

Told = dict[str, Any]
Judge = Callable[[Stranger, str], dict[str, str]]
"""What the cases of a pattern say of a server: a verdict, and why, by case."""


def told(name: str, folder: Path, otherwise: Callable[[Told, Told], None]) -> Judge:
    """The judge of the stranger ``name`` whose contract and semantics ``otherwise`` has changed."""
    contract, semantics = (
        yaml.safe_load((HERE / name / f"{one}.yaml").read_text()) for one in ("openapi", "semantics")
    )
    otherwise(contract, semantics)
    (folder / name).mkdir()
    (folder / name / "openapi.yaml").write_text(yaml.safe_dump(contract, sort_keys=False))
    (folder / name / "semantics.yaml").write_text(yaml.safe_dump(semantics, sort_keys=False))
    vendor = Vendor.load(folder / name)

    def judge(server: Stranger, pattern: str) -> dict[str, str]:
        app = serve(name, server, folder)
        transport = InProcess({"http://localhost:1": app})
        subject = Subject(
            vendor, target_of(name, server), tuple(plan(vendor, pattern)), transport, {"advance_clock": server.advance}
        )
        lines = [line for line in execute([subject], Options(1)) if isinstance(line, CaseLine)]
        assert lines
        return {line.case.partition("/")[2]: f"{line.verdict} {line.reason or ''}".strip() for line in lines}

    return judge


class Showing(ServerC):
    """Answers the start of an export with the export as it is then."""

    def start_export(self, call: Call) -> Answer:
        answer = super().start_export(call)
        export = answer.headers["location"].rpartition("/")[2]
        return Answer({"id": export, "status": "queued", "percent": 0}, 202, answer.headers)

    def get_export(self, call: Call) -> Answer:
        shown = super().get_export(call).body
        return Answer({**shown, "status": "running"} if shown["status"] == "queued" else shown)


@pytest.mark.parametrize(("creates", "is_job"), [(True, True), (False, True), (False, False)])
def test_what_starts_and_is_answered_may_have_moved_by_the_first_read(
    tmp_path: Path, creates: bool, is_job: bool
) -> None:
    def otherwise(contract: Told, semantics: Told) -> None:
        poll = contract["paths"]["/exports/{id}"]["get"]["responses"]["200"]
        contract["components"]["schemas"]["Export"] = poll["content"]["application/json"]["schema"]
        poll["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/Export"}}}
        contract["paths"]["/exports"]["post"]["responses"]["202"]["content"] = poll["content"]
        semantics["resources"]["export"] = {"read": {"operation": "getExport", "id": "$request.path.id"}}
        if creates:
            semantics["resources"]["export"]["create"] = "startExport"
            semantics["operations"]["startExport"]["create"] = {"resource": "export", "first": [202]}
        if not is_job:
            del semantics["operations"]["startExport"]["job"]

    verdicts = told("c", tmp_path, otherwise)(Showing(None), "startExport/*")
    assert not {case: one for case, one in verdicts.items() if one.split()[0] not in {"PASS", "OBSERVED"}}


def test_what_is_listed_below_a_path_is_sought_below_its_own_parent(tmp_path: Path) -> None:
    def otherwise(_: Told, semantics: Told) -> None:
        runs = semantics["operations"]["listRuns"]
        runs["request"] = {"$request.path.workspace": {"resource": "workspace"}}
        del runs["list"]["population"], runs["list"]["filters"], runs["list"]["sort"]

    judge = told("b", tmp_path, otherwise)
    for pattern in ("run/visibility/listed", "run/removal/unlisted", "workspace/model/lives-as-promised"):
        assert set(judge(ServerB(None), pattern).values()) == {"PASS"}


class Short(ServerB):
    """Runs are changed by a path without their workspace."""

    def patch_run(self, call: Call) -> Answer:
        return super().patch_run(replace(call, path={**call.path, "workspace": "~"}))


class Careless(Short):
    """A change puts on weight, unless it sends one."""

    def patch_run(self, call: Call) -> Answer:
        self.runs[call.path["id"]]["weight"] += 1
        return super().patch_run(call)


def test_the_smallest_change_changes_what_it_sends_and_leaves_the_rest(tmp_path: Path) -> None:
    def otherwise(contract: Told, semantics: Told) -> None:
        whole, run = contract["paths"], contract["paths"]["/workspaces/{workspace}/runs/{id}"]
        whole["/runs/{id}"] = {"parameters": run["parameters"][1:], "patch": run.pop("patch")}
        body = whole["/runs/{id}"]["patch"]["requestBody"]["content"]
        schema = body["application/merge-patch+json"]["schema"]
        schema["minProperties"], schema["properties"]["weight"] = 1, {"type": "integer"}
        change = semantics["operations"]["patchRun"]
        del change["request"]["$request.body#"], change["request"]["$request.path.workspace"]
        change["request"]["$request.body#/label"] = "The smallest change"
        change["stores"]["kept"]["weight"] = {"place": "$request.body#/weight", "value": 4, "at": "/weight"}
        cases = ["patchRun/*", "createRun/*", "run/*", "workspace/*", "listRuns/*"]
        clause = {"says": "All of it.", "operation": "*", "where": "line 1", "level": "must", "cases": cases}
        semantics["clauses"] = {"B-1": clause}

    judge = told("b", tmp_path, otherwise)
    for pattern in ("patchRun/stores/*", "workspace/model/lives-as-promised"):
        assert set(judge(Short(None), pattern).values()) == {"PASS"}
    wrong = judge(Careless(None), "patchRun/stores/leaves-the-rest/*")
    assert {case.rpartition("/")[2]: one.split()[0] for case, one in wrong.items()} == {
        "label": "FAIL",
        "weight": "PASS",
    }
