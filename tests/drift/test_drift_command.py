"""The drift gate tells which witnesses disagree, where, and what waives it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from conformance.commands.drift import command
from conformance.contract.source import load_yaml
from conformance.contract.vendor import Vendor
from conformance.errors import ConformanceError

ROOT = Path(__file__).parents[2]
Edit = Callable[[str, str, str], None]


def drift(*arguments: str) -> Result:
    done = CliRunner().invoke(command, list(arguments))
    if isinstance(done.exception, ConformanceError):
        raise done.exception
    return done


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one vendor and nothing else."""
    shutil.copytree(ROOT / "specs" / "kuflow", tmp_path / "specs" / "kuflow")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def with_client(project: Path) -> None:
    shutil.copytree(ROOT / "generated" / "kuflow", project / "generated" / "kuflow")


@pytest.fixture
def edit(project: Path) -> Edit:
    def change(name: str, old: str, new: str) -> None:
        path = project / "specs" / "kuflow" / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return change


def told(*arguments: str) -> tuple[int, dict[str, Any]]:
    done = drift("kuflow", "--json", *arguments)
    return done.exit_code, json.loads(done.stdout)


def found(outcome: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(one["rule"], one.get("operation", ""), one.get("pointer", "")) for one in outcome["findings"]}


@pytest.mark.usefixtures("with_client")
def test_what_belongs_together_agrees(project: Path) -> None:
    code, outcome = told()
    assert (code, outcome["verdict"], outcome["findings"]) == (0, "agree", [])
    held = {pair["witnesses"] for pair in outcome["pairs"] if pair["absent"] is None}
    assert {"contract and client", "contract and semantics", "contract and publication"} <= held


def test_a_changed_bound_is_told_with_operation_and_pointer(project: Path, edit: Edit) -> None:
    edit("openapi.yaml", "maximum: 1000", "maximum: 1001")
    code, outcome = told()
    assert code == 1
    lists = ["findPrincipals", "findProcessItems", "findProcesses", "findRobots", "findTenantUsers"]
    assert found(outcome) == {("publication-departed", name, "/parameters/query size") for name in lists}
    assert "not held: there is no generated/kuflow" in drift("kuflow").stdout


@pytest.mark.usefixtures("with_client")
def test_a_client_of_yesterday_is_told_with_the_command_that_mends_it(project: Path, edit: Edit) -> None:
    edit("openapi.yaml", "maxLength: 255", "maxLength: 254")
    code, outcome = told()
    assert code == 1
    (stale,) = [one for one in outcome["findings"] if one["rule"] == "client-stale"]
    assert stale["file"] == "generated/kuflow/kuflow_client/models.py"
    assert stale["mend"] == "conformance generate kuflow"


@pytest.mark.usefixtures("with_client")
def test_a_client_that_was_edited_is_told_with_the_line_and_what_differs(project: Path) -> None:
    module = project / "generated" / "kuflow" / "kuflow_client" / "client.py"
    lines = module.read_text().splitlines()
    module.write_text("\n".join([*lines, "# edited"]) + "\n")
    code, outcome = told()
    (stale,) = outcome["findings"]
    assert (code, stale["rule"], stale["line"]) == (1, "client-stale", len(lines) + 1)
    assert "-# edited" in stale["details"]
    shown = drift("kuflow", "--format", "github").stdout
    assert f"client.py,line={len(lines) + 1},title=client-stale" in shown
    assert "%0A-# edited%0A" in shown
    for shape in ("text", "markdown", "sarif"):
        assert "-# edited" in drift("kuflow", "--format", shape).stdout


def test_semantics_that_do_not_fit_are_told(project: Path, edit: Edit) -> None:
    edit("semantics.yaml", "cases: [find*/pagination/default-size]", "cases: [find*/pagination/none-such]")
    code, outcome = told()
    assert code == 1
    (one,) = outcome["findings"]
    assert (one["rule"], one["witnesses"]) == ("semantics-unfit", "contract and semantics")
    assert "none-such" in one["says"]


