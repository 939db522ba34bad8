"""A program that prints a token: what it fails to print is no token, however often it is asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from conformance.transport import program
from conformance.transport.base import TransportError
from conformance.transport.controls import call_control
from conformance.transport.credentials import Command, NoToken, Proof


@pytest.mark.parametrize(
    "command", ["exit 3", "echo", "echo token; exit 3", "printf 'one\\ntwo'", "echo tökén", "printf 'to\\377en'"]
)
def test_what_a_failing_program_prints_is_never_a_proof(command: str) -> None:
    credentials = Command(command)
    for _ in range(3):
        with pytest.raises(NoToken, match="the auth command"):
            credentials.proof()
        assert credentials.secrets() == ()


def test_a_program_that_fails_once_is_asked_again(tmp_path: Path) -> None:
    place = tmp_path / "token"
    credentials = Command(f"cat {place}")
    with pytest.raises(NoToken):
        credentials.proof()
    place.write_text("token-1\n")
    assert credentials.proof() == Proof.bearer("token-1")
    place.write_text("token-2\n")
    assert credentials.proof() == Proof.bearer("token-1")
    assert credentials.renew()
    assert credentials.proof() == Proof.bearer("token-2")
    assert credentials.secrets() == ("token-2", "token-1")


def test_a_program_is_asked_once_by_many_threads(tmp_path: Path) -> None:
    credentials = Command(f"echo asked >> {tmp_path}/log; sleep 0.1; echo token")
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: str(credentials.proof()), range(4))) == {str(Proof.bearer("token"))}
    assert (tmp_path / "log").read_text() == "asked\n"


@pytest.mark.parametrize("ending", ["exit 3", "true", "printf 'one\\ntwo'"])
def test_what_a_program_was_called_with_is_told_nowhere(ending: str) -> None:
    with pytest.raises(NoToken) as caught:
        Command(f"login() {{ {ending}; }}; login --pass hush-hush").proof()
    assert "hush" not in str(caught.value)


def test_a_program_that_hangs_is_ended_and_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(program, "SECONDS", 0.2)
    with pytest.raises(NoToken, match=r"the auth command was ended after 0\.2 seconds"):
        Command(f"sleep 20 | cat; echo late > {tmp_path}/late").proof()
    with pytest.raises(TransportError, match=r"control: it was ended after 0\.2 seconds"):
        call_control(f"sleep 20 | cat; echo late > {tmp_path}/late", {})
    assert not (tmp_path / "late").exists()
