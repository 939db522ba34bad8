"""Who is trusted: the system's authorities, or those of the environment file and nobody else."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from conformance.contract.message import Wire
from conformance.errors import DocumentError
from conformance.transport.base import TransportError
from conformance.transport.download import download
from conformance.transport.live import Live


class Answering(BaseHTTPRequestHandler):
    """Answers each request with nothing."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(204)
        self.end_headers()

    def log_message(self, *told: object) -> None:
        """Say nothing."""


@contextmanager
def serving(authority: trustme.CA, name: str = "localhost", *, clients: trustme.CA | None = None) -> Iterator[str]:
    """A server with a certificate for ``name``; with ``clients`` it asks for one of theirs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    if clients:
        context.verify_mode = ssl.CERT_REQUIRED
        clients.configure_trust(context)
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://localhost:{server.server_port}/"
        server.shutdown()


def status(url: str, **settings: str) -> int:
    live = Live(timeout=5, **settings)  # type: ignore[arg-type]
    try:
        return live.send(Wire("GET", url, {}, b"")).status
    finally:
        live.close()


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def known(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)


def test_an_authority_of_the_environment_file_is_trusted(authority: trustme.CA, known: str) -> None:
    with serving(authority) as url:
        assert status(url, ca=known) == 204


def test_an_authority_of_the_system_is_trusted(
    authority: trustme.CA, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", known)
    with serving(authority) as url:
        assert status(url) == 204


def test_an_authority_that_nobody_named_is_not(authority: trustme.CA) -> None:
    with serving(authority) as url, pytest.raises(TransportError, match="CERTIFICATE_VERIFY_FAILED"):
        status(url)


def test_beside_an_authority_of_the_environment_file_no_other_is(
    authority: trustme.CA, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = trustme.CA()
    monkeypatch.setenv("SSL_CERT_FILE", known)
    with (
        other.cert_pem.tempfile() as path,
        serving(authority) as url,
        pytest.raises(TransportError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        status(url, ca=path)


def test_a_certificate_for_another_name_is_refused(authority: trustme.CA, known: str) -> None:
    with serving(authority, "far.example") as url, pytest.raises(TransportError, match="Hostname mismatch"):
        status(url, ca=known)


def test_a_client_proves_itself_by_its_certificate(authority: trustme.CA, known: str) -> None:
    own = trustme.CA()
    proof = own.issue_cert("client@far.example").private_key_and_cert_chain_pem
    with proof.tempfile() as pair, serving(authority, clients=own) as url:
        assert status(url, ca=known, client_cert=pair) == 204
        with pytest.raises(TransportError):
            status(url, ca=known)


def test_a_published_document_is_fetched_by_the_systems_authorities(
    authority: trustme.CA, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(authority) as url:
        with pytest.raises(DocumentError, match="CERTIFICATE_VERIFY_FAILED"):
            download(url)
        monkeypatch.setenv("SSL_CERT_FILE", known)
        assert download(url) == b""
