"""A stretch of work during which this process connects to nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn
from unittest.mock import patch


class Connected(RuntimeError):
    """Something asked for a connection where none may be made."""


@contextmanager
def offline() -> Iterator[None]:
    """Refuse every connection that is asked for inside."""

    def refuse(_: socket.socket, address: Any, *__: Any) -> NoReturn:
        raise Connected(f"a connection to {address} while replaying")

    with patch.object(socket.socket, "connect", refuse), patch.object(socket.socket, "connect_ex", refuse):
        yield
