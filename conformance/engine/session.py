"""What all cases of a target share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from conformance.contract.vendor import Vendor
from conformance.engine.answers import Answers
from conformance.engine.environment import Target
from conformance.engine.ledger import Ledger
from conformance.engine.ownership import Ownership
from conformance.engine.shared import Shared
from conformance.engine.shelf import Shelf
from conformance.engine.watch import Watch
from conformance.transport.budget import Budgeted
from conformance.transport.controls import Control
from conformance.transport.credentials import Credentials
from conformance.transport.redaction import Redactor


@dataclass(frozen=True)
class Session:
    """What all cases of a target share."""

    vendor: Vendor
    target: Target
    transport: Budgeted
    identities: Mapping[str, Credentials]
    ledger: Ledger
    watch: Watch
    seed: int
    user_agent: str
    in_process_controls: Mapping[str, Control] = field(default_factory=dict)
    examples: int = 0
    jobs: int = 1
    answers: Answers = field(default_factory=Answers)
    shared: Shared = field(default_factory=Shared)
    shelf: Shelf = field(default_factory=Shelf)

    def redactor(self) -> Redactor:
        """What hides the secrets of the target's table, and all that its identities have obtained so far."""
        return self._of_table.knowing(secret for one in self.identities.values() for secret in one.secrets())

    @cached_property
    def ownership(self) -> Ownership:
        """What belongs to the run."""
        return Ownership(self.vendor, self.ledger)

    @cached_property
    def _of_table(self) -> Redactor:
        return Redactor.of(self.target.secrets())
