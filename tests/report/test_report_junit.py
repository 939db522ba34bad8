"""JUnit XML: elements by verdict, counts, and text that no reply can break."""

from __future__ import annotations

from typing import get_args
from xml.etree.ElementTree import Element, fromstring

import pytest
from made import case, exchange, failure, results, target

from conformance.report.junit import junit
from conformance.results import Results, Verdict


def parsed(found: Results) -> Element:
    return fromstring(junit(found).encode())


def only_case(found: Results) -> Element:
    element = parsed(found).find("testsuite/testcase")
    assert element is not None
    return element


def test_a_fail_is_a_failure_with_its_level_facts_and_curl() -> None:
    element = only_case(results(failure()))
    assert element.get("name") == "kuflow:createProcess/idempotency/replay"
    assert element.get("classname") == "kuflow.createProcess.idempotency"
    assert element.get("time") == "0.250"
    told = element.find("failure")
    assert told is not None
    assert told.get("type") == "must"
    assert told.get("message") == "expected status 200; got status 201"
    assert "KF-036 (must): A create with an id" in str(told.text)
    assert "POST http://127.0.0.1:4010/v2024-06-14/processes" in str(told.text)
    assert "curl -i -X POST" in str(told.text)


@pytest.mark.parametrize(
    ("verdict", "tag"),
    [
        ("PASS", None),
        ("OBSERVED", None),
        ("WARN", None),
        ("ERROR", "error"),
        ("BLOCKED", "error"),
        ("SKIPPED", "skipped"),
        ("NOT_APPLICABLE", "skipped"),
        ("INCONCLUSIVE", "skipped"),
        ("KNOWN", "skipped"),
    ],
)
def test_every_verdict_has_its_element(verdict: Verdict, tag: str | None) -> None:
    element = only_case(results(case(verdict=verdict, reason="because")))
    tags = {child.tag for child in element} & {"failure", "error", "skipped"}
    assert tags == ({tag} if tag else set())
    if tag:
        assert "because" in str(element.find(tag).get("message"))  # type: ignore[union-attr]


def test_a_warn_is_output_not_a_failure() -> None:
    told = str(only_case(results(failure(verdict="WARN", level="should"))).findtext("system-out"))
    assert told.startswith("verdict: WARN\n")
    assert "expected: status 200" in told


def test_what_was_observed_is_output() -> None:
    element = only_case(results(case(verdict="OBSERVED", observed={"status": 404, "shape": {"a": 1}})))
    lines = str(element.findtext("system-out")).splitlines()
    assert {"verdict: OBSERVED", "observed.status: 404", "observed.shape: {'a': 1}"} <= set(lines)


def test_nothing_stands_where_the_schema_of_jenkins_has_it_not() -> None:
    cases = [case("a/b/c", verdict) for verdict in get_args(Verdict)]
    root = parsed(results(failure(), *cases))
    assert root.attrib.keys() <= {"name", "time", "tests", "failures", "errors"}
    for element in root.iter("testcase"):
        assert element.attrib.keys() <= {"name", "time", "classname", "group"}
        tags = [child.tag for child in element]
        assert tags[-1] == "system-out"
        assert len(tags) <= 2
        assert set(tags) <= {"skipped", "error", "failure", "system-out"}


def test_suites_are_targets_and_count_their_own() -> None:
    cases = [failure(target="one"), case("a/b/c", "ERROR", target="one"), case("a/b/d", "SKIPPED", target="two")]
    root = parsed(results(*cases, targets=(target("one"), target("two"))))
    counted = [
        {key: suite.get(key) for key in ("name", "tests", "failures", "errors", "skipped", "time")}
        for suite in root.findall("testsuite")
    ]
    assert counted == [
        {"name": "one", "tests": "2", "failures": "1", "errors": "1", "skipped": "0", "time": "0.500"},
        {"name": "two", "tests": "1", "failures": "0", "errors": "0", "skipped": "1", "time": "0.250"},
    ]
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "1")


def test_no_text_of_a_reply_breaks_the_file() -> None:
    evil = "</failure><failure>\x00\x08\x0b\ufffe]]>&lt; \x1b[31m\ud7ff\U0001f600"
    root = parsed(results(failure(actual=evil, exchanges=(exchange(response_body=evil),))))
    assert len(root.findall(".//failure")) == 1
    assert "</failure><failure>]]>&lt; [31m\ud7ff\U0001f600" in str(root.findtext(".//failure"))


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (results(case(), finished=False), "unfinished: the file holds 1 of 6 planned cases"),
        (
            results(case(), footer={"exit_code": 3, "problems": ("a: 1 clauses judged, 2 expected",)}),
            "exit 3: a: 1 clauses",
        ),
        (results(case(), footer={"exit_code": 1, "problems": ("known failure x\x1b[2J\x00 expired",)}), "x[2J expired"),
        (results(case(verdict="WARN"), options={"strict": True}, footer={"exit_code": 1}), "WARN under --strict"),
    ],
)
def test_a_run_that_ended_badly_without_a_red_case_is_red_itself(found: Results, words: str) -> None:
    root = parsed(found)
    assert words in str(root.find("testsuite[@name='run']/testcase/error").get("message"))  # type: ignore[union-attr]
    assert root.get("errors") == "1"


def test_a_good_run_and_a_red_one_need_no_such_suite() -> None:
    assert parsed(results(case())).find("testsuite[@name='run']") is None
    assert parsed(results(failure())).find("testsuite[@name='run']") is None


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (results(failure(), footer={"exit_code": 1, "problems": ("known failure x passes now",)}), "x passes now"),
        (results(failure(), footer={"exit_code": 3, "complete": False}), "the run was interrupted"),
        (results(failure(), finished=False), "unfinished: the file holds 1 of"),
    ],
)
def test_what_a_red_case_does_not_tell_of_the_run_is_told_beside_it(found: Results, words: str) -> None:
    root = parsed(found)
    assert words in str(root.find("testsuite[@name='run']/testcase/error").get("message"))  # type: ignore[union-attr]
    assert (root.get("failures"), root.get("errors")) == ("1", "1")


def test_clauses_stand_behind_what_was_expected_and_many_are_named_alone() -> None:
    told = str(only_case(results(failure())).findtext("failure"))
    assert told.startswith("claim: ")
    assert told.index("actual: status 201") < told.index("KF-036 (must): A create")
    names = ("KF-036", "a", "b", "c", "d", "e")
    told = str(only_case(results(failure(clauses=names))).findtext("failure"))
    assert f"\nclauses: {' '.join(names)}\n" in told
    assert "A create" not in told
