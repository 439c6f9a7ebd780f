"""A project with its script, followed by a live book as the assembly tab does it."""

from __future__ import annotations

from core.assembly.book.live import LiveBook
from core.assembly.book.maker import BookMaker
from core.assembly.book.source import source_of
from core.script import Script
from core.story import Change, ProjectStore, Section

SCRIPT = """\
CHAPTER 1: The lamp

PAGE 1

INT. KITCHEN - NIGHT

PANEL 1
(Mara stands at the window, rain on the glass.)
MARA (off): What was that sound?

PANEL 2
Tom sits up in bed and rubs his eyes.
TOM (thinks): Not again, not tonight.
CAPTION: Ten minutes earlier.

PANEL 3
The lamp falls from the shelf.
SFX: CRASH

PAGE 2

PANEL 1
Broken glass all over the tiled floor.
MARA (whispers): Do not move.
[[ARTIST: keep the lamp in sight]]

PANEL 2
A cat looks in through the open door.

PAGES 3-4

PANEL 1
The harbour at dawn, boats as far as one sees.
CAPTION: Later.

PANEL 2
Mara runs along the pier with the cat.
MARA: Wait for me!

PAGE 5
"""


class Project:
    """One writer's side of it."""

    def __init__(self, store: ProjectStore) -> None:
        self.store = store
        self.script = Script(store.text, names=store.names()).complete()
        self.book = LiveBook(store, self.script)
        store.subscribe(Section.SCRIPT, self._follow)
        store.subscribe(None, self.book.refresh)
        self.book.settle()

    @classmethod
    def with_text(cls, text: str = SCRIPT, *, direction: str = "ltr") -> Project:
        """A new project with this script."""
        store = ProjectStore.create(title="T", direction=direction)
        store.splice(0, 0, text)
        return cls(store)

    def other(self) -> Project:
        """The same project on another machine."""
        return Project(ProjectStore.load(self.store.project_id, [self.store.snapshot()]))

    def exchange(self, other: Project) -> None:
        """Both get what the other has."""
        mine, theirs = self.store.version, other.store.version
        from_here, from_there = (
            self.store.updates_since(theirs),
            other.store.updates_since(mine),
        )
        other.store.receive([from_here])
        self.store.receive([from_there])
        self.book.settle()
        other.book.settle()

    def anew(self) -> BookMaker:
        """The book made from nothing but the store."""
        return BookMaker(source_of(self.store))

    def replace(self, old: str, new: str) -> None:
        """Edit the script in one place."""
        at = self.store.text.index(old)
        self.store.splice(at, len(old), new)
        self.book.settle()

    def cut(self, start: str, end: str) -> str:
        """Take the script from one heading up to another out; gives what it was."""
        text = self.store.text
        first = text.index(start)
        last = text.index(end, first + 1) if end else len(text)
        self.store.splice(first, last - first, "")
        self.book.settle()
        return text[first:last]

    def paste(self, words: str, before: str = "") -> None:
        """Put text in front of a heading, or at the end."""
        at = self.store.text.index(before) if before else len(self.store.text)
        self.store.splice(at, 0, words)
        self.book.settle()

    def panel(self, page: int, panel: int) -> str:
        """The identity of a panel of the book."""
        return self.book.page(page).panels[panel].id

    def notes(self) -> dict[str, str]:
        """All notes in the book, by page number and label of the panel."""
        found = {}
        for index in range(self.book.count):
            plan = self.book.page(index)
            for panel in plan.panels:
                if panel.notes:
                    found[f"{plan.numbers[0]}.{panel.label}"] = panel.notes
        return found

    def _follow(self, change: Change) -> None:
        for edit in change.edits:
            self.script.splice(edit.position, edit.deleted, edit.inserted)
