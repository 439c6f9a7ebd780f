"""What the script has of the bible is one answer for all who ask, never an older one after a newer one."""

from __future__ import annotations

from core.bible import BibleInScript
from core.script import Script
from core.story import Change, ProjectStore, Section

TEXT = "PAGE 1\nINT. ROOF - NIGHT\nPANEL 1\nMARA: Here.\nTOM: There.\n\nPAGE 2\nPANEL 1\nMARA: Again.\n"


class Desk:
    """A project whose script is parsed as it is edited, and what is asked of it."""

    def __init__(self) -> None:
        self.store = ProjectStore.create()
        self.store.splice(0, 0, TEXT)
        self.mara = self.store.add_record(Section.CHARACTERS, name="Mara")
        self.roof = self.store.add_record(Section.BACKGROUNDS, name="Roof")
        self.script = Script(self.store.text).complete()
        self.bible = BibleInScript(self.store, self.script, self.store.characters)
        self.store.subscribe(Section.SCRIPT, self._edited)
        self.told = 0
        self.bible.listen(self._tell)

    def _edited(self, change: Change) -> None:
        for edit in change.edits:
            self.script.splice(edit.position, edit.deleted, edit.inserted)

    def _tell(self) -> None:
        self.told += 1

    def read(self) -> None:
        """As a tab does it, with what threads make made at once."""
        if self.bible.cast_is_old:
            wanted = self.bible.cast_wanted()
            self.bible.take_cast(wanted.make(), wanted.number)
        while not self.bible.advance(100):
            pass


def test_what_one_has_read_nobody_reads_again() -> None:
    desk = Desk()
    desk.read()
    version, answers = desk.bible.version, desk.bible.presence.version
    assert desk.bible.presence.of(desk.mara).lines == 2
    desk.read()
    assert (desk.bible.version, desk.bible.presence.version) == (version, answers)
    desk.store.splice(len(TEXT), 0, "TOM: So?\n")
    desk.read()
    assert desk.bible.version > version
    assert desk.bible.presence.unknown() == [("TOM", 2)]


def test_nothing_is_ready_before_the_script_was_read_with_the_people_of_the_bible() -> None:
    desk = Desk()
    bible = desk.bible
    desk.store.add_record(Section.BACKGROUNDS, name="Cellar")
    # As long as nothing was read there are no places to count.
    states = [(bible.cast_is_old, bible.waits_for_cast, bible.ready, bible.places_are_old)]
    wanted = bible.cast_wanted()
    states.append((bible.cast_is_old, bible.waits_for_cast, bible.ready, bible.places_are_old))
    bible.take_cast(wanted.make(), wanted.number)
    assert desk.told == 1
    states.append((bible.cast_is_old, bible.waits_for_cast, bible.ready, bible.places_are_old))
    desk.read()
    states.append((bible.cast_is_old, bible.waits_for_cast, bible.ready, bible.places_are_old))
    assert states == [
        (True, False, False, False),
        (False, True, False, False),
        (False, False, False, False),
        (False, False, True, True),
    ]


def test_names_that_come_late_from_a_thread_replace_no_newer_ones() -> None:
    desk = Desk()
    slow = desk.bible.cast_wanted()
    desk.store.add_record(Section.CHARACTERS, name="Tom")
    assert desk.bible.cast_is_old
    quick = desk.bible.cast_wanted()
    desk.bible.take_cast(quick.make(), quick.number)
    desk.bible.take_cast(slow.make(), slow.number)
    desk.read()
    assert desk.bible.presence.unknown() == []


def test_places_that_come_late_from_a_thread_replace_no_newer_ones() -> None:
    desk = Desk()
    desk.read()
    slow = desk.bible.places_wanted()
    made = slow.make()
    desk.store.add_record(Section.BACKGROUNDS, name="Cellar")
    assert desk.bible.places_are_old
    quick = desk.bible.places_wanted()
    desk.bible.take_places(quick.make(), quick.of)
    desk.bible.take_places(made, slow.of)
    assert desk.bible.places is not None
    assert len(desk.bible.places.uses) == 2
    assert desk.bible.places.uses[desk.roof].scenes == 1
    assert not desk.bible.places_are_old


def test_timelines_are_of_a_former_state_until_new_ones_are_whole() -> None:
    desk = Desk()
    desk.read()
    assert desk.bible.timelines == {}
    assert desk.bible.advance_timelines(100)
    assert desk.bible.timelines == {desk.mara: (1, 1)}
    desk.store.splice(0, len("PAGE 1\nINT. ROOF - NIGHT\nPANEL 1\nMARA: Here."), "PAGE 1\nPANEL 1\n")
    desk.read()
    assert not desk.bible.advance_timelines(-1)  # no time at all
    assert desk.bible.timelines == {desk.mara: (1, 1)}
    assert desk.bible.advance_timelines(100)
    assert desk.bible.timelines == {desk.mara: (0, 1)}


def test_what_is_written_of_somebody_is_no_reason_to_read_anew() -> None:
    desk = Desk()
    desk.read()
    desk.store.update_record(Section.CHARACTERS, desk.mara, role="lead")
    assert not desk.bible.cast_is_old
    desk.store.update_record(Section.CHARACTERS, desk.mara, name="Nell")
    assert desk.bible.cast_is_old
