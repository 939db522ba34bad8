"""Time that is given to a server: what it asks for by Retry-After (RFC 9110, section 10.2.3), and an outage."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from conformance.contract.http_date import http_date
from conformance.contract.message import Reply

LONGEST = 60.0
"""Seconds that are waited at once, or for one outage; who asks for more is not waited for."""

WAITS = 3
"""Waits in a row after which a server that still asks for one is no longer waited for."""

UNTOLD = 1.0
"""Seconds that are waited where a server does not tell how long."""

LIMITED = 429
"""Too many requests (RFC 6585)."""

WEATHER = frozenset({LIMITED, 502, 503, 504})
"""Statuses that say nothing of a request: too many, and what a gateway answers whose server is away (RFC 9110)."""

PAUSES: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between looks at a server that is away; together they outlast a deployment."""


class Patience:
    """Waits when a server asks for it, until it does so once too often.

    It does by 429 alone: what that refuses was not carried out, while 503 may come after something was.
    """

    def __init__(self) -> None:
        self._waits = 0

    def waits(self, reply: Reply) -> bool:
        """Whether the request is to be sent again, now that the time has passed for which ``reply`` asks."""
        if reply.status != LIMITED:
            self._waits = 0
            return False
        told = retry_after(reply)
        seconds = UNTOLD if told is None else told
        self._waits += 1
        if self._waits > WAITS or seconds > LONGEST:
            return False
        time.sleep(seconds)
        return True


class Outage:
    """Gives time to a server that is away: a minute where it was there before, else one second look."""

    def __init__(self) -> None:
        self._pauses: tuple[float, ...] = PAUSES[:1]
        self._began: float | None = None

    def is_over(self) -> None:
        """The server is there; the next outage gets its whole time."""
        self._pauses, self._began = PAUSES, None

    def is_borne(self) -> bool:
        """Whether to look again, now that a pause has passed; looks that take long take of the time too."""
        if self._began is None:
            self._began = time.monotonic()
        if not self._pauses or time.monotonic() - self._began > LONGEST:
            return False
        time.sleep(self._pauses[0])
        self._pauses = self._pauses[1:]
        return True


def retry_after(reply: Reply) -> float | None:
    """The seconds for which ``reply`` asks, by the server's own clock where it tells a date; ``None`` for no asking."""
    told = reply.headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told)
    then = http_date(told)
    if then is None:
        return None
    now = http_date(reply.headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (then - now).total_seconds())
