"""What the description of a token says of its secrets."""

from __future__ import annotations

import pytest

from conformance.contract.facets.token import Token

ISSUED = {
    "access": "$response.body#/token",
    "opens": "listThings",
    "secrets": {"password": "$request.body#/password"},
}


def test_exact_are_some_of_the_secrets() -> None:
    assert Token.model_validate({**ISSUED, "exact": ["password"]}).exact == ("password",)
    with pytest.raises(ValueError, match="exact names no secret of the token: pasword"):
        Token.model_validate({**ISSUED, "exact": ["pasword"]})
