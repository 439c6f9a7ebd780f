"""The relationship map of a story, drawn for a terminal or as SVG, the same each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from core.bible.relations import Edge, Node, graph_of
from core.story import Character

if TYPE_CHECKING:
    from core.bible.map_places import Spot
    from core.bible.map_text import DrawnMap


class RelationMap:
    """Who has to do with whom. A value: made anew when the records change."""

    def __init__(self, characters: Sequence[Character], former: Mapping[str, str] | None = None) -> None:
        """`former` has the names of those who were deleted or are in the trash, by id."""
        self.nodes, self.edges = graph_of(characters, former)
        """Who has most relations first; each pair once."""
        self._placed: tuple[object, dict[str, Spot]] | None = None

    def text(self, columns: int, rows: int, chosen: str = "") -> list[list[tuple[str, str]]]:
        """Exactly `rows` lines of `columns` cells, each of pieces (text, role).

        Roles: name, chosen, near, lost (with `:#rrggbb` behind it for who has a colour), edge,
        edge.chosen, word, word.chosen, more; empty for what is empty. The most connected are shown where
        there is not room for all, and who is chosen (an id). Up to 0.5 s for hundreds: ask in a worker.
        """
        return self.draw(columns, rows, chosen).lines

    def draw(self, columns: int, rows: int, chosen: str = "") -> DrawnMap:
        """The same, with the places of the names; they stay where they are when another is chosen.

        Drawn once in this size, it costs a tenth the next time.
        """
        from core.bible.map_text import draw_map

        return draw_map(self.nodes, self.edges, columns, rows, chosen, self._place)

    def _place(
        self, nodes: Sequence[Node], edges: Iterable[Edge], columns: int, rows: int, *, aspect: float = 2.0
    ) -> dict[str, Spot]:
        from core.bible.map_places import place_nodes

        key = (tuple(node.id for node in nodes), columns, rows, aspect)
        if self._placed is None or self._placed[0] != key:
            self._placed = key, place_nodes(nodes, edges, columns, rows, aspect=aspect)
        return self._placed[1]

    def svg(self, title: str = "") -> str:
        """A picture of all (of the 400 most connected at most)."""
        from core.bible.map_svg import draw_svg

        return draw_svg(self.nodes, self.edges, title)
