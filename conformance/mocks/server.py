"""A mock on real sockets: the API on one port, its controls on another, in one process."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import uvicorn

from conformance.errors import MockError
from conformance.mocks import catalogue
from conformance.mocks.kit.environment import filled
from conformance.mocks.kit.model import AsgiApp, Settings

BACKLOG = 4096
FILES = 8192
KEEP_ALIVE_SECONDS = 600


@dataclass(frozen=True)
class Origins:
    """Where a mock listens, and the environment table that leads there."""

    url: str
    controls: str
    environment: Mapping[str, Any]


class _Quiet(uvicorn.Server):
    """A server that leaves signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(
    vendor: str,
    settings: Settings,
    host: str,
    port: int,
    controls_port: int,
    ready: Callable[[Origins], None],
) -> None:
    """Serve until interrupted; port 0 lets the system choose; ``ready`` is called once both ports listen.

    Raises UsageError for settings that the mock does not know, MockError when a port cannot be had.
    """
    mock = catalogue.find(vendor).build(settings)
    _allow_files()
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(_listening(host, wanted)) for wanted in (port, controls_port)]
        url, controls = (f"http://{host}:{sock.getsockname()[1]}" for sock in sockets)
        origins = Origins(url, controls, filled(mock.environment, url, controls))
        both = ((mock.app, sockets[0]), (mock.controls, sockets[1]))
        with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(both, lambda: ready(origins)))


async def _serve(both: tuple[tuple[AsgiApp, socket.socket], ...], ready: Callable[[], None]) -> None:
    servers = [(_Quiet(_config(app)), sock) for app, sock in both]

    def stop() -> None:
        for server, _ in servers:
            server.should_exit = True

    with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stop)
    running = [asyncio.create_task(server.serve(sockets=[sock])) for server, sock in servers]
    while not all(server.started for server, _ in servers) and not any(task.done() for task in running):
        await asyncio.sleep(0.001)
    ready()
    await asyncio.gather(*running)


def _config(app: AsgiApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",
        access_log=False,
        log_config=None,
        log_level="critical",
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=1,
        server_header=False,
    )


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


def _listening(host: str, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise MockError(f"cannot listen on {host}:{port}: {error.strerror}", "choose another with --port") from None
    sock.listen(BACKLOG)
    return sock


def _allow_files() -> None:
    """Let a thousand connections in where the soft limit on open files would not."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
