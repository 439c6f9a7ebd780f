"""The bible's names are believed in the script at once, in the open project and in the server's counts."""

from __future__ import annotations

from pathlib import Path

from core.paths import Paths
from core.script import LineKind
from core.server.pages import PageMap
from core.story import Section
from core.workspace import ProjectSession, Shelf

TEXT = "PAGE 1 :\n\nPANEL 1 :\n(A room.)\nUncle Remy : Once only.\n"


def test_a_name_of_the_bible_is_a_speaker_as_soon_as_it_stands_there(tmp_path: Path) -> None:
    shelf = Shelf(Paths(tmp_path / "data", tmp_path / "config", tmp_path / "logs", tmp_path / "state"))
    project = shelf.create(title="Names", text=TEXT).project_id
    session = ProjectSession.open(shelf, project, on_ui=lambda call: call())
    script = session.script.complete()
    assert script.kind(4) is LineKind.DESCRIPTION
    record = session.store.add_record(Section.CHARACTERS, name="Remy", aliases=("Uncle Remy",))
    assert script.complete().kind(4) is LineKind.DIALOGUE
    session.store.delete_record(Section.CHARACTERS, record)
    assert script.complete().kind(4) is LineKind.DESCRIPTION
    session.store.undo()
    session.close()
    again = ProjectSession.open(shelf, project, on_ui=lambda call: call())
    assert again.script.complete().kind(4) is LineKind.DIALOGUE
    again.close()


def test_the_servers_counts_believe_the_same_names() -> None:
    pages = PageMap(TEXT, str)
    assert pages.changes()
    assert pages.statistics.dialogues == 0
    pages.set_names(["uncle remy"])
    pages.changes()
    assert pages.statistics.dialogues == 1
