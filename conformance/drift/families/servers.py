"""Where the API is served: every address that worked has to work still."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from conformance.drift.change import Change
from conformance.drift.comparison import Comparison
from conformance.drift.document.model import Operation
from conformance.drift.families._calls import calls
from conformance.drift.wording import change

_FREE = re.compile(r"\\{[^{}]+\\}")


def changes(comparison: Comparison) -> Iterator[Change]:
    """Addresses that went and came; one change for the whole API when it is the same for every operation."""
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Operation]] = {}
    pairs = [pair for pair in calls(comparison) if not pair[0].is_outgoing]
    for old, new in pairs:
        ours, theirs = ({server + one.route for server in one.servers} for one in (old, new))
        gone = tuple(sorted(s for s in old.servers if not _is_served(s + old.route, theirs)))
        come = tuple(sorted(s for s in new.servers if not _is_served(s + new.route, ours)))
        if gone or come:
            found.setdefault((gone, come), []).append(new)
    for (gone, come), operations in found.items():
        is_all = len(operations) == len(pairs)
        for one in operations[:1] if is_all else operations:
            name = "" if is_all else one.name
            at = "/servers" if "servers" not in one.raw else f"{one.pointer}/servers"
            if gone:
                yield change("breaking", "server-removed", name, at, "request", list(gone), list(come))
            else:
                yield change("additive", "server-added", name, at, "request", None, list(come))


def _is_served(address: str, by: Collection[str]) -> bool:
    """Whether an address is one of others, or what one of them is with its free variables filled in."""
    return address in by or any(re.fullmatch(_FREE.sub(".+", re.escape(one)), address) for one in by)
