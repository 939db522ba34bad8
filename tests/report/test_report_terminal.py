"""The terminal report: blocks, causes, matrix, ending."""

from __future__ import annotations

import io
import re

import pytest
from made import BASE, case, exchange, failure, results, target

from conformance.report.terminal import render, text
from conformance.results import Results


def plain(found: Results, width: int = 100) -> str:
    return text(found, width=width, colour=False)


def test_a_failure_is_told_with_clause_place_facts_exchange_and_curl() -> None:
    report = plain(results(failure()))
    assert "FAIL  kuflow:createProcess/idempotency/replay\n" in report
    assert "KF-036 (must): A create with an id that was used before answers the process made then." in report
    assert "Create process, description, line 161" in report
    assert re.search(r"expected +status 200\n +actual +status 201\n", report)
    assert "POST /processes -> 201" in report
    assert '> {"id": "7f3b8a52-0f6f-4c8e-9a43-0d4f7a1e2b3c"}' in report
    assert '"state": "RUNNING"}' in report
    assert f"    curl -i -X POST {BASE}/processes \\\n    -H 'content-type: application/json' \\\n" in report
    assert '    -H "Authorization: Basic $TOKEN" \\\n    --data-binary \'{"id": "7f3b8a52"}\'\n' in report


def test_an_exchange_tells_whose_credentials_it_has() -> None:
    report = plain(results(failure(identity="other", exchanges=(exchange(), exchange(identity="other")))))
    assert re.search(r"identity +other\n", report)
    assert [report.count(f"POST /processes{acting} -> 201") for acting in ("", " as other")] == [1, 1]


def test_failures_of_one_cause_share_a_block() -> None:
    one = failure("createProcess/idempotency/a", actual="'x' twice, id 7f3b8a52-0f6f-4c8e-9a43-0d4f7a1e2b3c, 3 of 25")
    two = failure("createProcess/idempotency/b", actual="'y' twice, id 00000000-0f6f-4c8e-9a43-0d4f7a1e2b3c, 14 of 25")
    report = plain(results(one, two))
    assert report.count("FAIL  kuflow:") == 1
    assert re.search(r"also +kuflow:createProcess/idempotency/b\n", report)


def test_whole_values_that_were_seen_do_not_part_a_cause() -> None:
    expected = '"state" is a required property'
    one = failure("createProcess/contract/a", expected=expected, actual="{'id': 'x'}")
    two = failure("createProcess/contract/b", expected=expected, actual="{'id': 'y', 'long': 'cut he…")
    other = failure("createProcess/contract/c", expected='"id" is a required property', actual="{'id': 'x'}")
    assert plain(results(one, two)).count("FAIL  kuflow:") == 1
    assert plain(results(one, other)).count("FAIL  kuflow:") == 2


def test_another_status_is_another_cause() -> None:
    report = plain(results(failure(), failure("createProcess/idempotency/b", actual="status 500")))
    assert report.count("FAIL  kuflow:") == 2


def test_other_clauses_are_another_cause() -> None:
    report = plain(results(failure(), failure("createProcess/idempotency/b", clauses=("KF-016",))))
    assert report.count("FAIL  kuflow:") == 2


def test_blocked_cases_share_a_block_by_reason_and_only_eight_more_are_named() -> None:
    cases = [
        case(f"cancelProcess/lifecycle/c{index}", "BLOCKED", reason=f"no process: status 503 after {index} tries")
        for index in range(12)
    ]
    report = plain(results(*cases, case(), footer={"exit_code": 3}))
    assert report.count("BLOCKED  kuflow:") == 1
    assert "kuflow:cancelProcess/lifecycle/c8\n" in report
    assert "kuflow:cancelProcess/lifecycle/c9\n" not in report
    assert "and 3 more\n" in report
    assert "exit 3: 12 cases BLOCKED" in report


def test_blocked_cases_of_two_targets_have_a_block_each() -> None:
    cases = [case(verdict="BLOCKED", reason="no reply", target=name) for name in ("one", "two")]
    report = plain(results(*cases, targets=(target("one"), target("two"))))
    assert len(re.findall("^BLOCKED  (one|two):", report, re.MULTILINE)) == 2


def test_fail_comes_before_warn_whatever_the_order_of_the_run() -> None:
    report = plain(results(failure("a/b/c", verdict="WARN", clauses=("KF-016",)), failure("d/e/f")))
    assert report.index("FAIL  kuflow:d/e/f") < report.index("WARN  kuflow:a/b/c")


