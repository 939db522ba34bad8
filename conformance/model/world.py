"""What a model knows: the resources that a scenario made, and what each of them has to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from conformance.contract.facets.token import Token
from conformance.contract.semantics.resource import Resource
from conformance.contract.vendor import Vendor
from conformance.engine.citations import Citations
from conformance.engine.making import Context, Made, context_of


@dataclass(frozen=True)
class Family:
    """What one machine plays with: a resource and its children, or the operation that issues tokens."""

    vendor: Vendor
    resources: tuple[Resource, ...]
    token: Token | None = None
    _citations: Citations = field(default_factory=lambda: Citations.of(()), repr=False)

    @classmethod
    def of(cls, vendor: Vendor, root: Resource | Token) -> Family:
        """The family of a resource that has no parent, or of an operation that issues tokens."""
        citations = Citations.of(vendor.semantics.clauses.values())
        if isinstance(root, Token):
            return cls(vendor, (), root, citations)
        others = vendor.semantics.resources.values()
        children = (one for one in others if one.parent is not None and one.parent.resource == root.name)
        return cls(vendor, (root, *children), None, citations)

    def promised(self, path: str) -> bool:
        """Whether the vendor wrote down, without reservation, what the case at ``path`` claims.

        A step is judged only by what a simpler case judges too; of a vendor without clauses, all is promised.
        """
        cited = self._citations.by(path)
        if not self.vendor.semantics.clauses:
            return True
        return bool(cited) and all(clause.level == "must" for clause in cited)


@dataclass
class Entity:
    """One resource of a scenario, as the model knows it.

    ``state`` is ``None`` when it has none or nothing was written about it; ``values`` maps pointers to what a reply
    about it shows there; ``facts`` is what one family of rules remembers of it.
    """

    number: int
    made: Made
    parent: int | None = None
    keyed: bool = False
    state: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    gone: bool = False

    @property
    def resource(self) -> Resource:
        """What kind of thing it is."""
        return self.made.resource

    @property
    def name(self) -> str:
        """What a scenario calls it."""
        return f"{self.resource.name.replace('-', ' ')} {self.number}"


@dataclass
class World:
    """The state of a model: ``entities`` by number, and the ``facts`` that belong to none of them.

    ``controls`` are those that the environment gives; ``age`` is the number of steps taken. ``elsewhere`` says that
    the server is not on this machine.
    """

    family: Family
    controls: frozenset[str] = frozenset()
    entities: dict[int, Entity] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    age: int = 0
    elsewhere: bool = False

    def add(self, entity: Entity) -> Entity:
        """Enter a resource."""
        self.entities[entity.number] = entity
        return entity

    @property
    def next_number(self) -> int:
        """A number that no resource has."""
        return max(self.entities, default=0) + 1

    def there(self, number: int | None) -> Entity | None:
        """The resource of this number, unless it was removed or never made."""
        found = self.entities.get(number or 0)
        return None if found is None or found.gone else found

    def present(self, *kinds: str) -> list[Entity]:
        """The resources that were not removed, of the kinds named or of all."""
        return [one for one in self.entities.values() if not one.gone and (not kinds or one.resource.name in kinds)]

    def children(self, parent: Entity, kind: str | None = None) -> list[Entity]:
        """The resources that belong to ``parent``."""
        every = self.present(kind) if kind else self.present()
        return [one for one in every if one.parent == parent.number]

    def active(self, entity: Entity) -> bool:
        """Whether neither it nor its parent has reached a final state, so that what changes it is written."""
        parent = self.there(entity.parent) if entity.parent else None
        if entity.gone or (entity.parent and parent is None) or (parent and not self.active(parent)):
            return False
        resource = entity.resource
        return resource.state is None or (entity.state is not None and entity.state not in resource.terminal)

    def context(self, entity: Entity) -> Context:
        """What the values of a request about ``entity`` denote."""
        return context_of(entity.made)
