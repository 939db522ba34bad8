"""Where the API is, who asks, and how replies are judged."""

from __future__ import annotations

import ssl
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Any, Self

import httpx

Credentials = httpx.Auth | tuple[str, str]


@dataclass
class Client:
    """A connection to the API, opened on first use; as a context manager, sync or async, it also closes it.

    ``auth`` is a user name and password for Basic, or any ``httpx.Auth``. ``strict`` refuses replies with
    fields that the document does not name. ``raise_on_unexpected_status`` raises where an operation else
    returns None: for a status, or the shape of a refusal, that the document does not describe. ``httpx_args``
    go to ``httpx.Client`` and ``httpx.AsyncClient`` as they are.
    """

    base_url: str
    _: KW_ONLY
    auth: Credentials | None = field(default=None, repr=False)
    strict: bool = False
    raise_on_unexpected_status: bool = False
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    cookies: dict[str, str] = field(default_factory=dict, repr=False)
    timeout: httpx.Timeout | float | None = 30.0
    verify_ssl: ssl.SSLContext | bool = True
    follow_redirects: bool = False
    httpx_args: dict[str, Any] = field(default_factory=dict, repr=False)
    _sync: httpx.Client | None = field(default=None, init=False, repr=False, compare=False)
    _async: httpx.AsyncClient | None = field(default=None, init=False, repr=False, compare=False)

    def with_headers(self, headers: dict[str, str]) -> Self:
        """A new client, with a connection of its own, that also sends these headers."""
        return replace(self, headers={**self.headers, **headers})

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """A new client, with a connection of its own, that also sends these cookies."""
        return replace(self, cookies={**self.cookies, **cookies})

    def with_timeout(self, timeout: httpx.Timeout | float | None) -> Self:
        """A new client, with a connection of its own, that waits this long."""
        return replace(self, timeout=timeout)

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Send synchronous calls through this client; its own settings apply, not those given here."""
        self._sync = client
        return self

    def set_async_httpx_client(self, client: httpx.AsyncClient) -> Self:
        """Send asynchronous calls through this client; its own settings apply, not those given here."""
        self._async = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """The connection of the synchronous calls."""
        if self._sync is None:
            self._sync = httpx.Client(**self._settings())
        return self._sync

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """The connection of the asynchronous calls."""
        if self._async is None:
            self._async = httpx.AsyncClient(**self._settings())
        return self._async

    def _settings(self) -> dict[str, Any]:
        return {
            "base_url": self.base_url,
            "auth": self.auth,
            "headers": self._all_headers(),
            "cookies": self.cookies,
            "timeout": self.timeout,
            "verify": self.verify_ssl,
            "follow_redirects": self.follow_redirects,
            **self.httpx_args,
        }

    def _all_headers(self) -> dict[str, str]:
        return self.headers

    def __enter__(self) -> Self:
        self.get_httpx_client().__enter__()
        return self

    def __exit__(self, *exc_info: Any) -> None:
        self.get_httpx_client().__exit__(*exc_info)
        self._sync = None

    async def __aenter__(self) -> Self:
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(self, *exc_info: Any) -> None:
        await self.get_async_httpx_client().__aexit__(*exc_info)
        self._async = None


@dataclass
class AuthenticatedClient(Client):
    """A client that sends a token with each request, as ``Authorization: Bearer`` unless told otherwise."""

    _: KW_ONLY
    token: str = field(repr=False)
    prefix: str = "Bearer"
    auth_header_name: str = "Authorization"

    def _all_headers(self) -> dict[str, str]:
        credential = f"{self.prefix} {self.token}" if self.prefix else self.token
        return {**self.headers, self.auth_header_name: credential}
