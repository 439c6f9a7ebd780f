"""A scene keeps its pages when they move, and its people when somebody deletes them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bible import SceneNames, ScenePages, SceneSpan, link_scene, scene_pages, unlink_scene
from core.errors import DocumentError, UsageError
from core.script import Script
from core.story import ProjectStore, Section
from core.story.records import Scene


class Desk:
    """A store whose script is parsed as it is edited."""

    def __init__(self, pages: int = 6) -> None:
        self.store = ProjectStore.create()
        self.store.splice(0, 0, "".join(page(number) for number in range(1, pages + 1)))
        self.script = Script(self.store.text).complete()
        self.store.subscribe(Section.SCRIPT, self._edited)
        self.scene = self.store.add_record(Section.SCENES, title="S")

    def _edited(self, change: object) -> None:
        for edit in getattr(change, "edits"):  # noqa: B009 - the feed's own change
            self.script.splice(edit.position, edit.deleted, edit.inserted)
        self.script.complete()

    def link(self, first: int, last: int) -> None:
        link_scene(self.store, self.script, self.scene, first, last)

    @property
    def span(self) -> SceneSpan:
        return scene_pages(self.store, self.script, self.record)

    @property
    def record(self) -> Scene:
        (scene,) = self.store.scenes()
        return scene

    def cut(self, index: int) -> str:
        pages = [*self.script.pages]
        end = pages[index + 1].offset if index + 1 < len(pages) else len(self.store.text)
        text = self.store.text[pages[index].offset : end]
        self.store.splice(pages[index].offset, len(text), "")
        return text

    def paste(self, index: int, text: str) -> None:
        end = len(self.store.text)
        at = self.script.pages[index].offset if index < len(self.script.pages) else end
        self.store.splice(at, 0, text)


def page(number: int) -> str:
    words = " ".join(f"word{number}x{count}" for count in range(12))
    return f"PAGE {number}\nPANEL 1\n{words}\n"


def test_a_scene_spans_the_pages_it_was_linked_with() -> None:
    desk = Desk()
    assert desk.span == SceneSpan(None)
    desk.link(3, 1)
    assert desk.span == SceneSpan(range(1, 4), linked=True)
    assert desk.store.undo()
    assert desk.span == SceneSpan(None)
    assert desk.store.redo()
    assert desk.span.pages == range(1, 4)
    unlink_scene(desk.store, desk.scene)
    assert desk.span == SceneSpan(None)


def test_it_follows_pages_that_are_inserted_renumbered_and_edited() -> None:
    desk = Desk()
    desk.link(1, 2)
    desk.paste(0, "PAGE 0\nnew\n")
    desk.paste(3, "PAGE 0\nnewer\n")
    assert desk.span == SceneSpan(range(2, 5), linked=True)
    heading = desk.script.pages[2].offset
    desk.store.splice(heading, len("PAGE 2"), "PAGE 99")  # typed anew, with all its letters
    desk.store.splice(desk.store.text.index("word3x4"), 7, "other")
    span = desk.span
    assert (span.pages, span.lost) == (range(2, 5), 0)


def test_a_page_that_was_cut_and_pasted_is_found_by_its_words() -> None:
    desk = Desk()
    desk.link(1, 2)
    desk.paste(4, desk.cut(2))
    assert desk.span == SceneSpan(range(1, 5), linked=True, moved=True)
    desk.paste(0, desk.cut(4))
    assert desk.span == SceneSpan(range(3), linked=True, moved=True)
    desk.link(0, 2)
    assert desk.span == SceneSpan(range(3), linked=True)


def test_a_page_that_is_gone_leaves_the_other_end_and_comes_back_with_undo() -> None:
    desk = Desk()
    desk.link(1, 3)
    desk.store.checkpoint()
    desk.cut(3)
    assert desk.span == SceneSpan(range(1, 2), linked=True, lost=1)
    desk.cut(1)
    assert desk.span == SceneSpan(None, linked=True, lost=2)
    assert desk.record.first_page  # what it was is not forgotten
    for _ in range(2):
        desk.store.undo()
    assert desk.span.pages == range(1, 4)


def test_pages_that_are_not_there_and_scenes_that_are_not_there_are_refused() -> None:
    desk = Desk()
    for first, last in ((0, 6), (-1, 2)):
        with pytest.raises(UsageError):
            desk.link(first, last)
    with pytest.raises(DocumentError):
        link_scene(desk.store, desk.script, "nobody", 0, 0)
    assert desk.record.first_page == ""


@pytest.mark.parametrize("stored", ["x", "1:2 ", "1:2", "  ", "a b c", "\u0000 \n"])
def test_odd_words_in_the_fields_are_no_pages(stored: str) -> None:
    desk = Desk(2)
    desk.store.update_record(Section.SCENES, desk.scene, first_page=stored, last_page=stored[:1])
    assert desk.span.pages is None


def test_long_scripts_are_looked_through_in_slices() -> None:
    desk = Desk(40)
    desk.link(30, 30)
    desk.paste(0, desk.cut(30))
    pages = ScenePages(desk.store, desk.script)
    assert pages.of(desk.record).searching
    steps = 0
    while not pages.advance(0.0):
        steps += 1
    assert steps > 20
    assert pages.of(desk.record).pages == range(1)


@settings(max_examples=40, deadline=None)
@given(
    first=st.integers(0, 7),
    size=st.integers(0, 3),
    moves=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.booleans()), max_size=4),
)
def test_whatever_is_moved_the_ends_are_the_same_pages(
    first: int, size: int, moves: list[tuple[int, int, bool]]
) -> None:
    desk = Desk(8)
    last = min(first + size, 7)
    desk.link(first, last)
    for start, end, renumber in moves:
        text = desk.cut(start)
        desk.paste(end, text.replace("PAGE", "Page") if renumber else text)
    words = [desk.script.pages.text(one) for one in desk.script.pages]
    ends = sorted(
        next(at for at, text in enumerate(words) if f"word{number + 1}x0 " in text)
        for number in (first, last)
    )
    span = desk.span
    assert span.pages == range(ends[0], ends[1] + 1)
    assert span.lost == 0


def test_control_without_fingerprints_a_moved_page_is_not_found() -> None:
    desk = Desk()
    desk.link(1, 1)
    key = desk.record.first_page.split()[0]
    desk.store.update_record(Section.SCENES, desk.scene, first_page=key, last_page=key)
    assert desk.span.pages == range(1, 2)
    desk.paste(0, desk.cut(1))
    assert desk.span == SceneSpan(None, linked=True, lost=2)


def test_who_was_deleted_is_said_and_stays_in_the_scene() -> None:
    store = ProjectStore.create()
    mara, joss, nell = (store.add_record(Section.CHARACTERS, name=name) for name in ("Mara", "Joss", "Nell"))
    roof = store.add_record(Section.BACKGROUNDS, name="Roof")
    references = [mara, joss, nell, "mara", "Ghost", "0" * 8 + "-0000-0000-0000-" + "0" * 12]
    scene_id = store.add_record(Section.SCENES, characters=references, background=roof, decors=["Well", roof])
    there = ProjectStore.load(store.project_id, [store.snapshot()])
    there.delete_record(Section.CHARACTERS, joss)
    there.update_record(Section.CHARACTERS, nell, trashed_at="2026-01-01T00:00:00+00:00")
    there.delete_record(Section.BACKGROUNDS, roof)
    store.receive([there.updates_since(store.version)])
    (scene,) = store.scenes()
    assert scene.id == scene_id
    found = SceneNames(store).people(scene)
    assert [(one.name, one.record is not None) for one in found] == [
        *(("Mara", True), ("Joss", False), ("Nell", False), ("Mara", True)),
        *(("Ghost", False), ("somebody deleted", False)),
    ]
    assert [one.sentence for one in found[1:3]] == ["Joss was deleted.", "Nell is in the trash."]
    assert [one.sentence for one in SceneNames(store).places(scene)] == [
        "Roof was deleted.",
        "Well is not in the bible.",
    ]
    assert list(scene.characters) == references
