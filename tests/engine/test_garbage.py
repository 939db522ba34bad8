"""Servers that answer garbage: verdicts, within the time-out and with bounded memory, never a traceback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from conformance.contract.message import Wire
from conformance.contract.vendor import Vendor
from conformance.engine.environment import Target
from conformance.engine.plan import Case
from conformance.engine.suite import Options, Subject, execute
from conformance.results import CaseLine
from conformance.transport import live
from conformance.transport.base import TransportError
from conformance.transport.live import Live

Answer = Callable[[socket.socket], None]
GOOD = b'{"metadata":{"size":25,"page":0,"totalElements":0,"totalPages":0},"content":[]}'


def reply(body: bytes, *, status: str = "200 OK", headers: bytes = b"content-type: application/json\r\n") -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-length: {len(body)}\r\n".encode() + headers + b"\r\n" + body


def sending(content: bytes) -> Answer:
    return lambda connection: connection.sendall(content)


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 104857600\r\n\r\n")
    with suppress(OSError):
        for _ in range(100):
            connection.sendall(b" " * 1024 * 1024)


GARBAGE: dict[str, Answer] = {
    "truncated JSON": sending(reply(GOOD[:40])),
    "a body shorter than announced": sending(reply(GOOD)[:-20]),
    "a wrong charset": sending(reply('{"metadata": "\u00e9"}'.encode("latin-1"))),
    "HTML with status 200": sending(reply(b"<html>Welcome</html>", headers=b"content-type: text/html\r\n")),
    "a list where an object is due": sending(reply(b"[1, 2]")),
    "deep nesting": sending(reply(b"[" * 200_000)),
    "a hundred megabytes": endless,
    "nothing at all": lambda _: None,
    "no HTTP": sending(b"SSH-2.0-OpenSSH_9\r\n\r\n"),
    "a redirect to itself": sending(reply(b"", status="302 Found", headers=b"location: /processes\r\n")),
    "headers that are no UTF-8": sending(
        reply(GOOD, headers=b"content-type: application/json\r\nx-name: \xff\xfe\r\n")
    ),
    "status 999": sending(reply(GOOD, status="999 What")),
    "no reply in time": lambda connection: time.sleep(3),
}


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server that answers the first request well, and every other with garbage."""
    asked = iter(range(1_000_000))
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    threading.Thread(target=one, args=(connection,), daemon=True).start()

        def one(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.recv(65536)
                if next(asked) == 0:
                    connection.sendall(reply(GOOD, headers=b"content-type: application/json\r\nconnection: close\r\n"))
                else:
                    answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("name", GARBAGE)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_garbage_gets_a_verdict(name: str, kuflow: Vendor, cases: dict[str, Case]) -> None:
    case = cases["kuflow/findProcesses/contract/valid-request"]
    with serving(GARBAGE[name]) as url:
        target = Target(name="garbage", vendor="kuflow", url=url, profile="full")
        started = time.monotonic()
        subject = Subject(kuflow, target, (case,), Live(timeout=1))
        lines = [line for line in execute([subject], Options(1)) if isinstance(line, CaseLine)]
    assert time.monotonic() - started < 20
    (line,) = lines
    harmless = name in {"headers that are no UTF-8"}
    assert line.verdict in ({"PASS"} if harmless else {"FAIL", "BLOCKED"}), line
    assert harmless or line.reason


def test_a_body_over_the_limit_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BODY_LIMIT", 1024 * 1024)
    with serving(endless) as url:
        transport = Live(timeout=5)
        transport.send(Wire("GET", url, {}, b""))
        with pytest.raises(TransportError, match="exceeds 1 MiB"):
            transport.send(Wire("GET", url, {}, b""))
        transport.close()


def test_a_redirect_is_not_followed() -> None:
    with serving(GARBAGE["a redirect to itself"]) as url:
        transport = Live(timeout=1)
        transport.send(Wire("GET", url, {}, b""))
        assert transport.send(Wire("GET", f"{url}/processes", {"authorization": "x"}, b"")).status == 302
        transport.close()
