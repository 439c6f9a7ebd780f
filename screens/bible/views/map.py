"""The map of the relations as a full screen: arrows move between people, Enter opens one, e writes a file."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.getters import query_one
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from core.bible import DrawnMap, RelationMap
from core.errors import GenkoError
from core.outgoing import named_file
from core.story import Change, ProjectStore, Section
from screens.bible.views.map_view import MapView
from screens.import_paths import PathSuggester, path_from
from screens.messages import Refused
from screens.ports import Desk
from screens.prompts import Choice, TextPrompt

KEYS = "Arrows: go   Enter: open   o: relations   a: all   e: SVG file   Esc: back"


@dataclass
class Drawn(Message):
    """The map as it looks with somebody chosen."""

    map: RelationMap
    chosen: str
    drawn: DrawnMap


@dataclass
class Written(Message):
    """The file is there."""

    path: Path


class MapScreen(ModalScreen[tuple[str, str] | None]):
    """The answer is (`open` or `relations`, the id of a character), or None."""

    CSS_PATH = "map.tcss"
    AUTO_FOCUS = "MapView"
    BINDINGS = [
        Binding("escape,q,M", "dismiss(None)", "Back", show=False),
        Binding("o", "relations", show=False),
        Binding("e", "export", show=False),
        Binding("a", "everybody", show=False),
    ]
    view = query_one(MapView)

    def __init__(self, store: ProjectStore, chosen: str) -> None:
        super().__init__()
        self._store = store
        self._chosen = chosen
        self._map: RelationMap | None = None
        self._everybody = False
        self._left_out = 0
        """Characters without relations that are not shown."""
        self._stop: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """Title, map, keys."""
        yield Static("", id="title", markup=False)
        yield MapView()
        yield Static(KEYS, id="keys", markup=False)

    def on_mount(self) -> None:
        """Follow the characters."""
        self._stop = self._store.subscribe(Section.CHARACTERS, self._changed)

    def on_unmount(self) -> None:
        """Let go of them."""
        self._stop()

    def _changed(self, change: Change) -> None:
        self._map = None
        self._draw()

    @on(MapView.Resized)
    def _draw(self) -> None:
        if not self.query(MapView) or not self.view.size.area:
            return
        if self._map is None:
            self._map = self._relations()
            ids = [node.id for node in self._map.nodes]
            if self._chosen not in ids:  # somebody else may have taken them away
                self._chosen = ids[0] if ids else ""
        self._draw_in_worker(self._map, self._chosen, *self.view.size)

    @work(thread=True, exclusive=True, group="map")
    def _draw_in_worker(self, drawing: RelationMap, chosen: str, columns: int, rows: int) -> None:
        self.post_message(Drawn(drawing, chosen, drawing.draw(columns, rows, chosen)))

    @on(Drawn)
    def _show(self, event: Drawn) -> None:
        if event.map is self._map:
            self.view.show(event.drawn, event.chosen)
            self.query_one("#title", Static).update(self._title(event.map))

    def _relations(self) -> RelationMap:
        """Those who have relations and who is chosen; everybody, if wished or if nobody has any."""
        former = self._store.former_names(Section.CHARACTERS)
        everybody = self._store.characters()
        drawing, self._left_out = RelationMap(everybody, former), 0
        if self._everybody or not drawing.edges:
            return drawing
        wanted = {self._chosen, *(key for edge in drawing.edges for key in (edge.first, edge.second))}
        shown = [one for one in everybody if one.id in wanted]
        self._left_out = len(everybody) - len(shown)
        return RelationMap(shown, former)

    def action_everybody(self) -> None:
        """a: those without relations, too, or not."""
        self._everybody = not self._everybody
        self._map = None
        self._draw()

    def _title(self, drawing: RelationMap) -> str:
        if not drawing.nodes:
            return "Nobody is in the bible (yet)."
        names = {node.id: node.name or "(no name)" for node in drawing.nodes}
        said = []
        for edge in drawing.edges:
            if edge.first == self._chosen and edge.forth:
                said.append(f"{names[edge.second]}: {edge.forth}")
            elif edge.second == self._chosen and edge.back:
                said.append(f"{names[edge.first]}: {edge.back}")
        left = f"   ({self._left_out:,} without relations: a)" if self._left_out else ""
        return f"{names.get(self._chosen, '')}   {' · '.join(said) or 'no relations; o adds one'}{left}"

    @on(MapView.Moved)
    def _moved(self, event: MapView.Moved) -> None:
        self._chosen = event.chosen
        self._draw()

    @on(MapView.Opened)
    def _opened(self, event: MapView.Opened) -> None:
        self._leave("open", event.chosen)

    def action_relations(self) -> None:
        """o: of who is chosen."""
        self._leave("relations", self._chosen)

    def _leave(self, what: str, record_id: str) -> None:
        if self._store.record(Section.CHARACTERS, record_id) is None:
            self.notify("This character is not in the bible.", timeout=3)
        else:
            self.dismiss((what, record_id))

    @work
    async def action_export(self) -> None:
        """e: as a picture for any program; a file that is there is replaced only when the writer says so."""
        title = self._store.meta.title
        name = re.sub(r"[/\x00-\x1f]+", " ", title).strip().lstrip(".")[:80] or "story"
        prompt = TextPrompt(
            "Write the map to which file?", value=f"~/{name} map.svg", suggester=PathSuggester()
        )
        answer = await self.app.push_screen_wait(prompt)
        if not answer or not answer.strip():
            return
        path = path_from(answer)
        there = os.path.lexists(path) and not os.path.isdir(path)
        if there:
            question = Choice("Replace it?", f"{path} is there.", [("yes", "Replace"), ("cancel", "Cancel")])
            if await self.app.push_screen_wait(question) != "yes":
                return
        self._write(self._relations(), title, path, replace=there)

    @work(thread=True, group="map-file", exit_on_error=False)
    def _write(self, drawing: RelationMap, title: str, path: Path, *, replace: bool) -> None:
        try:
            with named_file(path, replace=replace, private=True) as stream:
                stream.write(drawing.svg(title).encode())
        except GenkoError as error:
            self.post_message(Refused(error))
        else:
            self.post_message(Written(path))

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        event.stop()
        cast(Desk, self.app).report(event.error)

    @on(Written)
    def _was_written(self, event: Written) -> None:
        self.notify(f"The map is in {event.path}.", timeout=5, markup=False)
