"""Which pages of the script a scene spans: found again when pages are moved, renumbered, cut and pasted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
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


class PagesNow:
    """The pages of a script at one moment. What has become of those that scenes name is found out here."""

    def __init__(self, headings: Iterable[str], pages: Callable[[], Sequence[PageMark]]) -> None:
        """`headings`: the identity of each page's, in order.

        Among `pages` those are found again that are not where they were. They are asked for when there is
        need of them; there are none while they have not been read.
        """
        self._places = {identity: index for index, identity in enumerate(headings)}
        self._pages = pages
        self._found: dict[tuple[PageMark, ...], dict[str, str]] = {}

    def has(self, scene: Scene) -> bool:
        """Whether all pages that a scene names are where they were."""
        return all(mark.key in self._places for mark in _marks(scene))

    def span(self, scene: Scene) -> SceneSpan:
        """The pages of a scene. Costs O(pages), once, if one of its pages is not where it was."""
        marks = _marks(scene)
        if not marks:
            return NO_PAGES
        links = {mark.key: mark.key for mark in marks} if self.has(scene) else self._again(marks)
        places = [self._places[links[mark.key]] for mark in marks if mark.key in links]
        lost = (len(marks) - len(places)) * (2 if len(marks) == 1 else 1)
        if not places:
            return SceneSpan(None, linked=True, lost=2)
        moved = any(links.get(mark.key, mark.key) != mark.key for mark in marks) or places[0] > places[-1]
        return SceneSpan(range(min(places), max(places) + 1), linked=True, lost=lost, moved=moved)

    def _again(self, marks: tuple[PageMark, ...]) -> dict[str, str]:
        if marks not in self._found:
            pages = self._pages()
            here = {mark.key: mark.key for mark in marks if mark.key in self._places}
            self._found[marks] = relink(marks, pages).links if pages else here
        return self._found[marks]


class ScenePages:
    """Knows the pages of one script by their headings. Costs what changed since the last question."""

    def __init__(self, store: Readings, script: Script) -> None:
        """The script must be parsed to its end, and be the store's text, when something is asked."""
        self._store = store
        self._script = script
        self._headings: dict[int, tuple[int, str]] = {}  # by the parser's key: version, identity
        self._prints: dict[int, tuple[int, str]] = {}
        self._pages: list[tuple[int, int, str]] = []  # in order: key, version, identity
        self._now = PagesNow((), list)
        self._seen = -1
        self._wanted = False

    def of(self, scene: Scene) -> SceneSpan:
        """The pages of a scene. Costs little unless one of its pages is not where it was."""
        if not _marks(scene):
            return NO_PAGES
        if not self._script.done:
            return SceneSpan(None, linked=True, searching=True)
        self._look()
        if not self._now.has(scene):
            self._wanted = True
            if not self._are_printed():
                return SceneSpan(None, linked=True, searching=True)
        return self._now.span(scene)

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
        self._now = PagesNow([identity for _, _, identity in pages], self._marked)

    def _print(self, index: int) -> str:
        return fingerprint(self._script.pages.text(self._script.pages[index]))

    def _are_printed(self) -> bool:
        return all(self._prints.get(key, (-1, ""))[0] == version for key, version, _ in self._pages)

    def _marked(self) -> list[PageMark]:
        return [PageMark(identity, self._prints[key][1]) for key, _, identity in self._pages]


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


def _marks(scene: Scene) -> tuple[PageMark, ...]:
    """The first and the last page; one of them if they are the same."""
    stored = (one.partition(" ") for one in (scene.first_page, scene.last_page))
    return tuple(dict.fromkeys(PageMark(key, words) for key, _, words in stored if key))
