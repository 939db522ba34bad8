"""The scenarios of a vendor as documentation of its client: included as they stand, never retold."""

from __future__ import annotations

import ast
from pathlib import Path

import conformance

_VENDORS = Path(conformance.__file__).parent / "vendors"
_SECTION = """
## Whole journeys

What the client is like to use, told by the scenarios that `conformance run` runs, each a function that stands in
`conformance/vendors/{vendor}/scenarios/`. For `journey.client(Client)` write a client of your own, for
`journey.fresh_uuid()` `uuid4()`, and for `journey.got(Model, reply)` an `isinstance` or a `match`.
"""
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
    told = [_journey(path.read_text(encoding="utf-8")) for path in paths]
    return _SECTION.format(vendor=vendor) + "".join(told) if told else ""


def _journey(source: str) -> str:
    module = ast.parse(source)
    code = source[source.index("from __future__ import annotations") :].partition("\n")[2].strip()
    return _JOURNEY.format(says=(ast.get_docstring(module) or "").splitlines()[0], code=code)
