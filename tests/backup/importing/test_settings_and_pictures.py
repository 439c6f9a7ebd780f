"""What comes beside words: settings when asked for, pictures with their right bytes, earlier texts once."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from core.backup.importing import ImportRefusedError
from core.backup.importing.reading.states import states_at
from core.backup.plan import Action, Decisions, Outcome
from core.content import OldText, Picture, RawRecord
from core.media import MediaStore
from core.story import Section
from tests.backup.importing.desk import SCRIPT, Desk, content_of, foreign, given, item

PNG = b"\x89PNG\r\n\x1a\n" + b"not really"
SHA = sha256(PNG).hexdigest()
THEIRS = b'[server]\nurl = "postgresql://theirs/"\n\n[editor]\nwrap = 80\n'
OURS = '[server]\nurl = "postgresql://me:secret@ours/"\n\n[editor]\nwrap = 72\n'


def test_settings_come_only_when_asked_for_and_leave_this_machines_server(desk: Desk) -> None:
    config = desk.shelf.paths.config
    config.mkdir(parents=True)
    (config / "settings.toml").write_text(OURS)
    source = replace(given(), files={"settings.toml": THEIRS, "words.txt": b"Akira\n", "evil.sh": b"x"})
    plan = desk.look(source)
    assert plan.projects == ()
    assert "--settings" in plan.notes[0]
    report = desk.bring(source, Decisions(settings=True))
    assert item(desk.plan, "settings.toml").detail == "editor.wrap", "what would change is told"
    assert tomllib.loads((config / "settings.toml").read_text()) == tomllib.loads(OURS.replace("72", "80"))
    assert (config / "words.txt").read_text() == "Akira\n"
    assert not (config / "evil.sh").exists()
    desk.undo(report)
    assert (config / "settings.toml").read_text() == OURS
    assert not (config / "words.txt").exists()


def test_settings_that_were_changed_since_stay_when_the_import_is_taken_back(desk: Desk) -> None:
    source = replace(given(), files={"words.txt": b"Akira\n"})
    report = desk.bring(source, Decisions(settings=True))
    words = desk.shelf.paths.config / "words.txt"
    words.write_text("Akira\nMika\n")
    undone = desk.undo(report)
    assert words.read_text() == "Akira\nMika\n"
    assert item(undone, "words.txt").detail == "edited since; it stays"


def test_settings_that_are_none_are_refused(desk: Desk) -> None:
    source = replace(given(), files={"settings.toml": b"[broken"})
    report = desk.bring(source, Decisions(settings=True))
    assert item(report, "settings.toml").outcome is Outcome.REFUSED
    assert not (desk.shelf.paths.config / "settings.toml").exists()


@pytest.mark.parametrize(("data", "outcome"), [(PNG, Outcome.CREATE), (b"others", Outcome.REFUSED)])
def test_a_picture_comes_with_the_bytes_that_its_name_promises(
    desk: Desk, data: bytes, outcome: Outcome
) -> None:
    content = replace(foreign(), pictures=(Picture(SHA, len(PNG), "image/png", "a.png"),))
    report = desk.bring(replace(given(content), pictures={SHA: data}))
    assert item(report, "a.png").outcome is outcome
    project = desk.shelf.list()[0].project_id
    assert MediaStore(desk.shelf.media_of(project)).verify(SHA) == (outcome is Outcome.CREATE)
    if outcome is Outcome.CREATE:
        assert desk.bring(replace(given(content), pictures={SHA: data})).projects[0].action is Action.SAME


def test_a_picture_that_is_not_in_the_source_is_named(desk: Desk) -> None:
    content = replace(foreign(), pictures=(Picture(SHA, len(PNG), "image/png", "a.png"),))
    report = desk.bring(given(content))
    assert item(report, "a.png").outcome is Outcome.REFUSED
    assert desk.open(report.projects[0].project_id).text == SCRIPT


def test_earlier_texts_are_in_the_history_once_and_show_nowhere(desk: Desk) -> None:
    moment = datetime(2025, 5, 12, tzinfo=UTC)
    first = replace(foreign(), older=(OldText("A first draft.", moment, "mika", "row 1"),))
    report = desk.bring(given(first, system="mangaka"))
    later = replace(
        first, older=(*first.older, OldText("A second.\n\nPAGE 1\n\nRain.", moment, "mika", "row 2"))
    )
    again = desk.bring(given(later, system="mangaka"))
    assert item(again, "row 1").outcome is Outcome.SAME
    assert item(again, "row 2").outcome is Outcome.CREATE
    store = desk.open(report.projects[0].project_id)
    assert store.text == SCRIPT
    assert desk.bring(given(later, system="mangaka")).projects[0].action is Action.SAME
    assert desk.open(store.project_id).version == store.version


def test_ids_that_stand_twice_and_circles_are_refused(desk: Desk) -> None:
    twice = replace(
        foreign(),
        records={Section.CHARACTERS: (RawRecord("a", {"name": "A"}), RawRecord("a", {"name": "B"}))},
    )
    pages = (RawRecord("p", {"after": "q"}), RawRecord("q", {"after": "p"}))
    circle = replace(foreign(), records={Section.ASSEMBLY: pages})
    for content, said in ((twice, "stands 2 times"), (circle, "in a circle")):
        assert said in desk.look(given(content)).problems[0]
        with pytest.raises(ImportRefusedError):
            desk.bring(given(content))
    assert desk.shelf.list() == []


def test_links_that_lead_nowhere_are_told_and_stay(desk: Desk) -> None:
    records: dict[Section, dict[str, dict[str, object]]] = {
        Section.CHARACTERS: {"c1": {"name": "Akira"}},
        Section.SCENES: {"s1": {"title": "The door", "characters": ["c1", "c9"]}},
    }
    source = given(foreign(SCRIPT, records), system="hublib")
    assert "1 link between records leads to nothing" in desk.look(source).notes[0]
    report = desk.bring(source)
    assert desk.open(report.projects[0].project_id).scenes()[0].characters[1] == "c9"


def test_in_data_of_our_own_links_that_lead_nowhere_are_refused_unless_they_are_wanted(desk: Desk) -> None:
    people = (RawRecord("c1", {"name": "Akira"}),)
    scenes = (RawRecord("s1", {"title": "The door", "characters": ["c1", "c9"]}),)
    broken = replace(foreign(), records={Section.CHARACTERS: people, Section.SCENES: scenes})
    whole = replace(broken, records={Section.SCENES: scenes})
    assert desk.look(given(whole)).problems == (), "only scenes were backed up: nobody can say"
    assert "scenes s1: c9" in desk.look(given(broken)).problems[0]
    with pytest.raises(ImportRefusedError):
        desk.bring(given(broken))
    assert desk.shelf.list() == []
    report = desk.bring(given(broken), Decisions(adopt=True))
    assert desk.open(report.projects[0].project_id).scenes()[0].characters[1] == "c9"


def test_two_with_the_same_title_are_both_kept(desk: Desk) -> None:
    desk.bring(given(foreign(key="one"), foreign(key="two"), system="hublib"))
    assert [entry.title for entry in desk.shelf.list()] == ["A storm", "A storm"]


@pytest.mark.parametrize(
    "script", ["", "\n", "PAGE 1", "\n\nPAGE 1\n", "no page", "e\u0301 👩‍👩‍👧 ‮x\u2028y  \n", "a\r\nb\rc"]
)
def test_odd_texts_come_letter_by_letter(desk: Desk, script: str) -> None:
    report = desk.bring(given(foreign(script), system="hublib"))
    store = desk.open(report.projects[0].project_id)
    assert store.text == script.replace("\r\n", "\n").replace("\r", "\n")
    assert states_at([store.snapshot()], [store.frontier])[0].text == store.text


def test_a_project_that_is_the_same_brings_the_pictures_whose_files_are_gone(desk: Desk) -> None:
    picture = Picture(SHA, len(PNG), "image/png", "a.png")
    entry = desk.shelf.create(title="A storm", text=SCRIPT)
    content = replace(content_of(desk.open(entry.project_id)), pictures=(picture,))
    source = replace(given(content), pictures={SHA: PNG})
    report = desk.bring(source)
    assert item(desk.plan, "a.png").outcome is Outcome.CREATE
    assert item(report, "a.png").outcome is Outcome.CREATE
    assert MediaStore(desk.shelf.media_of(entry.project_id)).verify(SHA)
    assert desk.bring(source).projects[0].action is Action.SAME
