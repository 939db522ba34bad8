"""Principals, the users among them, and the credentials of those who call."""

from __future__ import annotations

import random
from functools import lru_cache

from conformance.mocks.kit.ids import Ids
from conformance.mocks.kuflow.records import Identity, JsonData, Principal, TenantUser
from conformance.mocks.kuflow.seed.ground import Ground, seed_chance, seed_ids
from conformance.mocks.kuflow.store import Store

VISIBLE, HIDDEN, TENANT_USERS, HIDDEN_TENANT_USERS = 1000, 80, 300, 30
FIRST = ("Ada", "Bruno", "Clara", "Diego", "Elena", "Farid", "Greta", "Hugo", "Irene", "Jonas", "Karin", "Luis")
LAST = ("Abad", "Berg", "Costa", "Duarte", "Evans", "Ferrer", "Gil", "Haas", "Ibarra", "Jansen", "Klein", "Lopez")
KINDS = ("USER",) * 78 + ("APPLICATION",) * 17 + ("SYSTEM",) * 5
A, B, C = "a", "b", "c"
"""The tenants: the main identity sees A and B, the other one sees C."""
HOMES: tuple[tuple[str, ...], ...] = ((A,), (A,), (A,), (B,), (B,), (A, B))
MAIN, OTHER, COLLEAGUE = "main", "other", "colleague"


def tenant(ids: Ids, letter: str) -> str:
    """The id of a tenant."""
    return ids.named("tenant", letter)


def group(ids: Ids, letter: str, number: int) -> str:
    """The id of one of three groups of a tenant."""
    return ids.named("group", letter, number)


def principal_id(ids: Ids, name: object) -> str:
    """The id of a principal: a number, or the label of an identity."""
    return ids.named("principal", name)


def secret(ids: Ids, label: str) -> str:
    """The client secret or token of an identity."""
    return ids.named("secret", label).replace("-", "")


def client(ids: Ids, label: str) -> str:
    """The client id of an identity."""
    return ids.named("client", label)


def identities(ids: Ids) -> tuple[Identity, Identity, Identity]:
    """The main caller, one of another tenant, and a user (by OAuth2) who sees what the main one sees."""
    a, b, c = (tenant(ids, letter) for letter in (A, B, C))
    return (
        Identity(MAIN, principal_id(ids, MAIN), frozenset((a, b)), a),
        Identity(OTHER, principal_id(ids, OTHER), frozenset((c,)), c),
        Identity(COLLEAGUE, principal_id(ids, COLLEAGUE), frozenset((a, b)), a, oauth2=True),
    )


def add(store: Store, ground: Ground, seed: int) -> None:
    """A thousand principals for the main identity and some for the other one, users, and credentials."""
    for principal in principals(seed):
        store.add_principal(principal)
    _add_tenant_users(store, ground)
    main, other, colleague = identities(ground.ids)
    for identity in (main, other):
        store.clients[f"{client(ground.ids, identity.label)}:{secret(ground.ids, identity.label)}"] = identity
    store.tokens |= {secret(ground.ids, "bearer"): main, secret(ground.ids, COLLEAGUE): colleague}


@lru_cache(maxsize=8)
def principals(seed: int) -> tuple[Principal, ...]:
    """The principals of a seed: those behind the identities first, then the others of all tenants mixed."""
    ids, chance = seed_ids(seed), seed_chance(seed, "principals")
    homes: list[tuple[str, ...]] = [(C,)] * (HIDDEN - 1) + [chance.choice(HOMES) for _ in range(VISIBLE - 2)]
    chance.shuffle(homes)
    callers = (
        _principal(ids, chance, (MAIN, "APPLICATION"), (A, B)),
        _principal(ids, chance, (COLLEAGUE, "USER"), (A, B)),
        _principal(ids, chance, (OTHER, "APPLICATION"), (C,)),
    )
    others = (_principal(ids, chance, (number, chance.choice(KINDS)), letters) for number, letters in enumerate(homes))
    return (*callers, *others)


def _principal(ids: Ids, chance: random.Random, who: tuple[object, str], letters: tuple[str, ...]) -> Principal:
    name, kind = who
    first, last = chance.choice(FIRST), chance.choice(LAST)
    groups = [group(ids, letter, number) for letter in letters for number in range(3) if chance.random() < 0.2]
    return Principal(
        key=principal_id(ids, name),
        type=kind,
        name=f"{first} {last}",
        inner_id=ids.named("inner", name),
        tenants=frozenset(tenant(ids, letter) for letter in letters),
        groups=frozenset(groups if kind != "SYSTEM" else ()),
        email=f"{first}.{last}.{name}@example.com".lower() if kind == "USER" else "",
    )


def _add_tenant_users(store: Store, ground: Ground) -> None:
    hidden = tenant(ground.ids, C)
    pairs = [(row, home) for row in store.principals.rows if row.type == "USER" for home in sorted(row.tenants)]
    seen = [pair for pair in pairs if pair[1] != hidden][:TENANT_USERS]
    unseen = [pair for pair in pairs if pair[1] == hidden][:HIDDEN_TENANT_USERS]
    rows = list(enumerate(seen + unseen))
    ground.chance.shuffle(rows)
    for number, (user, home) in rows:
        store.tenant_users.add(_tenant_user(ground, number, user, home))


def _tenant_user(ground: Ground, number: int, user: Principal, home: str) -> TenantUser:
    key = ground.ids.named("tenant-user", home, user.key)
    department = ground.chance.choice(("sales", "support"))
    return TenantUser(
        **ground.audited(key, number, user.key),
        tenant=home,
        principal=user,
        metadata=JsonData({"department": department}) if number % 3 == 0 else None,
    )
