"""Access tokens: who gets one, what it opens, and for how long."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from conformance.checks._shut import told_of
from conformance.contract.facets.token import Token
from conformance.contract.message import Reply, Request
from conformance.contract.pointer import ABSENT, get
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.engine.making import build, resolve, set_up, with_values
from conformance.engine.outcome import Blocked, Inconclusive, NotApplicable, Skip, expect, expect_equal
from conformance.engine.tokens import doors, issued, tried, used, wrongly
from conformance.transport.credentials import Fixed
from conformance.transport.misses import near, other

MARGIN = 2
"""Seconds before its end at which a token is tried, for what time passes meanwhile."""

LEEWAY = 300
"""Seconds after its end at which it is tried again, for what the clocks of several machines differ by."""


def secrets(_: Vendor, token: Token) -> Iterator[str]:
    """The parts of a token request that prove something."""
    yield from token.secrets


def optional(_: Vendor, token: Token) -> Iterator[str]:
    """The parts that a token request need not have."""
    yield from token.optional


@check()
def opens(api: Api, token: Token) -> None:
    """An issued token lets its holder in, and the secrets that it was asked for with let nobody in."""
    request = build(api, token.subject)
    with set_up("the token"):
        access = issued(api, token, api.send(request))
    api.expect_success(tried(api, token, access))
    for part in token.exact:
        secret = str(token.secrets[part].sent(request))
        if secret != access and secret.isascii() and secret.isprintable():
            api.expect_refusal(tried(api, token, secret))


@check(variants=secrets)
def wrong(api: Api, token: Token, part: str) -> None:
    """A token request with a wrong secret gets no token, and the right one does."""
    right = build(api, token.subject)
    with set_up("the token"):
        issued(api, token, api.send(right))
    place = token.secrets[part]
    _expect_none(api, token, api.send(wrongly(right, place)))


def exact(_: Vendor, token: Token) -> Iterator[str]:
    """The secrets that nothing stands for which is nearly the same."""
    yield from token.exact


@check(variants=exact)
def nearly_right(api: Api, token: Token, part: str) -> None:
    """A token request with a secret that is nearly right, empty or left out gets no token, and the right one does."""
    right, place = build(api, token.subject), token.secrets[part]
    written = api.vendor.semantics.operations[token.subject].request.get(place)
    secret = str(place.sent(right))
    misses = {"everything is missing": "", **near(secret)}
    if written is not None and isinstance(written.literal, str):
        misses["the letters have the other case"] = secret.swapcase()
    wrongs = {miss: place.put(right, text) for miss, text in misses.items()}
    for miss, wronged in {**wrongs, "nothing is sent": place.without(right)}.items():
        with set_up("the token"):
            issued(api, token, api.send(right))
        with told_of(miss):
            _expect_none(api, token, api.send(wronged))


def exact_of_others(vendor: Vendor, token: Token) -> Iterator[str]:
    """The secrets that nothing stands for which is nearly the same, where another user has some too."""
    if "other" in vendor.semantics.identities:
        yield from token.exact


@check(variants=exact_of_others, identities=("other",))
def of_another(api: Api, token: Token, part: str) -> None:
    """A token request with the secret of another user gets no token, of neither of the two, and the right ones do."""
    place = token.secrets[part]
    right, others = (build(who, token.subject) for who in (api, api.acting_as("other")))
    if place.sent(right) == place.sent(others):
        raise Skip("identity", f"the identities 'main' and 'other' have the same {part}")
    for own, foreign in ((right, others), (others, right)):
        with set_up("the token"):
            issued(api, token, api.send(own))
        _expect_none(api, token, api.send(place.put(own, place.sent(foreign))))


@check(when=lambda token: token.refresh is not None)
def refresh_opens_nothing(api: Api, token: Token) -> None:
    """A refresh token lets nobody in, and the access token beside it does."""
    assert token.refresh is not None
    with set_up("the token"):
        reply = api.send(build(api, token.subject))
        api.expect_success(tried(api, token, issued(api, token, reply)))
    told = token.refresh.told.seen(reply)
    if not isinstance(told, str) or not told:
        raise NotApplicable("no refresh token comes with the token")
    if told != token.access.seen(reply):
        for request in doors(api, token):
            api.expect_refusal(used(api, request, told))


def _expect_none(api: Api, token: Token, reply: Reply) -> None:
    api.expect_refusal(reply)
    expect(token.access.seen(reply) is ABSENT, "no token", f"something at {token.access}")


@check(when=lambda token: token.client is not None)
def wrong_client(api: Api, token: Token) -> None:
    """A token request of a client with a wrong name and the right secret gets no token, and the right one does."""
    assert token.client is not None
    right = build(api, token.subject)
    with set_up("the token"):
        issued(api, token, api.send(right))
    name, secret = (str(resolve(api, one, {})) for one in (token.client.name, token.client.secret))
    proof = Fixed.basic(other(name), secret).proof()
    _expect_none(api, token, api.send(right, anonymous=True, authorization=proof.headers["authorization"]))


@check(variants=optional)
def without(api: Api, token: Token, part: str) -> None:
    """A token request without an optional part gets a token that lets its holder in."""
    reply = api.send(token.optional[part].without(build(api, token.subject)))
    api.expect_success(tried(api, token, issued(api, token, reply)))


@check(when=lambda token: token.scope is not None)
def scope_told(api: Api, token: Token) -> None:
    """The scopes of a token are those that were asked for, in any order."""
    asked = _scopes(api, token)
    if not asked:
        raise Skip("identity", f"the environment gives identity {api.identity!r} no scope to ask for")
    _expect_scopes(api, token, asked)


@check(when=lambda token: token.scope is not None)
def fewer_scopes_told(api: Api, token: Token) -> None:
    """The scopes of a token for which fewer were asked are those, in any order."""
    asked = {one: frozenset(_scopes(api.acting_as(one), token)) for one in api.session.identities}
    fewer = {scopes: one for one, scopes in asked.items() if scopes and scopes < asked[api.identity]}
    if not fewer:
        raise Skip("identity", f"the environment gives no identity fewer scopes than {api.identity!r} has")
    for scopes, identity in fewer.items():
        _expect_scopes(api.acting_as(identity), token, scopes)


def _expect_scopes(api: Api, token: Token, asked: Collection[str]) -> None:
    assert token.scope is not None
    reply = api.send(build(api, token.subject))
    issued(api, token, reply)
    expect_equal(sorted(str(token.scope.told.seen(reply)).split()), sorted(asked), f"scopes of {api.identity}")


def _scopes(api: Api, token: Token) -> list[str]:
    """The scopes that an identity asks for."""
    assert token.scope is not None
    if not api.has_credential("scope"):
        return []
    asked = token.scope.asked.sent(build(api, token.subject))
    return [] if asked is ABSENT else str(asked).split()


@check(when=lambda token: token.lifetime is not None, controls=("advance_clock",), phase="quiet")
def lives(api: Api, token: Token) -> None:
    """A token lets its holder in until its time is over."""
    access, lifetime = _lasting(api, token)
    if token.also and lifetime > 2 * LEEWAY:
        # What else it opens may take a while to make, so that is tried with half of the time left.
        api.control("advance_clock", seconds=lifetime // 2)
        for request in doors(api, token):
            api.expect_success(used(api, request, access))
        access, lifetime = _lasting(api, token)
    if lifetime <= MARGIN:
        raise Inconclusive(f"the token has only {lifetime} s left")
    api.control("advance_clock", seconds=lifetime - MARGIN)
    api.expect_success(tried(api, token, access))


@check(when=lambda token: token.lifetime is not None, controls=("advance_clock",), phase="quiet")
def dies(api: Api, token: Token) -> None:
    """A token is refused once its time is over."""
    access, lifetime = _lasting(api, token)
    api.control("advance_clock", seconds=lifetime + LEEWAY)
    for request in doors(api, token):
        reply = used(api, request, access)
        api.observe(after_its_time=f"status {reply.status}")
        api.expect_refusal(reply)


@check(when=lambda token: token.refresh is not None, level="observe")
def refreshed(api: Api, token: Token) -> None:
    """A refresh token is exchanged for an access token that lets its holder in."""
    request = _exchange(api, token)
    reply = api.send(request)
    api.observe(refresh=f"status {reply.status}")
    api.expect_success(tried(api, token, issued(api, token, reply)))


@check(when=lambda token: token.refresh is not None and token.client is not None)
def refresh_needs_client(api: Api, token: Token) -> None:
    """A refresh token gets no token where the client does not prove itself, and does where it does."""
    request = _exchange(api, token)
    replies = [api.send(request, anonymous=True), api.send(request, proof=api.wrong_proofs(request, api.identity)[""])]
    for reply in replies:
        _expect_none(api, token, reply)
    if not api.succeeded(api.send(request)):
        raise Inconclusive("the refresh token is not exchanged for the client that got it either")


def _exchange(api: Api, token: Token) -> Request:
    """The exchange of a refresh token just got."""
    assert token.refresh is not None
    request = build(api, token.subject)
    with set_up("the token"):
        first = api.send(request)
        issued(api, token, first)
    again = token.refresh.place.put(
        Request(request.operation, media_type=request.media_type), token.refresh.told.seen(first)
    )
    return with_values(api, again, token.refresh.request, {})


@check(when=lambda token: token.rotation is not None, phase="quiet")
def rotated(api: Api, token: Token) -> None:
    """When the secret changes, the new one gets a token and the old one does not."""
    assert token.rotation is not None
    place, right = token.secrets[token.rotation.part], build(api, token.subject)
    with set_up("the token"):
        issued(api, token, api.send(right))
    old, new = str(place.sent(right)), api.fresh_text()
    try:
        api.control(token.rotation.control, **{token.rotation.argument: new})
        after, before = api.send(place.put(right, new)), api.send(right)
    finally:
        api.control(token.rotation.control, **{token.rotation.argument: old})
    issued(api, token, after)
    api.expect_refusal(before)


@check(level="observe")
def codes(api: Api, token: Token) -> None:
    """What refused token requests are answered with."""
    right = build(api, token.subject)
    wrongs = {f"wrong_{name}": place for name, place in token.secrets.items()}
    wrongs |= {f"unknown_{name}": place for name, place in token.known.items()}
    replies = {name: api.send(wrongly(right, place)) for name, place in wrongs.items()}
    if not api.vendor.document.operations[token.subject].is_open:
        replies["without_client"] = api.send(right, anonymous=True)
    api.observe(**{name: _short(token, reply) for name, reply in replies.items()})


def _lasting(api: Api, token: Token) -> tuple[str, int]:
    """A token that opens now, and the seconds that it is to live."""
    assert token.lifetime is not None
    with set_up("the token"):
        reply = api.send(build(api, token.subject))
        access = issued(api, token, reply)
        api.expect_success(tried(api, token, access))
    seconds = token.lifetime.seen(reply)
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise Blocked(f"the token says that it lives {seconds!r} s")
    return access, seconds


def _short(token: Token, reply: Reply) -> str:
    code = get(reply.json, token.error)
    return f"status {reply.status}" + (f", {code}" if isinstance(code, str) else "")
