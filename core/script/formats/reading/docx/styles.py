"""Styles of a Word document: what a paragraph is called, its heading level, its list, its capitals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.script.formats.reading.markup import Node, whole_number

_DEEPEST = 20
"""Styles based on each other."""
OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits."""

    name: str = ""
    """As Word shows it, without case: `heading 1`, `character`."""
    level: int = 0
    """1 to 6 for headings, 0 for none."""
    list_id: str = ""
    list_level: int = 0
    capitals: bool = False
    is_title: bool = False


PLAIN = Style()


class Styles:
    """All styles by id, each worked out when it is asked for."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self._nodes = {n.attributes.get("w:styleId", ""): n for n in nodes if n.tag == "w:style"}
        self._known: dict[str, Style] = {}

    def __getitem__(self, style: str | None) -> Style:
        if not style or style not in self._nodes:
            return PLAIN
        if style not in self._known:
            self._known[style] = self._style(style)
        return self._known[style]

    def _style(self, style: str) -> Style:
        chain: list[Node] = []
        node: Node | None = self._nodes[style]
        while node is not None and node not in chain and len(chain) < _DEEPEST:
            chain.append(node)
            node = self._nodes.get(node.value("w:basedOn") or "")
        name = (chain[0].value("w:name") or style).casefold()
        level = next((level for one in chain if (level := _level(one))), 0)
        lists = [own for one in chain if (own := list_of(one.find("w:pPr")))]
        capitals = [shown for one in chain if (shown := capitals_of(one.find("w:rPr"))) is not None]
        list_id, list_level = lists[0] if lists else ("", 0)
        return Style(name, level, list_id, list_level, bool(capitals and capitals[0]), name == "title")


def list_of(properties: Node | None) -> tuple[str, int] | None:
    """The list and the level in it that paragraph properties name."""
    numbered = properties.find("w:numPr") if properties else None
    if numbered is None:
        return None
    return (numbered.value("w:numId") or "", whole_number(numbered.value("w:ilvl")) or 0)


def capitals_of(properties: Node | None) -> bool | None:
    """Whether run properties show small letters as capitals; None where they don't say."""
    caps = properties.find("w:caps") if properties else None
    return None if caps is None else caps.attributes.get("w:val", "1") not in OFF


def _level(node: Node) -> int:
    name = (node.value("w:name") or "").casefold()
    if name.startswith("heading ") and (level := whole_number(name[8:])):
        return min(level, 6)
    properties = node.find("w:pPr")
    outline = whole_number(properties.value("w:outlineLvl")) if properties else None
    return outline + 1 if outline is not None and outline < 6 else 0
