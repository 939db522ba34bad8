"""Who may call an operation: whoever could has to be let in still."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.drift.change import Change
from conformance.drift.comparison import Comparison
from conformance.drift.containment.rewriting import text
from conformance.drift.document.model import Alternative, Operation
from conformance.drift.families._calls import calls
from conformance.drift.wording import change


def changes(comparison: Comparison) -> Iterator[Change]:
    """Alternatives that are no longer enough, and those that are new."""
    for old, new in calls(comparison):
        if old.is_outgoing:
            continue
        at = _place(new)
        before, after = (list(dict.fromkeys(map(_told, one.security))) for one in (old, new))
        refused = [one for one in old.security if not any(_suffices(one, other) for other in new.security)]
        let_in = [one for one in new.security if not any(_suffices(one, other) for other in old.security)]
        if refused:
            yield change("breaking", _rule(refused, new), new.name, at, "request", before, after)
        elif let_in:
            yield change("additive", "security-widened", new.name, at, "request", before, after)


def _suffices(held: Alternative, asked: Alternative) -> bool:
    """Whether credentials for ``held`` are all that ``asked`` asks for."""
    return all(scheme in held and scopes <= held[scheme] for scheme, scopes in asked.items())


def _rule(refused: list[Alternative], new: Operation) -> str:
    if {} in refused:
        return "security-added"
    same = [set(one) for one in new.security]
    return "security-scope-added" if all(set(one) in same for one in refused) else "security-narrowed"


def _place(operation: Operation) -> str:
    return f"{operation.pointer}/security" if "security" in operation.raw else operation.pointer


def _told(alternative: Alternative) -> str:
    return text({scheme.name: sorted(scopes) for scheme, scopes in alternative.items()})
