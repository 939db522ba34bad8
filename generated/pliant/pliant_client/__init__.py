"""A client library for accessing Pliant workflow trigger."""

from pydantic import MISSING

from .client import AuthenticatedClient, Client
from .errors import ApiError, UnexpectedBody, UnexpectedStatus
from .types import File, Response

__all__ = (
    "MISSING",
    "ApiError",
    "AuthenticatedClient",
    "Client",
    "File",
    "Response",
    "UnexpectedBody",
    "UnexpectedStatus",
)
