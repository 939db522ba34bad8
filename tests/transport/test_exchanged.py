"""What goes out, and what one reply leaves behind for the next request."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from conformance.contract.message import Wire
from conformance.transport.base import TransportError
from conformance.transport.live import Live


class Remembering(BaseHTTPRequestHandler):
    """Sets a cookie with each reply, and tells what it was sent; packs the reply when it may."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """Answer with a cookie."""
        self.server.seen.append({name.lower(): value for name, value in self.headers.items()})
        body = gzip.compress(b"packed")
        self.send_response(200)
        self.send_header("Set-Cookie", "session=1; Path=/")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that keeps the headers of each request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Remembering)
        self.seen: list[dict[str, str]] = []
        self.url = f"http://127.0.0.1:{self.server_port}/"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving
        serving.shutdown()


@pytest.fixture
def live() -> Iterator[Live]:
    transport = Live(timeout=5)
    yield transport
    transport.close()


def test_no_cookie_goes_from_one_reply_to_the_next_request(server: Server, live: Live) -> None:
    for _ in range(2):
        live.send(Wire("GET", server.url, {}, b""))
    assert [headers.get("cookie") for headers in server.seen] == [None, None]


def test_a_cookie_of_the_request_itself_is_sent(server: Server, live: Live) -> None:
    live.send(Wire("GET", server.url, {"cookie": "own=1"}, b""))
    assert server.seen[0]["cookie"] == "own=1"


def test_a_packed_body_is_unpacked(server: Server, live: Live) -> None:
    assert live.send(Wire("GET", server.url, {}, b"")).content == b"packed"
    assert server.seen[0]["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("url", "kind"),
    [("http://127.0.0.1:1/", "network"), ("ftp://127.0.0.1/", "network"), ("http://host:port/", "url")],
)
def test_what_cannot_be_reached_is_told_by_kind(url: str, kind: str, live: Live) -> None:
    with pytest.raises(TransportError) as caught:
        live.send(Wire("GET", url, {}, b""))
    assert caught.value.kind == kind
