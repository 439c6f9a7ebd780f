"""Figures and outline of a script in the words of the unified document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from core.story.clean import Json

STATS = ("pages", "panels", "chapters", "words", "characters", "dialogues")


class Summary(NamedTuple):
    """The `stats` (the six of STATS) and the `fileTree` of a script."""

    stats: dict[str, Json]
    tree: list[Json]


Summarise = Callable[[str], Summary]


def summarise(text: str) -> Summary:
    """Ask the script language, which is imported only now."""
    from core.script import parse

    script = parse(text)
    figures = script.statistics()
    stats: dict[str, Json] = {name: getattr(figures, name) for name in STATS}
    lines = text.split("\n")
    counts: Counter[str] = Counter()
    top: list[Json] = []
    open_nodes: list[tuple[int, list[Json]]] = [(-1, top)]
    for item in script.outline():
        kind = item.kind.value.lower()
        counts[kind] += 1
        children: list[Json] = []
        number = ".".join(str(part) for part in item.numbers)
        node: dict[str, Json] = {
            "id": f"{kind}-{counts[kind]}",
            "type": kind,
            "title": " ".join(part for part in (kind.capitalize(), number, item.title) if part),
            "content": lines[item.row].strip(),
            "lineNumber": item.row + 1,
            "expanded": True,
            "children": children,
        }
        while open_nodes[-1][0] >= item.level:
            open_nodes.pop()
        open_nodes[-1][1].append(node)
        open_nodes.append((item.level, children))
    return Summary(stats, top)
