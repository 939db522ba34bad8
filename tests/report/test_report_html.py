"""The HTML page: complete, escaped, a picture with tooltips."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from made import case, exchange, failure, results, target

from conformance.report.html import html
from conformance.report.picture import WIDTH, picture

VOID = {"meta", "br", "input"}


class Page(HTMLParser):
    """Elements with their attributes, and a complaint for each that is closed wrongly."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


def test_every_element_is_closed_and_nothing_is_loaded() -> None:
    page = Page(html(results(failure(), case(), case("a/b/c", "BLOCKED", reason="no process"))))
    assert page.open == []
    attributes = {name for _, attrs in page.elements for name in attrs}
    assert not attributes & {"src", "href", "onclick", "style"}
    assert page.count("link") == 0
    assert page.count("script") == 1


def test_a_failure_is_told_openly_with_its_exchanges_folded() -> None:
    page = html(results(failure(), case("a/b/c", "BLOCKED", reason="no process")))
    assert "A create with an id that was used before answers the process made then." in page
    assert "<dt>expected</dt><dd>status 200</dd><dt>actual</dt><dd>status 201</dd>" in page
    assert page.count("<details open><summary>") == 1
    assert '<details open><summary><span class="tag v-FAIL">' in page
    assert "<details><summary><code>POST http://127.0.0.1:4010/v2024-06-14/processes → 201</code></summary>" in page
    assert "--data-binary &#x27;{&quot;id&quot;: &quot;7f3b8a52&quot;}&#x27;" in page


def test_markup_of_a_reply_is_text_wherever_it_stands() -> None:
    evil = "\"'></pre></title><script>alert(1)</script><img src=x onerror=alert(1)>\x1b"
    bad = {"target": evil, "operation": evil, "facet": evil, "claim": evil, "reason": evil, "observed": {evil: evil}}
    found = results(
        failure(**bad, expected=evil, actual=evil, curl=evil, exchanges=(exchange(url=evil, response_body=evil),)),
        case("a/b/c", "SKIPPED", **bad),
        targets=(target(evil, url=evil),),
        footer={"clauses_not_judged": {evil: evil}, "left_behind": (evil,)},
    )
    text = html(found)
    page = Page(text)
    assert page.open == []
    assert page.count("script") == 1
    assert page.count("img") == 0
    assert "\x1b" not in text
    assert not any("onerror" in attrs for _, attrs in page.elements)


def test_the_policy_allows_the_page_its_own_script_and_style_only() -> None:
    page = html(results(case()))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-\S+'; script-src 'sha256-\S+'", policy[1])


def test_the_picture_colours_a_cell_by_its_weightiest_verdict() -> None:
    found = results(case("a/auth/x"), failure("a/auth/y"), case("a/errors/z", "OBSERVED"), case("b/auth/x"))
    svg = picture(found, "kuflow")
    assert '<g class="v-FAIL"><title>a, auth: 1 FAIL, 1 PASS</title>' in svg
    assert '<g class="v-OBSERVED"><title>a, errors: 1 OBSERVED</title>' in svg
    assert '<g class="v-PASS"><title>b, auth: 1 PASS</title>' in svg
    assert svg.count('class="empty"') == 1
    assert ">! 1<" in svg


def test_a_wide_picture_shrinks_with_the_page() -> None:
    facets = [f"facet-{number}" for number in range(30)]
    svg = picture(results(*(case(f"a/{facet}/x") for facet in facets)), "kuflow")
    box = re.search(r'viewBox="0 0 (\d+) (\d+)" width="(\d+)">', svg)
    assert box is not None
    assert box[1] == box[3]
    right = max(int(x) for x in re.findall(r'<rect[^>]* x="(\d+)"', svg))
    assert right + WIDTH < int(box[1])


def test_a_picture_shows_one_target_only() -> None:
    found = results(case("a/auth/x", target="one"), case("b/auth/x", target="two"))
    assert "<title>a, auth" in picture(found, "one")
    assert "<title>b, auth" not in picture(found, "one")


def test_every_case_has_a_row_to_filter() -> None:
    assert html(results(failure(), case("a/b/c"))).count("<tr data-case>") == 2


def test_a_run_that_did_not_end_says_so() -> None:
    assert "unfinished: the file holds 1 of 6 planned cases" in html(results(case(), finished=False))


def test_clauses_stand_behind_what_was_expected_and_many_are_named_alone() -> None:
    page = html(results(failure()))
    assert page.index("<dt>actual</dt>") < page.index("<dt>KF-036</dt>")
    names = ("KF-036", "a", "b", "c", "d", "e")
    page = html(results(failure(clauses=names)))
    assert page.index("<dt>actual</dt>") < page.index(f"<dt>clauses</dt><dd>{' '.join(names)}</dd>")
    assert "<dt>KF-036</dt>" not in page