def test_a_known_failure_takes_one_line() -> None:
    report = plain(results(failure(verdict="KNOWN", reason="accepted until March")))
    assert "KNOWN  kuflow:createProcess/idempotency/replay: accepted until March\n" in report
    assert "curl" not in report


def test_the_matrix_counts_verdicts_by_facet_and_shows_only_those_that_occur() -> None:
    cases = [case("a/auth/x"), case("a/auth/y"), case("a/errors/z", "OBSERVED"), failure("b/auth/x")]
    lines = plain(results(*cases)).splitlines()
    head = next(index for index, line in enumerate(lines) if line.startswith("facet"))
    assert lines[head].split() == ["facet", "PASS", "FAIL", "OBSERVED", "all"]
    assert lines[head + 2].split() == ["auth", "2", "1", ".", "3"]
    assert lines[head + 3].split() == ["errors", ".", ".", "1", "1"]
    assert lines[head + 5].split() == ["total", "2", "1", "1", "4"]
    assert "cases    1 FAIL, 2 PASS, 1 OBSERVED" in lines


def test_several_targets_have_rows_of_their_own() -> None:
    cases = [case("a/auth/x", target="one"), case("a/auth/x", target="two")]
    lines = plain(results(*cases, targets=(target("one"), target("two")))).splitlines()
    assert lines[lines.index("two") + 1].split() == ["auth", "1", "1"]


def test_the_closing_tells_clauses_traffic_leftovers_seed_and_exit() -> None:
    report = plain(results(case()))
    assert "clauses  1 of 2 judged" in report
    assert "1234 requests (56 writes); 20 created, 19 removed, 1 left behind; 3.2 s" in report
    assert "left     kuflow process 7f3b8a52" in report
    assert "the same command with --seed 42 sends the same requests" in report
    assert report.endswith("exit 0: every judged case holds\n")


@pytest.mark.parametrize(
    ("cases", "options", "footer", "words"),
    [
        ([failure()], {}, {"exit_code": 1}, "exit 1: 1 case FAIL"),
        ([case(verdict="WARN")], {}, {"exit_code": 0}, "exit 0: nothing promised is broken; 1 case WARN"),
        ([case(verdict="WARN")], {"strict": True}, {"exit_code": 1}, "exit 1: 1 case WARN under --strict"),
        (
            [case()],
            {},
            {"exit_code": 1, "problems": ("known failure x passes now",)},
            "exit 1: known failure x passes now",
        ),
        ([case(verdict="ERROR"), failure()], {}, {"exit_code": 3}, "exit 3: the suite itself failed in 1 case"),
        ([case(verdict="SKIPPED")], {}, {"exit_code": 3, "complete": False}, "exit 3: the run was interrupted"),
        ([case(verdict="NOT_APPLICABLE")], {}, {"exit_code": 3}, "exit 3: no case was judged"),
        (
            [case()],
            {},
            {"exit_code": 3, "problems": ("a: 1 clauses judged, 2 expected",)},
            "exit 3: a: 1 clauses judged",
        ),
        (
            [failure()],
            {},
            {"exit_code": 1, "problems": ("known failure x passes now",)},
            "exit 1: 1 case FAIL; known failure x passes now",
        ),
        (
            [case(), case(verdict="BLOCKED")],
            {},
            {"exit_code": 3, "problems": ("a: 1 clauses judged, 2 expected",)},
            "exit 3: 1 case BLOCKED: what they build on failed; a: 1 clauses judged, 2 expected",
        ),
        (
            [case(verdict="ERROR")],
            {},
            {"exit_code": 3, "problems": ("known failure x expired",)},
            "exit 3: the suite itself failed in 1 case; known failure x expired",
        ),
    ],
)
def test_the_exit_code_in_words(cases: list, options: dict, footer: dict, words: str) -> None:
    assert words in plain(results(*cases, options=options, footer=footer)).splitlines()[-1]


def test_skips_are_told_with_their_reason_and_number() -> None:
    skips = [case(f"a/b/c{index}", "SKIPPED", reason="fixture: no flow_id") for index in range(3)]
    assert "SKIPPED  3 x fixture: no flow_id\n" in plain(results(*skips))


def test_a_run_that_did_not_end_says_so() -> None:
    report = plain(results(case(), finished=False))
    assert report.endswith("unfinished: the file holds 1 of 6 planned cases and no footer\n")
    assert "judged" not in report


