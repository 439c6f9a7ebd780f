"""The relationship map as an SVG picture; every word in it is escaped."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.bible.map_places import place_nodes
from core.bible.relations import Edge, Node
from core.cells import cut, width
from core.xmltext import text as words_in

_MOST, _MOST_LINES = 400, 4000
_LETTER, _HIGH, _MARGIN = 8, 36, 40
_LONGEST = 28
_STYLE = (
    "text{font-family:sans-serif;font-size:14px;text-anchor:middle;dominant-baseline:central}"
    ".word{font-size:11px;fill:#555}"
    ".edge{stroke:#999;stroke-width:1.5}"
    ".node{fill:#fff;stroke:#333;stroke-width:1.5}"
    ".lost{stroke-dasharray:4 3;fill:#eee}"
)


def draw_svg(nodes: Sequence[Node], edges: Sequence[Edge], title: str = "") -> str:
    """An SVG document of its own; `nodes` come with the most connected first."""
    shown = list(nodes[:_MOST])
    wide = _LETTER * min(max([8, *(width(node.name) for node in shown)]), _LONGEST) + 24
    across = max(math.ceil(math.sqrt(len(shown) / 0.5 * (3 * _HIGH) / (wide + 60))), 1)
    down = max(math.ceil(len(shown) / 0.5 / across), 1)
    spots = place_nodes(shown, edges, across, down, aspect=(wide + 60) / (3 * _HIGH))
    centres = {
        key: (_MARGIN + wide // 2 + spot.column * (wide + 60), _MARGIN + _HIGH + spot.row * 3 * _HIGH)
        for key, spot in spots.items()
    }
    more = len(nodes) - len(shown)
    size = (max([x for x, _ in centres.values()], default=0) + wide // 2 + _MARGIN,
            max([y for _, y in centres.values()], default=0) + _HIGH + _MARGIN + 20)  # fmt: skip
    every = [edge for edge in edges if edge.first in centres and edge.second in centres]
    drawn = every[:_MOST_LINES]
    left = [f"{more:,} more"] if more else []
    if len(every) > len(drawn):
        left.append(f"{len(every) - len(drawn):,} lines not drawn")
    names = {node.id: node.name for node in shown}
    lines = [
        _head(*size, title),
        *(_line(edge, centres, names) for edge in drawn),
        *(word for edge in drawn for word in _words(edge, centres)),
        *(_name(node, centres[node.id], wide) for node in shown),
        f'<text x="{size[0] // 2}" y="{size[1] - 20}">{", ".join(left)}</text>' if left else "",
        "</svg>",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _head(wide: int, high: int, title: str) -> str:
    told = f"<title>{words_in(title)}</title>" if title else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
        f' viewBox="0 0 {wide} {high}">\n'
        f'{told}<style>{_STYLE}</style>\n<rect width="100%" height="100%" fill="#fff"/>'
    )


def _line(edge: Edge, centres: dict[str, tuple[int, int]], names: dict[str, str]) -> str:
    (x1, y1), (x2, y2) = centres[edge.first], centres[edge.second]
    said = [
        f"{names[edge.second]}: {edge.forth}" if edge.forth else "",
        f"{names[edge.first]}: {edge.back}" if edge.back else "",
    ]
    title = words_in("; ".join(part for part in said if part))
    return f'<line class="edge" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"><title>{title}</title></line>'


def _words(edge: Edge, centres: dict[str, tuple[int, int]]) -> list[str]:
    (x1, y1), (x2, y2) = centres[edge.first], centres[edge.second]
    said = [(edge.forth, 0.5)] if edge.forth == edge.back else [(edge.forth, 0.66), (edge.back, 0.34)]
    return [
        f'<text class="word" x="{round(x1 + (x2 - x1) * share)}" y="{round(y1 + (y2 - y1) * share) - 7}">'
        f"{words_in(cut(word, _LONGEST))}</text>"
        for word, share in said
        if word
    ]


def _name(node: Node, centre: tuple[int, int], wide: int) -> str:
    x, y = centre
    role = "node lost" if node.lost else "node"
    colour = f' style="stroke:{node.colour};stroke-width:3"' if node.colour else ""
    return (
        f'<g><title>{words_in(node.name)}</title><rect class="{role}"{colour} x="{x - wide // 2}"'
        f' y="{y - _HIGH // 2}" width="{wide}" height="{_HIGH}" rx="8"/>'
        f'<text x="{x}" y="{y}">{words_in(cut(node.name, _LONGEST))}</text></g>'
    )
