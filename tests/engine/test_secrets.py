"""Nothing secret gets into what a run writes: what the table names, and what its identities obtain on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from conformance.contract.message import Reply, Wire
from conformance.contract.vendor import Vendor, find
from conformance.engine.environment import Target
from conformance.engine.plan import mode_of, plan
from conformance.engine.scenario import scenarios
from conformance.engine.suite import Options, execute
from conformance.errors import RecordingError
from conformance.mocks.kit.model import Settings
from conformance.recording.record import record
from conformance.report.files import ReportFolder
from conformance.results import CaseLine, HeaderLine, gather
from conformance.selftest.target import in_process
from conformance.testing.targets import Place
from conformance.transport.base import Transport, TransportError

CASE = "optimajet/createInstance/contract/valid-request"
HEADER = "hunter2-hunter2"
PASSWORD = "s3cretpw"


@dataclass
class Echoing:
    """A transport whose server fails at every create, and tells with it all that the request came with."""

    inner: Transport
    tokens: set[str] = field(default_factory=set)

    def send(self, wire: Wire) -> Reply:
        reply = self.inner.send(wire)
        scheme, _, token = wire.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or "createinstance" not in wire.url:
            return reply
        self.tokens.add(token)
        said = f"{wire.headers['x-subscription']} {PASSWORD} {token}"
        return replace(reply, status=500, content=f'{{"success":false,"error":"x","message":"{said}"}}'.encode())

    def send_together(self, wires: Sequence[Wire]) -> list[Reply | TransportError]:
        return [self.send(wire) for wire in wires]

    def close(self) -> None:
        self.inner.close()


@pytest.fixture(scope="module")
def optimajet() -> Vendor:
    return Vendor.load(find("optimajet"))


@pytest.fixture
def echoing(optimajet: Vendor) -> Callable[..., tuple[Target, Echoing]]:
    """A target that asks for OAuth2 tokens, with secrets in a header and in a URL, and its server."""

    def make() -> tuple[Target, Echoing]:
        subject = in_process(optimajet, Settings(mode="openid", seed=9), ())
        assert subject.transport is not None
        told = {"headers": {"x-subscription": HEADER}, "proxy": f"http://bob:{PASSWORD}@proxy.invalid"}
        return subject.target.model_copy(update=told), Echoing(subject.transport)

    return make


def test_what_identities_obtain_and_tables_name_gets_into_no_report(
    tmp_path: Path, optimajet: Vendor, echoing: Callable[..., tuple[Target, Echoing]]
) -> None:
    target, server = echoing()
    cases = plan(optimajet, CASE, mode_of(optimajet, "openid"))
    subject = replace(in_process(optimajet, Settings(mode="openid"), cases), target=target, transport=server)
    with ReportFolder(tmp_path) as folder:
        lines = list(execute([subject], Options(9)))
        for line in lines:
            folder.write(line)
        folder.render(gather(lines))
    (case,) = [line for line in lines if isinstance(line, CaseLine)]
    assert case.verdict == "FAIL"
    assert case.actual.endswith("[redacted] [redacted] [redacted]")
    assert server.tokens
    written = "".join(path.read_text() for path in tmp_path.iterdir())
    assert len(list(tmp_path.iterdir())) == 4
    assert [secret for secret in (HEADER, PASSWORD, *server.tokens) if secret in written] == []


def test_a_test_of_pytest_shows_none_either(
    optimajet: Vendor, echoing: Callable[..., tuple[Target, Echoing]], monkeypatch: pytest.MonkeyPatch
) -> None:
    target, server = echoing()
    monkeypatch.setattr("conformance.engine.opening.Live", lambda **_: server)
    (case,) = plan(optimajet, CASE, mode_of(optimajet, "openid"))
    place = Place("here", optimajet, (case,), 9, target)
    shown = place.run(case).model_dump_json()
    place.close()
    assert server.tokens
    assert [secret for secret in (HEADER, PASSWORD, *server.tokens) if secret in shown] == []


def test_a_scenario_that_does_not_hold_is_told_without_them(
    optimajet: Vendor, echoing: Callable[..., tuple[Target, Echoing]]
) -> None:
    target, server = echoing()
    told = next(one for one in scenarios("optimajet", "openid") if one.name == "use-the-identity-server")
    with pytest.raises(RecordingError, match=r"\[redacted\]") as caught:
        record(optimajet, target, told, 9, transport=server)
    assert server.tokens
    assert [secret for secret in (HEADER, PASSWORD, *server.tokens) if secret in str(caught.value)] == []


def test_the_header_line_names_no_user(optimajet: Vendor) -> None:
    subject = in_process(optimajet, Settings(), ())
    target = subject.target.model_copy(update={"url": "http://bob:s3cretpw@localhost:1/base"})
    header = next(execute([replace(subject, target=target)], Options(9)))
    assert isinstance(header, HeaderLine)
    assert header.targets[0].url == "http://redacted@localhost:1/base"
