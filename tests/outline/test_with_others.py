"""A page is moved while somebody else writes: pages are known again, words left behind are found."""

from __future__ import annotations

from core.script import Script
from core.script.moving import Moved, move
from core.story import PageMark, ProjectStore, TextEdit, fingerprint, left_behind, relink

TEXT = """\
PAGE 1 :

PANEL 1 :
AKIRA : The first page speaks of rain and roofs, and of the night.

PAGE 2 :

PANEL 1 :
BO : The sea.

PANEL 2 :
(A boat, far out, and nobody in it that one could see from here.)

PAGE 3 :

PANEL 1 :
(Snow.)
"""


def pair() -> tuple[ProjectStore, ProjectStore]:
    mine = ProjectStore.create()
    mine.splice(0, 0, TEXT)
    return mine, ProjectStore.load(mine.project_id, [mine.snapshot()])


def marks(store: ProjectStore) -> list[PageMark]:
    script = Script(store.text).complete()
    return [
        PageMark(store.character_id(page.offset), fingerprint(script.pages.text(page)))
        for page in script.pages
    ]


def moved(store: ProjectStore, heading: str, *, down: bool) -> None:
    script = Script(store.text).complete()
    row = script.lines.text().split("\n").index(heading)
    found = move(script, row, down=down)
    assert isinstance(found, Moved)
    store.edit_text([TextEdit(*edit) for edit in found.edits])


def test_every_page_is_known_again_after_a_move() -> None:
    store, _ = pair()
    before = marks(store)
    moved(store, "PAGE 2 :", down=False)
    links = relink(before, marks(store))
    assert (links.gone, links.born, len(links.moved)) == ((), (), 1)  # the shorter of the two moved


def test_a_panel_that_passes_a_page_leaves_the_page_what_it_is() -> None:
    store, _ = pair()
    before = [mark.key for mark in marks(store)]
    moved(store, "PANEL 2 :", down=True)
    assert [mark.key for mark in marks(store)] == before


def test_what_somebody_writes_into_the_moved_page_is_kept_and_can_be_brought_home() -> None:
    mine, theirs = pair()
    before = mine.version
    theirs.splice(theirs.text.index("speaks"), 0, "often and gladly ")
    moved(mine, "PAGE 1 :", down=True)
    held = mine.version
    update = theirs.updates_since(before)
    mine.receive([update])
    assert "often and gladly " in mine.text
    strays = left_behind([mine.snapshot()], held, [update])
    for stray in strays:
        assert mine.bring_home(stray)
    assert "The first page often and gladly speaks of rain" in mine.text