def test_a_header_alone_is_a_report() -> None:
    assert "unfinished: the file holds 0 of 5 planned cases" in plain(results(finished=False))


@pytest.mark.parametrize("width", [40, 80, 120])
def test_plain_lines_fit_the_width_but_for_commands_to_copy(width: int) -> None:
    verdicts = ["PASS", "WARN", "OBSERVED", "SKIPPED", "BLOCKED", "INCONCLUSIVE", "ERROR", "NOT_APPLICABLE", "KNOWN"]
    cases = [case(f"a/idempotency/{one.lower()}", one, reason="r " * 80) for one in verdicts]
    found = results(
        failure("a/pagination/x", actual="word" * 60, exchanges=(exchange(response_body="z" * 900),)), *cases
    )
    head, _, rest = text(found, width=width, colour=False).partition("  curl\n")
    rest = rest.partition("\n\n")[2]
    if width >= 80:
        assert max(map(len, (head + rest).splitlines())) <= width
    assert "idempotency" in rest
    assert "900 characters" in re.sub(r"\s+", " ", head)


def test_plain_text_is_ascii_without_escapes_and_trailing_blanks() -> None:
    report = plain(results(failure(), case()))
    assert report.isascii()
    assert "\x1b" not in report
    assert not re.search(r" $", report, re.MULTILINE)


def test_colour_changes_no_word() -> None:
    found = results(failure(), case(), case("a/b/c", "BLOCKED", reason="no process"))
    coloured = text(found, width=100, colour=True)
    assert "\x1b[1;31mFAIL" in coloured
    bare = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == plain(found).splitlines()


def test_no_reply_steers_the_terminal() -> None:
    evil = "\x1b]0;owned\x07\x9b31m\u202e[bold red]markup[/]"
    one = failure(actual=evil, exchanges=(exchange(response_body=evil),), curl=f"curl '{evil}'", claim=evil)
    report = plain(results(one))
    assert not set("\x1b\x07\x9b\u202e") & set(report)
    assert "\\u001b]0;owned\\u0007\\u009b31m\\u202e[bold red]markup[/]" in report


def test_render_prints_plain_text_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "90")
    render(results(failure()))
    assert capsys.readouterr().out == plain(results(failure()), 90)


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_color", "escaped"), [(None, True), ("1", False)])
def test_render_colours_a_terminal_unless_told_not_to(
    monkeypatch: pytest.MonkeyPatch, no_color: str | None, escaped: bool
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    raw = io.BytesIO()
    screen = Terminal(raw, encoding="utf-8")
    monkeypatch.setattr("sys.stdout", screen)
    render(results(failure()))
    shown = raw.getvalue().decode()
    assert ("\x1b[" in shown) is escaped
    assert "POST /processes → 201" in shown


def test_render_survives_a_narrow_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii"))
    render(results(failure(actual="naïve")))
    assert b"na\\xefve" in raw.getvalue()


def test_a_target_that_cannot_be_tested_takes_one_line() -> None:
    blocked = [
        case(case=f"kuflow/a/b/{n}", verdict="BLOCKED", reason="http://h gives no reply", blame="network")
        for n in range(3)
    ]
    said = plain(results(*blocked, footer={"exit_code": 3}))
    assert said.count("http://h gives no reply (blame: network)") == 1
    assert "claim" not in said
    assert "facet" not in said
    assert "exit 3: 3 cases BLOCKED" in said


def test_what_was_expected_stands_before_the_clauses() -> None:
    block = plain(results(failure(clauses=("KF-036", "KF-016"))))
    stands = [block.index(word) for word in ("claim  ", "expected  ", "actual  ", "clause  ", "exchange  ")]
    assert stands == sorted(stands)
    assert "KF-036 (must): A create" in block
    assert "KF-016 (should): Without a direction" in block


def test_of_many_clauses_the_ids_are_named_in_one_line_that_wraps() -> None:
    names = ("KF-036", *(f"KF-1{number:02}" for number in range(40)))
    block = plain(results(failure(clauses=names))).partition("exchange")[0]
    assert "A create with an id" not in block
    assert " ".join(names) in " ".join(block.split())
    assert "'conformance clauses kuflow' tells what they say" in block
    assert len(block.splitlines()) < 15


def test_of_five_clauses_the_text_is_told() -> None:
    names = ("KF-036", "a", "b", "c", "d")
    assert "A create with an id" in plain(results(failure(clauses=names)))
    assert "A create with an id" not in plain(results(failure(clauses=(*names, "e"))))
