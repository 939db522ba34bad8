"""What an operation can raise beside the errors of httpx."""

from __future__ import annotations


class ApiError(Exception):
    """A reply that the document does not describe; the body is in ``content`` and, as it may be private, only there."""

    def __init__(self, status_code: int, content: bytes, reason: str) -> None:
        self.status_code = status_code
        self.content = content
        self.reason = reason
        super().__init__(f"status {status_code}: {reason}")


class UnexpectedStatus(ApiError):
    """A status that the document does not list, or a refusal in another shape than it describes.

    Raised only by a client made with ``raise_on_unexpected_status=True``.
    """


class UnexpectedBody(ApiError):
    """A success whose body is not what the document describes, or under ``strict`` says more than that."""


__all__ = ["ApiError", "UnexpectedBody", "UnexpectedStatus"]
