"""The identity server's signed tokens: JWTs with RS256, and the key that the world checks them with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from conformance.mocks.kit.model import Json

ALGORITHM = "RS256"
EXPONENT = 65537
P = (
    "e29e0a18cc2bab17edf60db475b8d97cc42c142eb87f4dd84601498895eba0a7"
    "7c6ba17f9cbf9b1c4114e0da40cd8dafdd5e568374fe8076299eac00488c05c0"
    "96bf848a57dd2c4309a65a18420430bdf3b9e90d15bd056a1a6f73973cd5eb80"
    "e26e7f6dba0641df6bffcc3c395d0d14f6eb48b4a204a53f538b8041a9781ecb"
)
Q = (
    "c34172c1759020783ae76e48799ca7d6132293f2daba5e075887fb84f199919a"
    "91a510ec3c68c1c76328f9e4e3c33576a9baa7ab6abc9c3d6b2bf32a05f3a153"
    "541e16610dfaca2e068cf543034798f788b7a05cb80f1ca6b893e48abe174215"
    "21fc77183edd4a724bd2b6c500c172db18fb3af95039f9b3897edd5708fac2a5"
)
"""The two primes of the key, in hexadecimal: fixed, so that runs repeat byte by byte. The key guards nothing."""


@cache
def _key() -> RSAKey:
    p, q = int(P, 16), int(Q, 16)
    d = pow(EXPONENT, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(EXPONENT, p * q)
    crt = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, *crt, public)
    key = RSAKey.import_key(numbers.private_key())
    key.ensure_kid()
    return key


def published() -> Json:
    """The JSON Web Key Set: the public half of the key."""
    return {"keys": [{**_key().as_dict(private=False), "use": "sig", "alg": ALGORITHM}]}


def signed(claims: Json) -> str:
    """A compact JWT of ``claims``."""
    header = {"alg": ALGORITHM, "kid": _key().kid, "typ": "at+jwt"}
    return jwt.encode(header, claims, _key(), algorithms=[ALGORITHM])


def verified(token: str) -> Mapping[str, Any] | None:
    """The claims of a token that this key signed, or None; whether they still hold is not asked."""
    try:
        return jwt.decode(token, _key(), algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError):
        return None
