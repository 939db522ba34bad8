"""What operations take and give beside the models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True)
class File:
    """Bytes to send, or bytes received with the media type and name that the server gave them."""

    payload: BinaryIO | bytes
    file_name: str | None = None
    mime_type: str | None = None

    def read(self) -> bytes:
        """All of the payload; a stream is read from where it stands."""
        return self.payload if isinstance(self.payload, bytes) else self.payload.read()


@dataclass(frozen=True)
class Response(Generic[T_co]):
    """A whole reply; ``parsed`` is None when it has no body, or none that the document describes."""

    status_code: int
    content: bytes
    headers: Mapping[str, str]
    parsed: T_co
