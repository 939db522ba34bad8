"""Plans by mode, and what is sent where nothing else tells it."""

from __future__ import annotations

from conformance.contract.facets.list import Filter, List, Number, Size
from conformance.contract.message import Reply, Request
from conformance.contract.place import Place
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor, find
from conformance.engine.plan import mode_of, plan
from conformance.engine.walking import Page, following
from conformance.transport.misses import other

SKIP, TAKE = Place.parse("$request.body#/skip"), Place.parse("$request.body#/take")


def vendor() -> Vendor:
    return Vendor.load(find("optimajet"))


def test_a_case_that_clauses_of_other_modes_alone_cite_is_left_out() -> None:
    one = vendor()
    name = "optimajet/getInbox/auth/without-credentials"
    cited = {
        mode: [clause.id for case in plan(one, name, mode) for clause in case.clauses] for mode in one.semantics.modes
    }
    assert cited == {"open": [], "token": ["OJ-02"], "openid": ["OJ-11"]}


def test_an_operation_is_planned_in_its_modes_only() -> None:
    one = vendor()
    planned = {mode: bool(plan(one, "*/createToken/*", mode)) for mode in one.semantics.modes}
    assert planned == {"open": False, "token": False, "openid": True}


def test_a_target_without_a_mode_is_in_the_first() -> None:
    assert mode_of(vendor(), None) == "open"
    assert mode_of(vendor(), "token") == "token"


def test_commands_of_one_operation_have_cases_of_their_own() -> None:
    ids = [case.id for case in plan(vendor())]
    assert len(set(ids)) == len(ids)
    assert "optimajet/executeCommandWithParameters/lifecycle/transition/approve/Review" in ids
    assert "optimajet/executeCommand/lifecycle/transition/Draft" in ids


def test_an_id_that_the_caller_chose_is_the_one_in_the_request() -> None:
    resource = Resource.model_validate({"id": "/Id", "created_id": "$request.path.processId"})
    request = Request("create", path={"processId": "7"})
    assert resource.made_id(request, Reply(200, {}, b'{"Id": "8"}')) == "7"
    assert Resource(id="/Id").made_id(request, Reply(200, {}, b'{"Id": "8"}')) == "8"


def test_a_filter_that_is_a_number_is_sent_as_one() -> None:
    assert Filter(place=TAKE, numeric=True).spelled("2") == 2
    assert Filter(place=TAKE).spelled("2") == "2"


def test_a_wide_page_that_is_not_full_is_not_taken_for_the_last() -> None:
    size = Size(place=TAKE, default=60, wide=100)
    listing = List(resource="thing", style="offset", number=Number(place=SKIP), size=size)
    request = Request("list", body={"skip": 0, "take": 100})
    page = Page(({},) * 50, ("a",) * 50, None, None, Reply(200, {}, b"{}"))
    onward = following(listing, request, page)
    assert onward is not None
    assert SKIP.sent(onward) == 50
    assert following(listing, TAKE.put(request, 60), page) is None


def test_a_signed_token_is_spoiled_in_its_signature_only() -> None:
    spoiled = other("eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjF9.c2lnbmVk")
    assert spoiled == "eyJhbGciOiJSUzI1NiJ9.eyJleHAiOjF9.00000000"
