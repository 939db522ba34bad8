"""Wrong credentials keep the shape of the right ones, say nothing about them or are nearly right, and are hidden."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import replace

import pytest
from bent import judged, subject

from conformance.transport.credentials import Fixed, Proof
from conformance.transport.misses import near, other
from conformance.transport.redaction import Redactor

MIXED = "fGh3-kLm9_qRsT"


def _pair(header: str) -> str:
    return base64.b64decode(header.removeprefix("Basic ")).decode()


def _spoiled(proof: Proof) -> Mapping[str, str]:
    return proof.spoiled()[""].headers


def test_a_spoiled_basic_pair_keeps_its_name_and_loses_its_password() -> None:
    spoiled = _spoiled(Fixed.basic("client", "s3cret-Pass").proof())["authorization"]
    assert _pair(spoiled) == "client:000000-0000"


@pytest.mark.parametrize("token", ["abc.def-123", "0000", "000-000", "--", ""])
def test_a_spoiled_token_is_another_one(token: str) -> None:
    spoiled = _spoiled(Fixed.bearer(token).proof())["authorization"]
    assert spoiled.startswith("Bearer")
    assert spoiled != f"Bearer {token}"


def test_a_spoiled_token_has_the_shape_of_the_right_one() -> None:
    spoiled = _spoiled(Fixed.bearer("7c1f-ab_9.Z").proof())["authorization"]
    assert spoiled == "Bearer 0000-00_0.0"


def test_a_spoiled_key_has_no_scheme() -> None:
    assert _spoiled(Fixed.key("k1-2", header="x-api-key").proof()) == {"x-api-key": "00-0"}


def test_a_basic_header_that_is_no_pair_is_spoiled_as_a_whole() -> None:
    spoiled = Proof({"authorization": "Basic !not-base64!"}).spoiled()
    assert [proof.headers for proof in spoiled.values()] == [{"authorization": "Basic !000-000000!"}]


def test_near_misses_are_another_character_the_beginning_more_and_another_case() -> None:
    assert list(near(MIXED).values()) == ["fGh3-kLm9_qAsT", "fGh3-kLm9_q", f"{MIXED}0000", "fGh3-kLm9_qRst"]


@pytest.mark.parametrize("secret", ["c2VjcmV0IG9mIGEgc2VydmVyIQ==", "k7" * 36])
def test_nothing_follows_where_a_server_may_have_stopped_reading(secret: str) -> None:
    assert "the end goes on" not in near(secret)
    assert "the end goes on" in near(secret.rstrip("=") * 2)


@pytest.mark.parametrize(
    "secret", ["0c4aa6ec-9e63-4f5b-a3f7-5f6c2d1b9a10", "C0FFEE00C0ffee00", "correcthorse", "12345678"]
)
def test_the_case_of_a_secret_without_both_is_left_alone(secret: str) -> None:
    missed = near(secret)
    assert "one letter has the other case" not in missed
    assert secret.lower() not in {one.lower() for one in missed.values()}


def test_a_near_miss_of_a_uuid_is_a_uuid() -> None:
    assert near("0c4aa6ec-9e63-4f5b-a3f7-5f6c2d1b9a10")["one character is another"].endswith("1b9b10")


def test_a_short_secret_has_no_near_miss() -> None:
    assert near("hunter2") == {}
    assert len(Fixed.basic("a-long-client-name", "hunter2").proof().spoiled()) == 1


def test_a_near_miss_of_what_ends_in_bits_that_nobody_reads_stands_for_other_bytes() -> None:
    for size in range(30, 36):
        right = bytes(range(100, 100 + size))
        secret = base64.b64encode(right).decode()
        for missed in near(secret).values():
            bare = missed.rstrip("=")
            read = bare[:-1] if len(bare) % 4 == 1 else bare
            assert base64.b64decode(read + "=" * (-len(read) % 4)) != right, (secret, missed)


def test_a_pair_that_is_nearly_right_keeps_its_name() -> None:
    pairs = [_pair(proof.headers["authorization"]) for proof in Fixed.basic("client", MIXED).proof().spoiled().values()]
    assert pairs == [f"client:{secret}" for secret in (other(MIXED), *near(MIXED).values(), "")]


def test_what_is_nearly_a_secret_is_hidden_as_the_secret_is() -> None:
    credentials = Fixed.basic("client", MIXED)
    redactor = Redactor.of(("client", *credentials.secrets()))
    later = Redactor().knowing([MIXED])
    for missed in near(MIXED).values():
        assert redactor.text(f"said {missed} to") == later.text(f"said {missed} to") == "said [redacted] to"
    for proof in list(credentials.proof().spoiled().values())[1:-1]:
        assert redactor.text(f"sent {proof.headers['authorization']}.") == "sent [redacted]."


def test_a_revoked_key_is_tried_on_writes_unless_the_run_only_reads() -> None:
    full, again = (subject("smartflows", "api/auth/revoked", deviations=["revoked-key-cancels"]) for _ in range(2))
    assert judged(full).verdict == "FAIL"
    reading = replace(again, target=again.target.model_copy(update={"profile": "read-only"}))
    assert judged(reading).verdict == "PASS"
