"""Authentications for KuFlow's engine, of two kinds."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.contract.place import Place
from conformance.contract.pointer import ABSENT, get
from conformance.contract.semantics.document import Call
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check, only
from conformance.engine.making import build
from conformance.engine.ordering import instant
from conformance.engine.outcome import expect, expect_equal

TYPE = Place.parse("$request.body#/type")
TENANT = Place.parse("$request.body#/tenantId")
PROPERTIES = {"ENGINE_TOKEN": "engineToken", "ENGINE_CERTIFICATE": "engineCertificate"}
CREATE = only("createAuthentication")


def types(_: Vendor, __: Call) -> Iterator[str]:
    """The kinds of authentication."""
    return iter(PROPERTIES)


@check(when=CREATE, variants=types)
def of_the_type(api: Api, call: Call, kind: str) -> None:
    """An authentication is of the type asked for."""
    body = api.expect_success(api.send(TYPE.put(build(api, call.id), kind)))
    expect_equal(get(body, "/type"), kind, "type")


@check(when=CREATE, variants=types)
def with_its_property(api: Api, call: Call, kind: str) -> None:
    """An authentication comes with what belongs to its type and lasts, and not with what belongs to the other."""
    body = api.expect_success(api.send(TYPE.put(build(api, call.id), kind)))
    for owner, name in PROPERTIES.items():
        there = get(body, f"/{name}") not in (ABSENT, None)
        expect(there == (owner == kind), f"{name} {'there' if owner == kind else 'absent'}", "the contrary")
    began, ends = (instant(str(get(body, pointer))) for pointer in ("/createdAt", "/engineToken/expiredAt"))
    expect(began is None or ends is None or ends > began, f"expiredAt later than createdAt {began}", ends)


@check(when=CREATE, identities=("colleague",))
def oauth2_names_the_tenant(api: Api, call: Call) -> None:
    """A caller with an OAuth2 token gets an authentication with tenantId, and is refused without."""
    request = build(api, call.id)
    body = api.expect_success(api.send(TENANT.put(request, api.fixture("tenant_id")), "colleague"))
    expect_equal(get(body, "/tenantId"), api.fixture("tenant_id"), "tenantId")
    api.expect_refusal(api.send(request, "colleague"))


@check(when=CREATE, level="observe")
def again(api: Api, call: Call) -> None:
    """A second request issues another authentication."""
    request = build(api, call.id)
    first, second = (api.expect_success(api.send(request)) for _ in range(2))
    api.observe(second=("the same" if get(first, "/id") == get(second, "/id") else "another") + " authentication")


@check(when=CREATE, level="observe")
def tenant(api: Api, call: Call) -> None:
    """Without tenantId an authentication is of the caller's own tenant."""
    body = api.expect_success(api.send(build(api, call.id)))
    own = get(body, "/tenantId") == api.fixture("tenant_id")
    api.observe(tenant="the caller's" if own else "another or none")
