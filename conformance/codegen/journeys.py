"""The scenarios of a vendor as documentation of its client: included as they stand, never retold."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import conformance

_VENDORS = Path(conformance.__file__).parent / "vendors"
_SECTION = """
## Whole journeys

What the client is like to use, told by the scenarios that `conformance run` runs, each a function that stands in
`conformance/vendors/{vendor}/scenarios/` of workflow-conformance. What they import of `conformance` is that suite's. To
run them as they stand install it: `pip install workflow-conformance`, then
`conformance run {vendor} --only '*/scenario/*'`. With this client alone, write:

| In a scenario | With this client alone |
|---|---|
{table}

"""
_ALONE = {
    "client": ("journey.client(Client, …)", "`Client(url, auth=…)` or `AuthenticatedClient(url, token=…)`"),
    "fixture": ("journey.fixture(…)", "what exists on your server: an id, a name, data that it takes"),
    "credential": ("journey.credential(…)", "a user name or password of your own"),
    "fresh_uuid": ("journey.fresh_uuid()", "`uuid4()`"),
    "fresh_text": ("journey.fresh_text()", "`uuid4().hex`"),
    "got": ("journey.got(Model, reply)", "`reply`, after `isinstance(reply, Model)` or in a `match`"),
    "parsed": ("journey.parsed(Model, value)", "`Model.from_dict(value)`"),
    "json_of": ("journey.json_of(text)", "`json.loads(text)`"),
    "attempts": ("for … in journey.attempts(…)", "a loop that waits longer each time, and ends"),
    "in_time": ("journey.in_time(look, holds)", "what `look()` gives, asked again for a moment while a list is behind"),
    "lost_reply": ("with journey.lost_reply()", "`try`, with `except httpx.TransportError`"),
    "control": ("journey.control(…)", "nothing: it reaches into the server under test"),
    "step": ("with journey.step(…), expect(…), expect_equal(…)", "the indented lines alone, and `assert`"),
}
_JOURNEY = """
<details><summary>{says}</summary>

```python
{code}
```

</details>
"""


def journeys(vendor: str) -> str:
    """The section of a README with every scenario of ``vendor`` and what they share; empty when there is none."""
    folder = _VENDORS / vendor.replace("-", "_") / "scenarios"
    paths = [*sorted(folder.glob("[!_]*.py")), *sorted(folder.glob("_[!_]*.py"))]
    sources = [path.read_text(encoding="utf-8") for path in paths]
    if not sources:
        return ""
    used = {word for source in sources for word in re.findall(r"\bjourney\.(\w+)", source)}
    table = "\n".join(f"| `{said}` | {alone} |" for word, (said, alone) in _ALONE.items() if word in used)
    return _SECTION.format(vendor=vendor, table=table).rstrip() + "\n" + "".join(map(_journey, sources))


def _journey(source: str) -> str:
    module = ast.parse(source)
    code = source[source.index("from __future__ import annotations") :].partition("\n")[2].strip()
    return _JOURNEY.format(says=(ast.get_docstring(module) or "").splitlines()[0], code=code)
