"""The Markdown summary."""

from __future__ import annotations

from made import case, exchange, failure, results

from conformance.report.markdown import escape, markdown


def test_the_table_has_a_row_a_facet_and_totals() -> None:
    lines = markdown(results(case("a/auth/x"), case("a/auth/y"), failure("b/errors/z"))).splitlines()
    assert "| kuflow | auth | 2 |  | 2 |" in lines
    assert "| kuflow | errors |  | 1 | 1 |" in lines
    assert "| **total** |  | **2** | **1** | **3** |" in lines


def test_failures_are_folded_with_facts_exchange_and_curl() -> None:
    page = markdown(results(failure(), failure("createProcess/idempotency/later")))
    assert page.count("<details>") == page.count("</details>") == 1
    assert "<code>kuflow:createProcess/idempotency/replay</code> and 1 more</summary>" in page
    assert "- expected: status 200\n- actual: status 201" in page
    assert "```http\nPOST http://127.0.0.1:4010/v2024-06-14/processes" in page
    assert "```sh\ncurl -i -X POST" in page
    assert "- <code>kuflow:createProcess/idempotency/later</code>" in page


def test_the_ending_is_in_words_also_when_the_run_did_not_end() -> None:
    assert "**exit 0: every judged case holds**" in markdown(results(case()))
    assert "**unfinished: the file holds 1 of 6 planned cases" in markdown(results(case(), finished=False))


def test_text_of_a_reply_stays_text() -> None:
    evil = "<script>alert(1)</script> | **bold** </details> [x](y) `code`\n# head"
    page = markdown(results(failure(actual=evil, expected="a|b")))
    outside = page.partition("```")[0]
    assert "<script>" not in outside
    assert "**bold**" not in outside
    assert "a&#124;b" in outside
    assert "\n# head" not in outside


def test_a_body_cannot_close_its_code_block() -> None:
    page = markdown(results(failure(exchanges=(exchange(response_body="````\n</details><script>"),))))
    assert "\n`````http\n" in page
    assert page.count("\n`````\n") == 1


def test_no_reply_steers_what_shows_the_page() -> None:
    evil = "\x1b]0;owned\x07\x00\x9b31m\u202e"
    facts = {"actual": evil, "claim": evil, "scenario": (evil,), "curl": f"curl '{evil}'"}
    page = markdown(
        results(failure(**facts, exchanges=(exchange(response_body=evil),)), case("a/b/c", "BLOCKED", reason=evil))
    )
    assert not set("\x1b\x07\x00\x9b\u202e") & set(page)
    assert "\\u001b]0;owned\\u0007\\u0000\\u009b31m\\u202e" in page


def test_escape_keeps_plain_words() -> None:
    assert escape("status 200, again") == "status 200, again"


def test_clauses_stand_behind_what_was_expected_and_many_are_named_alone() -> None:
    page = markdown(results(failure()))
    assert page.index("- claim: ") < page.index("- actual: ") < page.index("- **KF-036** must: A create")
    names = ("KF-036", "a", "b", "c", "d", "e")
    page = markdown(results(failure(clauses=names)))
    assert f"- actual: status 201\n- clauses: {' '.join(names)}\n" in page
    assert "A create" not in page


def test_a_few_of_many_things_left_behind_are_named() -> None:
    told = markdown(results(case(), footer={"left_behind": [f"job {number}" for number in range(82)]}))
    listed = "\n".join([*(f"- job {number}" for number in range(5)), "- and 77 more"])
    assert told.endswith(f"### Left behind\n\n{listed}\n")


def test_what_did_not_hold_comes_before_all_else_that_is_long() -> None:
    page = markdown(results(failure(), footer={"left_behind": ["job 1"]}))
    heads = [line for line in page.splitlines() if line.startswith("###")]
    assert heads == ["### What did not hold", "### All cases", "### Left behind"]
    assert "###" not in markdown(results(case(), footer={"left_behind": ()}))