def test_waivers_start_a_project_at_zero_and_do_not_outlive_it(project: Path, edit: Edit) -> None:
    edit("openapi.yaml", "maximum: 1000", "maximum: 1001")
    written = drift("kuflow", "--accept-all", "--owner", "api-team", "--expires", "2999-01-31")
    assert "5 findings waived until 2999-01-31 by api-team" in written.stdout
    code, outcome = told()
    assert (code, outcome["verdict"], len(outcome["accepted"])) == (0, "agree", 5)
    assert {one["waiver"]["owner"] for one in outcome["accepted"]} == {"api-team"}
    edit("openapi.yaml", "maximum: 1001", "maximum: 1000")
    code, outcome = told()
    assert code == 1
    assert {one["rule"] for one in outcome["findings"]} == {"waiver-stale"}


def test_an_expired_waiver_fails(project: Path, edit: Edit) -> None:
    edit("semantics.yaml", "cases: [find*/pagination/default-size]", "cases: [find*/pagination/none-such]")
    drift("kuflow", "--accept-all", "--owner", "api-team", "--expires", "2999-01-31")
    edit("waivers.toml", "2999-01-31", "2020-01-31")
    code, outcome = told()
    assert code == 1
    assert {one["rule"] for one in outcome["findings"]} == {"semantics-unfit", "waiver-expired"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[waiver]]\nrule = 'x'\n", "waiver.0.owner"),
        ("[[waivers]]\nrule = 'x'\n", "did you mean 'waiver'"),
        ("[[waiver]", "TOML"),
        ("[[waiver]]\nrule='x'\nowner='a'\nreason='b'\nexpires='soon'\n", "waiver.0.expires"),
    ],
)
def test_a_broken_waiver_is_told_in_one_line(project: Path, text: str, said: str) -> None:
    (project / "specs" / "kuflow" / "waivers.toml").write_text(text)
    with pytest.raises(ConformanceError) as caught:
        told()
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def har(folder: Path, status: int, body: Any, path: str = "/v2024-06-14/robots") -> Path:
    entry = {
        "request": {"method": "GET", "url": f"https://api.example{path}"},
        "response": {
            "status": status,
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "content": {"text": json.dumps(body), "mimeType": "application/json"},
        },
    }
    file = folder / "traffic.har"
    file.write_text(json.dumps({"log": {"entries": [entry, entry]}}))
    return file


ROBOTS = {"metadata": {"size": 25, "page": 0, "totalElements": 1, "totalPages": 1}, "content": [{"id": "x"}]}


def test_traffic_is_told_at_the_operation_of_the_contract(project: Path) -> None:
    file = har(project, 202, ROBOTS)
    line = drift("kuflow", "--har", str(file), "--format", "github").stdout
    place, _, says = line.partition("title=")
    lines = (project / "specs" / "kuflow" / "openapi.yaml").read_text().splitlines()
    assert place.startswith("::error file=specs/kuflow/openapi.yaml,line=")
    number = int(place.partition("line=")[2].rstrip(","))
    assert "operationId: findRobots" in "".join(lines[number - 1 : number + 2])
    assert "status 202 is not documented (/log/entries/0), heard in traffic.har" in says


def test_traffic_that_the_contract_describes_is_no_finding(project: Path) -> None:
    assert told("--har", str(har(project, 200, ROBOTS)))[0] == 0


