"""A client library for accessing Flow pipelines and the jobs that they belong to."""

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
