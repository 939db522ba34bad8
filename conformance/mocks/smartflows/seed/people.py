"""The users of the project and their secrets."""

from __future__ import annotations

from conformance.mocks.kit.ids import Ids
from conformance.mocks.smartflows.records import Token, User

MAIN, COLLEAGUE, SPARE = "main", "colleague", "spare"
NAMES = {MAIN: ("Ada", "Maes"), COLLEAGUE: ("Bram", "Peeters"), SPARE: ("Chris", "Claes")}


def secret(ids: Ids, kind: str, label: str) -> str:
    """A key, token or password of a user."""
    return ids.named("secret", kind, label).replace("-", "")


def users(ids: Ids) -> tuple[User, ...]:
    """The Super User whose key the environment gives, a colleague, and one whose key nobody misses."""
    return tuple(_user(ids, label) for label in NAMES)


def _user(ids: Ids, label: str) -> User:
    first, last = NAMES[label]
    name = f"{first}.{last}".lower()
    password = secret(ids, "password", label)
    return User(ids.named("user", label), name, first, last, f"{name}@example.com", password)


def keys(ids: Ids, known: tuple[User, ...]) -> dict[str, User]:
    """The API key of each user."""
    return {secret(ids, "key", label): user for label, user in zip(NAMES, known, strict=True)}


def tokens(ids: Ids, known: tuple[User, ...]) -> dict[str, Token]:
    """A token of the main user that does not expire."""
    return {secret(ids, "token", MAIN): Token(known[0])}
