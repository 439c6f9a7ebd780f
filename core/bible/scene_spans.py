"""Which pages of the script a scene spans: found again when pages are moved, renumbered, cut and pasted."""

from __future__ import annotations

import time
from typing import NamedTuple

from core.errors import UsageError
from core.script import Script
from core.script.numbers import spanned
from core.story import PageMark, ProjectStore, Scene, Section, fingerprint, relink
from core.story.readings import Readings


class SceneSpan(NamedTuple):
    """What has become of a scene's pages."""

    pages: range | None
    """Indexes into `Script.pages`; None where there are none (any more)."""
    linked: bool = False
    """The scene was linked with pages."""
    lost: int = 0
    """How many of its two ends are gone: with one, the other stands for the scene."""
    moved: bool = False
    """A page was found again by its words, or its ends have changed places: linking anew would be right."""
    searching: bool = False
    """Not known yet; see `ScenePages.advance`."""


NO_PAGES = SceneSpan(None)


class ScenePages:
    """Knows the pages of one script by their headings. Costs what changed since the last question."""

    def __init__(self, store: Readings, script: Script) -> None:
        """The script must be parsed to its end, and be the store's text, when something is asked."""
        self._store = store
        self._script = script
        self._headings: dict[int, tuple[int, str]] = {}  # by the parser's key: version, identity
        self._prints: dict[int, tuple[int, str]] = {}
        self._pages: list[tuple[int, int, str]] = []  # in order: key, version, identity
        self._places: dict[str, int] = {}
        self._seen = -1
        self._wanted = False

    def of(self, scene: Scene) -> SceneSpan:
        """The pages of a scene. Costs little unless one of its pages is not where it was."""
        first, last = _mark(scene.first_page), _mark(scene.last_page)
        if first is None and last is None:
            return NO_PAGES
        if not self._script.done:
            return SceneSpan(None, linked=True, searching=True)
        self._look()
        marks = list(dict.fromkeys(mark for mark in (first, last) if mark))
        known = [mark.key in self._places for mark in marks]
        if not all(known):
            self._wanted = True
            if not self._are_printed():
                return SceneSpan(None, linked=True, searching=True)
            return self._span(marks, self._found(marks), len(marks) == 1)
        return self._span(marks, {mark.key: mark.key for mark in marks}, len(marks) == 1)

    def settled(self, scene: Scene) -> SceneSpan:
        """The same, whatever it costs."""
        span = self.of(scene)
        while span.searching:
            self._script.complete()
            self.advance(1000)
            span = self.of(scene)
        return span

    def advance(self, budget_ms: float = 5.0) -> bool:
        """Read pages for scenes that were asked for and not found; True when all is known."""
        if not self._script.done:
            return False
        deadline = time.perf_counter() + budget_ms / 1000
        self._look()
        if self._wanted:
            for index, (key, version, _) in enumerate(self._pages):
                if self._prints.get(key, (-1, ""))[0] != version:
                    self._prints[key] = (version, self._print(index))
                    if time.perf_counter() >= deadline:
                        return self._are_printed()
        return True

    def mark(self, index: int) -> str:
        """A page as it is kept in a scene: identity and fingerprint. IndexError if there is no such page."""
        self._look()
        return f"{self._pages[index][2]} {self._print(index)}"

    def _look(self) -> None:
        """Bring the identities of the headings up to date."""
        if self._seen == self._script.version:
            return
        pages = []
        for row, key, version in self._script.pages.stamps():
            was, identity = self._headings.get(key, (-1, ""))
            if was != version:
                identity = self._store.character_id(self._script.lines.offset(row, 0))
                self._headings[key] = (version, identity)
            pages.append((key, version, identity))
        living = {key for key, _, _ in pages}
        for kept in (self._headings, self._prints):
            for key in kept.keys() - living:
                del kept[key]
        self._pages, self._seen = pages, self._script.version
        self._places = {identity: index for index, (_, _, identity) in enumerate(pages)}

    def _print(self, index: int) -> str:
        return fingerprint(self._script.pages.text(self._script.pages[index]))

    def _are_printed(self) -> bool:
        return all(self._prints.get(key, (-1, ""))[0] == version for key, version, _ in self._pages)

    def _found(self, marks: list[PageMark]) -> dict[str, str]:
        now = [PageMark(identity, self._prints[key][1]) for key, _, identity in self._pages]
        return relink(marks, now).links

    def _span(self, marks: list[PageMark], links: dict[str, str], single: bool) -> SceneSpan:
        places = [self._places[links[mark.key]] for mark in marks if mark.key in links]
        lost = (len(marks) - len(places)) * (2 if single else 1)
        if not places:
            return SceneSpan(None, linked=True, lost=2)
        moved = any(links.get(mark.key, mark.key) != mark.key for mark in marks) or places[0] > places[-1]
        return SceneSpan(range(min(places), max(places) + 1), linked=True, lost=lost, moved=moved)


def scene_pages(store: Readings, script: Script, scene: Scene) -> SceneSpan:
    """The pages of one scene, whatever it costs; see `ScenePages` for many."""
    return ScenePages(store, script).settled(scene)


def place_of_pages(script: Script, span: SceneSpan) -> str:
    """How people call the pages: `3–5`, `12`; empty for none."""
    if span.pages is None:
        return ""
    first, last = script.pages.numbers(span.pages[0]), script.pages.numbers(span.pages[-1])
    return spanned((first[0], last[-1]) if first[0] != last[-1] else first[:1])


def link_scene(store: ProjectStore, script: Script, scene_id: str, first: int, last: int) -> None:
    """Say which pages (indexes into `Script.pages`) a scene spans: one undo step.

    Raises UsageError if there are no such pages, DocumentError if there is no such scene.
    """
    first, last = min(first, last), max(first, last)
    if first < 0 or last >= len(script.complete().pages):
        raise UsageError("There are no such pages in the script.", safe="Nothing was changed.")
    pages = ScenePages(store, script)
    store.checkpoint()
    store.update_record(Section.SCENES, scene_id, first_page=pages.mark(first), last_page=pages.mark(last))
    store.checkpoint()


def unlink_scene(store: ProjectStore, scene_id: str) -> None:
    """A scene has no pages any more: one undo step. Raises DocumentError if there is no such scene."""
    store.checkpoint()
    store.update_record(Section.SCENES, scene_id, first_page="", last_page="")
    store.checkpoint()


def _mark(stored: str) -> PageMark | None:
    key, _, words = stored.partition(" ")
    return PageMark(key, words) if key else None
