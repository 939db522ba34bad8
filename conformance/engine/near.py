"""Ids and texts that name nothing, and begin as some do that are known."""

from __future__ import annotations

import re

from conformance.engine.api import Api

UNTIL = 24
"""Letters of a UUID that stay: all but those of its last group."""

_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_WORD = re.compile(r"[\w-]+")


def near_uuid(api: Api, known: object) -> str:
    """A UUID never used before, whose last group alone is not that of ``known``, where that is one."""
    begins = str(known)[:UNTIL] if _UUID.fullmatch(str(known)) else ""
    return _claimed(api, begins + api.fresh_uuid()[len(begins) :])


def near_text(api: Api, known: object) -> str:
    """A text never used before that begins with ``known``, where that is a word."""
    return _claimed(api, f"{known}-{api.fresh_text()}" if _WORD.fullmatch(str(known)) else api.fresh_text())


def _claimed(api: Api, value: str) -> str:
    api.session.ledger.claim(value)
    return value