@pytest.mark.parametrize(
    ("status", "body", "path", "expected"),
    [
        (202, ROBOTS, "/v2024-06-14/robots", ("undocumented-status", "findRobots", "/responses/202")),
        (
            200,
            {**ROBOTS, "content": [{"colour": 1}]},
            "/v2024-06-14/robots",
            ("undocumented-property", "findRobots", "/content/*/colour"),
        ),
        (200, {}, "/v2024-06-14/cats", ("undocumented-operation", "", "/GET/~1v2024-06-14~1cats")),
    ],
)
def test_undocumented_traffic_is_a_finding(
    project: Path, status: int, body: Any, path: str, expected: tuple[str, str, str]
) -> None:
    code, outcome = told("--har", str(har(project, status, body, path)))
    assert code == 1
    assert found(outcome) == {expected}


def run_of(folder: Path, contract: str = "", check: str = "undeclared", verdict: str = "OBSERVED", **more: Any) -> Path:
    """The results of a run of one case, under the contract of the project unless another is named."""
    contract = contract or Vendor.load(folder / "specs" / "kuflow").document.digest
    target = {"name": "k", "vendor": "kuflow", "url": "http://k", "contract": contract, "profile": "full"}
    header = {
        "kind": "header",
        "suite": "1",
        "started": "",
        "targets": [target],
        "seed": 1,
        "options": {},
        "planned": 1,
    }
    case = {"kind": "case", "target": "k", "case": "c", "vendor": "kuflow", "operation": "findRobots", "level": "must"}
    case |= {"facet": "contract", "check": check, "clauses": [], "verdict": verdict, "claim": "", **more}
    file = folder / f"{check}-{verdict}-{contract[-4:]}.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in (header, case)))
    return file


def traffic_told(*files: Path) -> str:
    """What is said of the traffic in results files."""
    lines = drift("kuflow", *(word for file in files for word in ("--results", str(file)))).stdout.splitlines()
    return next(line for line in lines if "contract and traffic" in line).partition("traffic")[2].strip()


SEEN = {"observed": {"undeclared": ["/content/*/colour"]}}


def test_a_run_that_looked_agrees(project: Path) -> None:
    assert traffic_told(run_of(project)) == "agree"


def test_what_a_run_saw_beyond_the_contract_is_a_finding(project: Path) -> None:
    assert traffic_told(run_of(project, **SEEN)) == "1 finding"


def test_a_run_of_another_contract_is_not_held(project: Path) -> None:
    other = run_of(project, "sha256:0123", **SEEN)
    assert traffic_told(other).startswith("not held: the run was of another contract (")
    assert traffic_told(other, run_of(project)).startswith("not held: the run was of another contract (")
    assert traffic_told(other, run_of(project, **SEEN)) == "1 finding"


@pytest.mark.parametrize(("check", "verdict"), [("valid-request", "PASS"), ("undeclared", "SKIPPED")])
def test_a_run_that_did_not_look_is_not_held(project: Path, check: str, verdict: str) -> None:
    said = traffic_told(run_of(project, check=check, verdict=verdict))
    assert said.startswith("not held: the run did not look: no case contract/undeclared got replies (")


def test_a_status_that_is_heard_is_told_of_a_run_that_did_not_look_too(project: Path) -> None:
    heard = {"method": "GET", "url": "http://k/v2024-06-14/robots", "request_headers": {}, "request_body": ""}
    heard |= {"status": 202, "response_headers": {}, "response_body": ""}
    assert traffic_told(run_of(project, check="valid-request", verdict="FAIL", exchanges=[heard])) == "1 finding"


def test_a_run_of_others_says_nothing_of_a_vendor(project: Path) -> None:
    file = run_of(project)
    file.write_text(file.read_text().replace('"vendor": "kuflow"', '"vendor": "pliant"'))
    assert traffic_told(file) == "not held: no run of kuflow in --results"


