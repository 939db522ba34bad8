"""Link headers as RFC 8288 lets them be written, and addresses that are none."""

from __future__ import annotations

import pytest

from conformance.engine.links import linked, parts_of
from conformance.engine.outcome import Mismatch


@pytest.mark.parametrize(
    "header",
    [
        '</l?p=2>; rel="next"',
        "</l?p=2>;rel=next",
        '</l?p=2>; REL="next"',
        '</l?p=2>; rel="Next"',
        '</l?p=2>; rel="prefetch next"',
        '</l?p=2>; rel = "next" ; title="2"',
        '</l?p=2>; title="page 2, older notes"; rel="next"',
        '</l?p=2>; title="a; rel=prev, </l?p=9>; rel=next"; rel="next"',
        '</l?p=2>; title="the \\"second\\""; rel="next"',
        '</l?p=2>; crossorigin; rel="next"',
        '</l?p=2>;; rel="next"',
        '</l?p=1>; rel="prev", , </l?p=2>; rel="next"',
        '</l?p=1>, </l?p=2>; rel="next"',
        '</l?p=2>; rel="next", </l?p=3>; rel="next"',
        '</l?p=1>; rel="prev"; rel="next", </l?p=2>; rel="next"; rel="prev"',
        '</l?p=1>; rel="next-archive"; title=next, </l?p=2>; rel="next"',
    ],
)
def test_the_next_page_is_found(header: str) -> None:
    assert linked(header, "next") == "/l?p=2"


@pytest.mark.parametrize(
    "header",
    ["", "/l?p=2; rel=next", "</l?p=2>", '</l?p=2>; title="; rel=next"', "</l?p=2>; rev=next", '</l>; rel="next'],
)
def test_where_none_is_linked_there_is_none(header: str) -> None:
    assert linked(header, "next") is None


@pytest.mark.parametrize("sign", ["<", ";", '<a>;="', "<a>; ", '"', "\\"])
def test_a_header_of_signs_alone_is_read_at_once(sign: str) -> None:
    assert linked(sign * 50_000, "next") is None


@pytest.mark.parametrize("url", ["http://[fe80::1/notes", "http://[x]/notes", "http://a\u2100b/"])
def test_what_is_no_url_is_the_servers_mismatch(url: str) -> None:
    with pytest.raises(Mismatch, match="expected a URL; got 'http:"):
        parts_of(url)
