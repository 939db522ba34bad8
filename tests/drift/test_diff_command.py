"""The command finds both documents, tells the changes in every form, and fails when it is to fail."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from conformance.commands.diff import command
from conformance.errors import ConformanceError

ROOT = Path(__file__).parents[2]
SHAPE = {"properties": {"id": {"type": "string"}, "size": {"type": "integer", "maximum": 5}}, "required": ["id"]}


def document(**changed: Any) -> dict[str, Any]:
    schema = {"type": "object", **SHAPE, **changed}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    operation = {
        "operationId": "putThing",
        "tags": ["thing"],
        "requestBody": {"content": content},
        "responses": {"200": {"description": "done", "content": content}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "paths": {"/things/{id}": {"parameters": [ID], "put": operation}},
        "components": {"schemas": {"Thing": schema}},
    }


ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
OLD = document()
BREAKS = document(properties={**SHAPE["properties"], "size": {"type": "integer", "maximum": 4}})  # type: ignore[dict-item]
GROWS = document(properties={**SHAPE["properties"], "more": {"type": "string"}})  # type: ignore[dict-item]


def diff(*arguments: str) -> Result:
    done = CliRunner().invoke(command, list(arguments))
    if isinstance(done.exception, ConformanceError):
        raise done.exception
    return done


def written(folder: Path, value: Any, name: str) -> str:
    path = folder / name
    path.write_text(yaml.safe_dump(value, sort_keys=False))
    return str(path)


@pytest.fixture
def old(tmp_path: Path) -> str:
    return written(tmp_path, OLD, "old.yaml")


def test_a_narrowed_request_breaks_and_a_narrowed_response_does_not(tmp_path: Path, old: str) -> None:
    done = diff(old, written(tmp_path, BREAKS, "new.yaml"), "--format", "json")
    outcome = json.loads(done.stdout)
    assert (done.exit_code, outcome["verdict"]) == (1, "breaking")
    told = {(one["level"], one["rule"], one["direction"]) for one in outcome["changes"]}
    assert told == {
        ("breaking", "request-body-bounds-narrowed", "request"),
        ("additive", "response-body-bounds-narrowed", "response"),
    }
    breaking = outcome["changes"][0]
    assert breaking["operation"] == "putThing"
    assert breaking["counterexample"]["size"] == 5
    assert breaking["pointer"] == "/components/schemas/Thing/properties/size"
    assert (breaking["before"]["maximum"], breaking["after"]["maximum"]) == (5, 4)


def test_the_line_of_a_change_is_found_through_the_reference(tmp_path: Path, old: str) -> None:
    new = written(tmp_path, BREAKS, "new.yaml")
    (run,) = json.loads(diff(old, new, "--format", "sarif").stdout)["runs"]
    error = next(one for one in run["results"] if one["level"] == "error")
    region = error["locations"][0]["physicalLocation"]["region"]["startLine"]
    lines = Path(new).read_text().splitlines()
    assert lines[region - 1].strip() == "size:"
    assert (
        error["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
        == "/components/schemas/Thing/properties/size"
    )
    annotation = diff(old, new, "--format", "github").stdout.splitlines()[0]
    assert annotation.startswith(f"::error file={new},line={region},title=request-body-bounds-narrowed::putThing:")


def test_a_file_of_an_odd_name_is_a_uri_in_sarif(tmp_path: Path, old: str) -> None:
    new = written(tmp_path, BREAKS, "the new API.yaml")
    (run,) = json.loads(diff(old, new, "--format", "sarif").stdout)["runs"]
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in run["results"]}
    assert uris == {(tmp_path / "the%20new%20API.yaml").as_posix()}


def test_each_rule_of_sarif_has_the_texts_that_code_scanning_asks_for(tmp_path: Path, old: str) -> None:
    (run,) = json.loads(diff(old, written(tmp_path, BREAKS, "new.yaml"), "--format", "sarif").stdout)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["shortDescription"]["text"] for rule in rules] == [
        "Request body bounds narrowed",
        "Response body bounds narrowed",
    ]
    assert all(rule["fullDescription"]["text"] and rule["help"]["text"] for rule in rules)
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [one["ruleId"] for one in run["results"]]


def test_what_grows_is_additive(tmp_path: Path, old: str) -> None:
    done = diff(old, written(tmp_path, GROWS, "new.yaml"))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1] == "additive: 2 additive"


def test_what_is_the_same_has_no_change(tmp_path: Path, old: str) -> None:
    assert diff(old, old).stdout == "none: no change\n"
    reordered = {key: OLD[key] for key in reversed(OLD)}
    assert json.loads(diff(old, written(tmp_path, reordered, "new.yaml"), "--json").stdout) == {
        "verdict": "none",
        "changes": [],
    }


def test_a_rename_is_for_client_authors_and_fails_them_when_asked(tmp_path: Path, old: str) -> None:
    renamed = json.loads(json.dumps(OLD).replace("putThing", "replaceThing").replace('Thing"', 'Item"'))
    new = written(tmp_path, renamed, "new.yaml")
    plain = diff(old, new, "--json")
    assert (plain.exit_code, json.loads(plain.stdout)["verdict"]) == (0, "client")
    asked = diff(old, new, "--json", "--client")
    assert asked.exit_code == 1
    changes = json.loads(asked.stdout)["changes"]
    texts = [line for one in changes for line in one.get("client", ())]
    assert "api.thing.put_thing: the operation is now api.thing.replace_item" in texts
    assert "models.Thing: the model is now Item" in texts
    assert "client-version-major" in {one["rule"] for one in changes}


def test_an_unknown_change_fails_unless_it_is_allowed(tmp_path: Path, old: str) -> None:
    odd = {"type": "string", "pattern": "^(?=.*x)(?!.*y)[a-z]*$"}
    other = {"type": "string", "pattern": "^(?=.*x)(?!.*y)[a-z]*(?<!q)$"}
    one = written(tmp_path, document(properties={"id": odd}), "one.yaml")
    two = written(tmp_path, document(properties={"id": other}), "two.yaml")
    done = diff(one, two, "--json")
    outcome = json.loads(done.stdout)
    assert (done.exit_code, outcome["verdict"]) == (1, "unknown")
    assert all(change["tried"] for change in outcome["changes"] if change["level"] == "unknown")
    assert diff(one, two, "--allow-unknown").exit_code == 0


def test_a_vendor_folder_brings_its_semantics(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "specs" / "kuflow", tmp_path / "kuflow")
    path = tmp_path / "kuflow" / "semantics.yaml"
    text = path.read_text()
    lost = text.replace("replay: {gets: same, statuses: [200]}", "replay: {gets: same, statuses: [201]}", 1)
    assert lost != text
    path.write_text(lost)
    done = diff(str(ROOT / "specs" / "kuflow"), str(tmp_path / "kuflow"), "--json")
    (change,) = json.loads(done.stdout)["changes"]
    assert (done.exit_code, change["level"], change["rule"]) == (1, "breaking", "idempotency-lost")


def test_a_revision_is_read_from_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, OLD, "api.yaml")
    for words in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@y.example", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *words], check=True)
    written(tmp_path, GROWS, "api.yaml")
    assert diff("git:HEAD:api.yaml", "api.yaml", "--json").exit_code == 0
    assert json.loads(diff("git:HEAD:api.yaml", "api.yaml", "--json").stdout)["verdict"] == "additive"
    for wrong in ("git:HEAD:none.yaml", "git:nowhere:api.yaml", "git:HEAD"):
        with pytest.raises(ConformanceError) as caught:
            diff(wrong, "api.yaml")
        assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"swagger": "2.0", "paths": {}}, "this is Swagger 2.0"),
        ({"paths": {}}, "'openapi' is missing"),
        ({"openapi": "3.1.0", "paths": []}, "/paths"),
        ({"openapi": "3.1.0", "paths": {"/x": {"get": "nothing"}}}, "/paths/~1x/get"),
        (
            {"openapi": "3.1.0", "paths": {"/x": {"get": {"parameters": [{"in": "query"}]}}}},
            "/paths/~1x/get/parameters/0",
        ),
        (
            {"openapi": "3.0.0", "components": {"schemas": {"A": {"allOf": {"type": "string"}}}}},
            "/components/schemas/A",
        ),
    ],
)
def test_an_odd_document_is_told_in_one_line(tmp_path: Path, old: str, value: Any, said: str) -> None:
    with pytest.raises(ConformanceError) as caught:
        diff(old, written(tmp_path, value, "odd.yaml"))
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("ref", ["#/components/schemas/Nothing", "other.yaml#/Thing", "https://example.com/x.json"])
def test_a_reference_that_leads_nowhere_is_told_in_one_line(tmp_path: Path, old: str, ref: str) -> None:
    lost = json.loads(json.dumps(OLD).replace("#/components/schemas/Thing", ref))
    with pytest.raises(ConformanceError) as caught:
        diff(old, written(tmp_path, lost, "odd.yaml"))
    assert "$ref" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.fixture
def vendors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose last commit has the vendors kept and lost, beside a working tree with kept and added."""
    monkeypatch.chdir(tmp_path)
    for name in ("kept", "lost"):
        (tmp_path / "specs" / name).mkdir(parents=True)
        written(tmp_path / "specs" / name, OLD, "openapi.yaml")
    commit = "-c user.name=x -c user.email=x@y.example commit -qm x"
    for line in ("init -q", "add .", commit):
        subprocess.run(["git", *line.split()], check=True)
    (tmp_path / "specs" / "lost").rename(tmp_path / "specs" / "added")
    return tmp_path