def test_agreement_is_said_of_the_pairs_that_were_held(project: Path) -> None:
    assert drift("kuflow").stdout.splitlines()[-1] == "agree: every pair of witnesses that was held agrees"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "x.har: no HAR file: /log/entries is no list of entries"),
        ('{"log": {"entries": 5}}', "x.har: no HAR file: /log/entries is no list of entries"),
        ('{"log":\n {"entries": [}}', "x.har:2: no HAR file: Expecting value"),
        ('{"log": {"entries": [{}]}}', "x.har: no HAR file: /log/entries/0: 'response' is missing"),
        (
            '{"log": {"entries": [{"response": {}}, {"response": {"status": 200}}]}}',
            "x.har: no HAR file: /log/entries/1: 'request' is missing",
        ),
        (
            '{"log": {"entries": [{"request": {"method": "GET", "url": "https://api.example/x"}, '
            '"response": {"status": 200, "content": {"encoding": "base64", "text": "%"}}}]}}',
            "x.har: no HAR file: /log/entries/0: the content is not base64, as its encoding says",
        ),
        (
            '{"log": {"entries": [{"request": {"method": "GET", "url": "http://[bad/x"}, '
            '"response": {"status": 200}}]}}',
            "x.har: no HAR file: /log/entries/0: it is not what an entry looks like",
        ),
        ('{"log": {"entries": [5]}}', "x.har: no HAR file: /log/entries/0: it is not what an entry looks like"),
    ],
)
def test_a_file_that_is_no_har_is_told_in_one_line(project: Path, text: str, said: str) -> None:
    (project / "x.har").write_text(text)
    with pytest.raises(ConformanceError) as caught:
        told("--har", "x.har")
    assert str(caught.value).startswith(f"{said};")


def test_a_waiver_is_not_written_to_be_past(project: Path, edit: Edit) -> None:
    edit("openapi.yaml", "maximum: 1000", "maximum: 1001")
    with pytest.raises(ConformanceError, match="--expires 2020-01-31 is past"):
        drift("kuflow", "--accept-all", "--owner", "api-team", "--expires", "2020-01-31")
    assert not (project / "specs" / "kuflow" / "waivers.toml").exists()


def test_an_exception_that_takes_nothing_away_is_told_with_its_file(project: Path) -> None:
    with pytest.raises(ConformanceError) as caught:
        drift("kuflow", "--against", "specs/kuflow/openapi.yaml", "--accept")
    assert str(caught.value).startswith("specs/kuflow/published.toml: exception 'initiator': not at /components/")


def as_published(project: Path) -> Path:
    """The contract with what the record makes an exception of put in, as the vendor publishes it."""
    document = load_yaml(project / "specs" / "kuflow" / "openapi.yaml")
    for name in ("Process", "ProcessPageItem"):
        schema = document["components"]["schemas"][name]
        own = {key: schema.pop(key) for key in ("required", "properties")}
        own["required"] = [*own["required"], "initiator"]
        schema["allOf"] = [*schema["allOf"], {"type": "object", **own}]
    path = project / "published.json"
    path.write_text(json.dumps(document))
    return path


def test_an_equal_document_is_accepted_and_then_known(project: Path) -> None:
    published = as_published(project)
    record = project / "specs" / "kuflow" / "published.toml"
    before = record.read_text()
    done = drift("kuflow", "--against", str(published))
    assert done.exit_code == 1
    assert "is not the document on record" in done.stdout
    assert record.read_text() == before
    accepted = drift("kuflow", "--against", str(published), "--accept")
    assert accepted.exit_code == 0, accepted.stdout
    assert record.read_text() != before
    assert drift("kuflow", "--against", str(published)).exit_code == 0
    assert told()[0] == 0


def test_another_document_is_not_accepted(project: Path) -> None:
    published = as_published(project)
    published.write_text(published.read_text().replace('"maximum": 1000', '"maximum": 1001'))
    record = project / "specs" / "kuflow" / "published.toml"
    before = record.read_text()
    done = drift("kuflow", "--against", str(published), "--accept")
    assert done.exit_code == 1
    assert "nothing is accepted" in done.stdout
    assert record.read_text() == before


