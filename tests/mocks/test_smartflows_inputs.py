"""XML is read safely and held against the flow's inputDataset."""

from __future__ import annotations

import time

import pytest
from smartflows_api import XML, Api

HEAD = "<Customer><Name>N</Name>"
FITS = {
    "smallest": f"{HEAD}</Customer>",
    "declared": f"<?xml version='1.0' encoding='UTF-8'?>{HEAD}</Customer>",
    "any order": "<Customer><Order><Number>1</Number></Order><Name>N</Name><City/></Customer>",
    "white space": f"\n{HEAD}\n  <City> Gent </City>\n</Customer>\n",
    "cdata": "<Customer><Name><![CDATA[<!DOCTYPE x>]]></Name></Customer>",
    "comment": f"<!-- <!DOCTYPE x> -->{HEAD}</Customer>",
    "attribute": "<Customer version='1'><Name>N</Name></Customer>",
}
UNFIT = {
    "another root": "<Person><Name>N</Name></Person>",
    "another namespace": "<Customer xmlns='urn:other'><Name>N</Name></Customer>",
    "nothing required": "<Customer><City>Gent</City></Customer>",
    "twice": f"{HEAD}<Name>M</Name></Customer>",
    "stranger": f"{HEAD}<Age>7</Age></Customer>",
    "text among elements": f"{HEAD}Gent</Customer>",
    "elements in text": "<Customer><Name><First>N</First></Name></Customer>",
    "deep": f"{HEAD}<Order><Note>x</Note></Order></Customer>",
}
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BROKEN = {
    "not closed": HEAD,
    "not xml": "Adèle",
    "two roots": f"{HEAD}</Customer><Customer/>",
    "unknown entity": "<Customer><Name>&who;</Name></Customer>",
    "entity": f'<!DOCTYPE Customer [<!ENTITY n "N">]>{HEAD}</Customer>',
    "file": f'<!DOCTYPE Customer [<!ENTITY n SYSTEM "file:///etc/hostname">]>{HEAD}&n;</Customer>',
    "laughs": f'<!DOCTYPE Customer [<!ENTITY l0 "ha">{LAUGHS}]><Customer><Name>&l11;</Name></Customer>',
    "external": f'<!DOCTYPE Customer SYSTEM "http://127.0.0.1:9/x.dtd">{HEAD}</Customer>',
    "control character": "<Customer><Name>\x00</Name></Customer>",
}


@pytest.fixture(scope="module")
def api() -> Api:
    return Api()


def sent(api: Api, xml: bytes, content_type: str = XML["content-type"], flow: str = "flow_id") -> int:
    headers = {"content-type": content_type} if content_type else {}
    query = {"flowId": api.fixtures[flow]}
    return api("POST", "/flows/executions", params=query, content=xml, headers=headers).status_code


def count(api: Api) -> int:
    return len(api("GET", "/flows/executions", params={"size": 10_000}).json())


@pytest.mark.parametrize("name", FITS)
def test_what_follows_the_dataset_begins(api: Api, name: str) -> None:
    assert sent(api, FITS[name].encode()) == 200


@pytest.mark.parametrize("name", UNFIT)
def test_what_does_not_follow_it_is_refused_and_begins_nothing(api: Api, name: str) -> None:
    before = count(api)
    assert sent(api, UNFIT[name].encode()) == 400
    assert count(api) == before


@pytest.mark.parametrize("name", UNFIT)
def test_or_it_ends_in_error_as_chosen(name: str) -> None:
    api = Api(choices={"unfit_data": "error"})
    execution = api.begin("flow_id", content=UNFIT[name].encode(), headers=XML)["id"]
    assert api.progress(execution)["status"] == "Error"


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_not_well_formed_or_declares_a_type_is_refused(api: Api, name: str) -> None:
    before = count(api)
    assert sent(api, BROKEN[name].encode()) == 400
    assert count(api) == before


def test_nesting_without_end_is_refused(api: Api) -> None:
    assert sent(api, b"<a>" * 20_000 + b"</a>" * 20_000) == 400


def test_long_comments_are_read_once(api: Api) -> None:
    began = time.monotonic()
    assert sent(api, b"<Customer><!--" + b"a" * 400_000 + b"--><Name>N</Name></Customer>") == 200
    assert time.monotonic() - began < 2


def test_a_charset_that_only_the_xml_declares_is_named(api: Api) -> None:
    query = {"flowId": api.fixtures["flow_id"]}
    for name in ("foo", "hex"):
        xml = f'<?xml version="1.0" encoding="{name}"?><Customer/>'.encode()
        reply = api("POST", "/flows/executions", params=query, content=xml, headers={"content-type": "text/xml"})
        assert (reply.status_code, f"No such charset: {name}" in reply.text) == (415, True)


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        ('application/xml; charset="utf-8"', "utf-8"),
        ("application/xml; charset=utf-8", "utf-8"),
        ('application/xml;charset="UTF-8"', "utf-8-sig"),
        ('application/xml; charset="iso-8859-1"', "iso-8859-1"),
        ("APPLICATION/XML; Charset=UTF-16", "utf-16"),
        ("application/xml", "utf-8"),
        ("text/xml", "utf-8"),
    ],
)
def test_charsets(content_type: str, encoding: str) -> None:
    api = Api()
    headers = {"content-type": content_type}
    execution = api.begin("flow_id", content=api.fixtures["input_xml"].encode(encoding), headers=headers)["id"]
    api.progress(execution)
    assert api.detail(execution)["state"]["inputData"]["Customer"]["Name"] == "Adèle & Co"


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ('application/xml; charset="klingon"', b"<Customer/>", 415),
        ('application/xml; charset="utf-8"', b"<Customer><Name>\xff</Name></Customer>", 400),
        ("text/plain", b"Ada", 415),
        ("", b"Ada", 415),
        ("application/json", b'{"id": ["1"], "entity": "account"}', 200),
        ("application/json", b"[]", 400),
        ("application/json", b"{", 400),
        ("", b"", 200),
    ],
)
def test_bodies_of_other_kinds(api: Api, content_type: str, body: bytes, status: int) -> None:
    assert sent(api, body, content_type) == status


def test_a_flow_without_dataset_ignores_its_body(api: Api) -> None:
    assert sent(api, b"anything", "text/plain", "plain_flow_id") == 200


def test_no_data_for_a_flow_with_dataset_is_as_chosen() -> None:
    assert sent(Api(choices={"absent_data": "refused"}), b"", "") == 400


@pytest.mark.parametrize("query", [{}, {"flowId": ""}, {"flowId": "nothing"}, {"flow": "Flow plain"}])
def test_a_create_names_a_flow(api: Api, query: dict[str, str]) -> None:
    assert api("POST", "/flows/executions", params=query).status_code in (400, 404)


@pytest.mark.parametrize("body", [b"[]", b"{", b'"x"', b"NaN"])
def test_input_is_an_object(body: bytes) -> None:
    api = Api()
    execution = api.begin("input_flow_id")["id"]
    api.progress(execution)
    path, headers = f"/flows/executions/{execution}/progress", {"content-type": "application/json"}
    assert api("POST", path, content=body, headers=headers).status_code == 400
    assert api("POST", path, content=b"a=b", headers={"content-type": "text/plain"}).status_code == 415
    assert api.progress(execution)["status"] == "UserInput"
    assert api("POST", path).json()["status"] == "Running"