def test_folders_of_vendor_folders_are_compared_vendor_by_vendor(vendors: Path) -> None:
    written(vendors / "specs" / "kept", GROWS, "openapi.yaml")
    done = diff("git:HEAD:specs", "specs", "--json")
    outcome = json.loads(done.stdout)
    assert (done.exit_code, outcome["verdict"]) == (1, "breaking")
    assert {(one["vendor"], one["level"], one["rule"]) for one in outcome["changes"]} == {
        ("added", "additive", "document-added"),
        ("lost", "breaking", "document-removed"),
        ("kept", "additive", "request-body-property-added"),
        ("kept", "additive", "response-body-property-added"),
    }
    (lost,) = diff("git:HEAD:specs", "specs", "--format", "github").stdout.split("::error ")[1:]
    assert lost.startswith("file=specs/lost/openapi.yaml,line=1,title=document-removed::the whole document is gone")
    told = diff("git:HEAD:specs", "specs").stdout
    assert told.startswith("added\nadditive  document-added  the document: the whole document is new, with 1 operation")
    assert told.endswith("\nbreaking: the worst of 3 vendors\n")


def test_a_folder_below_the_one_that_is_worked_in_is_read_from_git(
    vendors: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(vendors / "specs")
    assert diff("git:HEAD:./kept", "kept").stdout == "none: no change\n"


def test_nothing_can_be_named_as_a_side(tmp_path: Path, old: str) -> None:
    (come,) = json.loads(diff("/dev/null", old, "--json").stdout)["changes"]
    assert (come["level"], come["after"]) == ("additive", ["putThing"])
    gone = diff(old, "/dev/null", "--json")
    assert (gone.exit_code, json.loads(gone.stdout)["verdict"]) == (1, "breaking")
    odd = written(tmp_path, {"openapi": "3.1.0", "paths": []}, "odd.yaml")
    for wrong in (("/dev/null", "/dev/null"), ("/dev/null", odd), (old, str(tmp_path / "none.yaml"))):
        with pytest.raises(ConformanceError):
            diff(*wrong)


def test_sides_that_are_not_of_a_kind_are_refused(vendors: Path, old: str) -> None:
    (vendors / "empty").mkdir()
    for wrong, says in (
        (old, "is one document"),
        ("empty", "neither is a vendor's folder nor holds one"),
        ("https://api.example/openapi.yaml", "OLD and NEW are files"),
    ):
        with pytest.raises(ConformanceError, match=says):
            diff(wrong, "specs")


def test_what_the_semantics_lose_is_told_on_their_lines(tmp_path: Path) -> None:
    old, new = ROOT / "specs" / "instabase", tmp_path / "instabase"
    shutil.copytree(old, new)
    path = new / "semantics.yaml"
    lines = path.read_text().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.strip() == "level: must" or "level: must," in line)
    lines[at] = lines[at].replace("must", "should")
    path.write_text("".join(lines))
    annotation = diff(str(old), str(new), "--format", "github").stdout
    found = re.match(rf"::error file={re.escape(str(path))},line=(\d+),title=clause-weakened::clause ", annotation)
    assert found is not None, annotation
    assert 0 <= at + 1 - int(found[1]) <= 5


def test_semantics_that_are_gone_break_and_new_ones_do_not(tmp_path: Path) -> None:
    old, new = ROOT / "specs" / "instabase", tmp_path / "instabase"
    shutil.copytree(old, new)
    (new / "semantics.yaml").unlink()
    gone = diff(str(old), str(new), "--json")
    assert (gone.exit_code, [one["rule"] for one in json.loads(gone.stdout)["changes"]]) == (1, ["semantics-removed"])
    come = diff(str(new), str(old), "--json")
    assert (come.exit_code, [one["rule"] for one in json.loads(come.stdout)["changes"]]) == (0, ["semantics-added"])
    assert diff(str(old), str(new / "openapi.yaml")).stdout == "none: no change\n"