def test_the_distance_is_told_whole(project: Path) -> None:
    published = as_published(project)
    text = published.read_text().replace('"maximum": 1000', '"maximum": 900')
    published.write_text(text.replace('"/robots"', '"/machines"'))
    done = drift("kuflow", "--against", str(published), "--any-digest", "--format", "json")
    changes = json.loads(done.stdout)["changes"]
    assert done.exit_code == 1
    rules = {(one["rule"], one["operation"]) for one in changes}
    assert ("operation-removed", "findRobots") in rules
    assert ("operation-added", "findRobots") in rules
    narrowed = [one for one in changes if one["rule"] == "parameter-bounds-narrowed"]
    assert {one["operation"] for one in narrowed} == {
        "findPrincipals",
        "findProcessItems",
        "findProcesses",
        "findTenantUsers",
    }
    assert all(900 < one["counterexample"] <= 1000 for one in narrowed)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--against", "x.yaml"), "--against needs the vendor"),
        (("kuflow", "--accept"), "--accept needs --against"),
        (("kuflow", "--any-digest"), "--any-digest needs --against"),
        (("kuflow", "--accept-all"), "needs --owner and --expires"),
        (("kuflow", "--accept-all", "--owner", "x", "--expires", "soon"), "is no date"),
        (("kuflo",), "did you mean 'kuflow'"),
        (("kuflow", "--against", "none.yaml"), "No such file"),
        (("kuflow", "--against", "specs/kuflow/published.toml"), "specs/kuflow/published.toml:"),
        (("kuflow", "--against", "specs/kuflow/semantics.yaml"), "specs/kuflow/semantics.yaml: 'openapi' is missing"),
        (("kuflow", "--results", "none.jsonl"), "none.jsonl"),
        (("kuflow", "--generated", "nodir"), "--generated nodir: there is no such folder"),
    ],
)
def test_wrong_usage_is_told_in_one_line(project: Path, arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(ConformanceError) as caught:
        drift(*arguments)
    assert said in str(caught.value)
    assert "conformance-published" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_sarif_and_annotations_name_file_and_line(project: Path, edit: Edit) -> None:
    edit("semantics.yaml", "cases: [find*/pagination/default-size]", "cases: [find*/pagination/none-such]")
    (run,) = json.loads(drift("kuflow", "--format", "sarif").stdout)["runs"]
    (result,) = run["results"]
    assert result["ruleId"] == "semantics-unfit"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "specs/kuflow/semantics.yaml"
    lines = (project / "specs" / "kuflow" / "semantics.yaml").read_text().splitlines()
    assert "none-such" in lines[place["region"]["startLine"] - 1]
    annotation = drift("kuflow", "--format", "github").stdout
    assert annotation.startswith("::error file=specs/kuflow/semantics.yaml,line=")
    assert annotation.count("\n") == 1
    assert "| kuflow | contract and semantics | 1 finding |" in drift("kuflow", "--format", "markdown").stdout


def test_what_departs_in_many_operations_is_annotated_once_where_it_is_written(project: Path, edit: Edit) -> None:
    edit("openapi.yaml", "maximum: 1000", "maximum: 1001")
    edit("openapi.yaml", "  /processes/{id}/metadata:", "  /processes/{id}/meta:")
    edit("openapi.yaml", 'state: { $ref: "#/components/schemas/ProcessState" }', "state: { type: integer }")
    lines = (project / "specs" / "kuflow" / "openapi.yaml").read_text().splitlines()
    told = [line for line in drift("kuflow", "--format", "github").stdout.splitlines() if "publication-dep" in line]
    places = {int(one.partition("line=")[2].partition(",")[0]): one for one in told}
    written = {lines[number - 1].strip() for number in places}
    assert len(places) == len(told)
    assert "/processes/{id}/meta:" in written
    assert "state: { type: integer }" in written
    (size,) = [number for number, one in places.items() if "findRobots: " in one]
    assert "maximum: 1001" in "".join(lines[size - 1 : size + 4])
    assert "findProcesses: it changed" in places[size]


def test_what_departs_is_told_on_its_line_whatever_case_it_is_written_in(project: Path, edit: Edit) -> None:
    changed = "default: { description: No., content: { Application/JSON: { schema: { type: string } } } }"
    edit("openapi.yaml", 'default: { $ref: "#/components/responses/DefaultError" }', changed)
    told = drift("kuflow", "--format", "github").stdout.splitlines()
    (line,) = {one.partition("line=")[2].partition(",")[0] for one in told if "publication-dep" in one}
    assert changed in (project / "specs" / "kuflow" / "openapi.yaml").read_text().splitlines()[int(line) - 1]


def test_a_path_that_no_cassette_calls_any_more_is_told_once_for_each_interaction(edit: Edit) -> None:
    edit("openapi.yaml", "  /processes/{id}/metadata:", "  /processes/{id}/meta:")
    found = [one["says"] for one in told()[1]["findings"] if "is no operation" in one["says"]]
    assert len(found) == len(set(found)) > 1


def test_what_contradicts_an_installed_cassette_is_told_at_the_operation_of_the_contract(
    project: Path, edit: Edit
) -> None:
    edit("openapi.yaml", "required: [id, state, processD", "required: [colour, id, state, processD")
    done = drift("kuflow", "--json")
    found = [one for one in json.loads(done.stdout)["findings"] if one["rule"] == "cassette-contradicts"]
    assert {one["file"] for one in found} == {"specs/kuflow/openapi.yaml"}
    assert "/paths/~1processes/post" in {one["pointer"] for one in found}
    assert all("the installed kuflow/" in one["says"] for one in found)
    assert str(ROOT) not in done.stdout
    (line,) = {
        line
        for line in drift("kuflow", "--format", "github").stdout.splitlines()
        if "start-idempotently.yaml: interaction 1:" in line
    }
    lines = (project / "specs" / "kuflow" / "openapi.yaml").read_text().splitlines()
    number = int(line.partition("line=")[2].partition(",")[0])
    assert lines[number - 1].strip() == "post:"


def test_what_contradicts_a_cassette_of_the_project_is_told_in_the_cassette(project: Path, edit: Edit) -> None:
    shutil.copytree(ROOT / "cassettes" / "kuflow", project / "cassettes" / "kuflow")
    edit("openapi.yaml", "required: [id, state, processD", "required: [colour, id, state, processD")
    found = [one for one in told()[1]["findings"] if one["rule"] == "cassette-contradicts"]
    assert "cassettes/kuflow/start-idempotently.yaml" in {one["file"] for one in found}
    assert all(one["file"].startswith("cassettes/") and one["pointer"].startswith("/interactions/") for one in found)


@pytest.mark.usefixtures("project")
def test_a_vendor_of_the_package_is_told_without_the_place_of_the_package() -> None:
    done = drift("pliant")
    assert "not held: there is no published.toml" in done.stdout
    assert str(ROOT) not in done.stdout


def test_a_disk_that_gets_full_leaves_the_records_as_they_were(
    project: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(ENOSPC, "No space left on device")

    published, folder = as_published(project), project / "specs" / "kuflow"
    record = folder / "published.toml"
    monkeypatch.setattr(os, "fsync", full)
    before = {*folder.iterdir()}, record.read_bytes()
    with pytest.raises(ConformanceError, match=r"published\.toml: No space left on device"):
        drift("kuflow", "--against", str(published), "--accept")
    assert ({*folder.iterdir()}, record.read_bytes()) == before
    edit("openapi.yaml", "maximum: 1000", "maximum: 1001")
    with pytest.raises(ConformanceError, match=r"waivers\.toml: No space left on device"):
        drift("kuflow", "--accept-all", "--owner", "api-team", "--expires", "2999-01-31")
    assert ({*folder.iterdir()}, record.read_bytes()) == before
