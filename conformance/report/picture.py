"""The picture of a run: operations by facets, each cell in the colour of its weightiest verdict."""

from __future__ import annotations

from collections import Counter
from html import escape

from conformance.report.words import BY_WEIGHT, visible
from conformance.results import Results, Verdict

WIDTH, HEIGHT, GAP = 44, 20, 2
"""A cell and the room around it, in pixels."""
_LETTER = 7.2


def picture(results: Results, target: str) -> str:
    """An SVG element for one target; each cell tells its counts as a tooltip, and ``!`` marks what did not hold."""
    cells: dict[tuple[str, str], Counter[Verdict]] = {}
    for case in results.cases:
        if case.target == target:
            cells.setdefault((case.operation, case.facet), Counter())[case.verdict] += 1
    operations = list(dict.fromkeys(operation for operation, _ in cells))
    facets = sorted({facet for _, facet in cells})
    left = int(max((len(name) for name in operations), default=0) * _LETTER) + 10
    top = int(max((len(name) for name in facets), default=0) * _LETTER * 0.72) + 16
    width = left + len(facets) * (WIDTH + GAP) + top
    height = top + len(operations) * (HEIGHT + GAP)
    parts = [_facet(name, left + index * (WIDTH + GAP), top) for index, name in enumerate(facets)]
    for row, operation in enumerate(operations):
        y = top + row * (HEIGHT + GAP)
        parts.append(f'<text class="operation" x="{left - 8}" y="{y + 14}">{_text(operation)}</text>')
        for column, facet in enumerate(facets):
            x = left + column * (WIDTH + GAP)
            parts.append(_cell(f"{operation}, {facet}", cells.get((operation, facet)), x, y))
    name = _text(f"Verdicts of {target} by operation and facet")
    body = "\n".join(parts)
    size = f'viewBox="0 0 {width} {height}" width="{width}"'
    return f'<svg role="img" aria-label="{name}" {size}>\n{body}\n</svg>'


def _facet(name: str, x: int, top: int) -> str:
    place = f"translate({x + WIDTH // 2 - 4},{top - 6}) rotate(-45)"
    return f'<text transform="{place}">{_text(name)}</text>'


def _cell(name: str, counted: Counter[Verdict] | None, x: int, y: int) -> str:
    box = f'x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="3"'
    if counted is None:
        return f'<rect class="empty" {box}/>'
    verdicts = sorted(counted, key=BY_WEIGHT.index)
    worst = verdicts[0]
    title = _text(f"{name}: {', '.join(f'{counted[verdict]} {verdict}' for verdict in verdicts)}")
    mark = f"! {counted[worst]}" if BY_WEIGHT.index(worst) < BY_WEIGHT.index("KNOWN") else str(counted.total())
    label = f'<text class="count" x="{x + WIDTH // 2}" y="{y + 14}">{mark}</text>'
    return f'<g class="v-{worst}"><title>{title}</title><rect {box}/>{label}</g>'


def _text(text: str) -> str:
    return escape(visible(text))
