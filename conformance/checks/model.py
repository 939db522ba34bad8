"""Whole lives: what a model of the vendor says, step after step, the server says too."""

from __future__ import annotations

from typing import Any

from conformance.contract.facets.token import Token
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor
from conformance.engine.api import Api
from conformance.engine.check import check
from conformance.model.machine import Effort, lives_as_modelled
from conformance.model.rule import rules_of
from conformance.model.world import Family


def modelled(vendor: Vendor, subject: Any) -> bool:
    """Whether the vendor promises anything of it that a model can know; a child lives with its parent."""
    if isinstance(subject, Resource) and (subject.parent is not None or subject.create is None):
        return False
    return bool(rules_of(Family.of(vendor, subject)))


@check(given=modelled, phase="late")
def lives_as_promised(api: Api, resource: Resource) -> None:
    """After every step of any scenario the server shows of a resource and its children what the model says."""
    lives_as_modelled(api, resource, Effort())


@check(given=modelled, phase="late")
def tokens_live_as_promised(api: Api, token: Token) -> None:
    """After every step of any scenario the server takes the tokens that the model says it takes."""
    lives_as_modelled(api, token, Effort())
