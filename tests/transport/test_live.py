"""Connections as servers keep and close them."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from conformance.contract.message import Wire
from conformance.transport.base import TransportError
from conformance.transport.live import Live

REPLY = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"


class Server:
    """A server that answers the first request of each connection and closes it when the second one has come."""

    def __init__(self, listening: socket.socket) -> None:
        self.listening = listening
        self.url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        self.answered: list[str] = []
        self.lost: list[str] = []

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=[connection], daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            for seen in (self.answered, self.lost):
                asked = connection.recv(65536)
                if not asked:
                    return
                seen.append(asked.split(b" ")[0].decode())
                if seen is self.answered:
                    connection.sendall(REPLY)


def _repeat_headers(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(65536)
        types = b"Content-Type: application/pdf\r\ncontent-type: application/pdf\r\n"
        varied = b"vary: accept\r\nVary: Origin\r\n"
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n" + types + varied + b"\r\n")


def _hang_up(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    connection.close()


@pytest.fixture
def server() -> Iterator[Server]:
    with _listening() as listening:
        found = Server(listening)
        threading.Thread(target=found.serve, daemon=True).start()
        yield found


@contextmanager
def _listening() -> Iterator[socket.socket]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    try:
        yield listening
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def test_what_is_idempotent_is_sent_again_when_a_connection_closes_under_it(server: Server) -> None:
    live = Live(timeout=5)
    replies = [live.send(Wire(method, server.url, {}, b"")) for method in ("POST", "GET", "POST", "PUT")]
    live.close()
    assert [reply.content for reply in replies] == [b"ok"] * 4
    assert server.answered == ["POST", "GET", "POST", "PUT"]
    assert server.lost == ["GET"]


def test_what_is_not_is_lost_once_and_no_connection_is_used_again(server: Server) -> None:
    live = Live(timeout=5)
    live.send(Wire("POST", server.url, {}, b""))
    with pytest.raises(TransportError, match="network"):
        live.send(Wire("POST", server.url, {}, b""))
    assert [live.send(Wire("POST", server.url, {}, b"")).content for _ in range(3)] == [b"ok"] * 3
    live.close()
    assert server.lost == ["POST"]


def test_a_reply_that_is_lost_on_a_new_connection_is_lost() -> None:
    with _listening() as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        threading.Thread(target=_hang_up, args=[listening], daemon=True).start()
        live = Live(timeout=5)
        with pytest.raises(TransportError, match="network"):
            live.send(Wire("GET", url, {}, b""))
        live.close()


def test_a_header_that_is_only_repeated_counts_once() -> None:
    with _listening() as listening:
        threading.Thread(target=_repeat_headers, args=[listening], daemon=True).start()
        live = Live(timeout=5)
        reply = live.send(Wire("GET", f"http://127.0.0.1:{listening.getsockname()[1]}/", {}, b""))
        live.close()
    assert reply.media_type == "application/pdf"
    assert reply.headers["vary"] == "accept, Origin"


@pytest.mark.parametrize("url", ["http://a..b/x", "http://xn--/", f"http://{'a' * 70}.example/"])
def test_a_host_that_is_none_is_no_reply(url: str) -> None:
    with pytest.raises(TransportError, match="url: "):
        Live().send(Wire("GET", url, {}, b""))


def test_a_proxy_that_is_none_is_told_without_its_password() -> None:
    with pytest.raises(TransportError, match=re.escape("'proxy:3128' is no proxy")) as caught:
        Live(proxy="ci:hush-hush@proxy:3128")
    assert "hush" not in str(caught.value)


def test_a_header_that_is_not_ascii_goes_out(server: Server) -> None:
    live = Live()
    try:
        assert live.send(Wire("GET", server.url, {"authorization": "Bearer tök\ufffdn"}, b"")).status == 200
    finally:
        live.close()
