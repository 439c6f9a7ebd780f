"""What is typed while an outside change is compared with the script is no reason to begin anew."""

from __future__ import annotations

from collections.abc import Mapping

from core.story import Frontier, three_way
from core.workspace import Shelf, open_store
from core.workspace.filelink import FileLink
from tests.workspace.conftest import shelf

__all__ = ["shelf"]

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\nMIKA : Run.\n"


def test_edits_made_beside_the_keys_fit_whatever_was_typed(shelf: Shelf) -> None:
    entry = shelf.create(title="Rain", text=SCRIPT)
    store = open_store(shelf, entry)
    journal, _ = shelf.open_journal(entry.project_id)
    moved: list[bool] = []

    def facts(frontier: Frontier, typed: bool) -> Mapping[str, str]:
        moved.append(typed)
        return {"link": "it"}

    def note(_: object) -> None:
        link.riding and link.riding(store.frontier)

    link = FileLink(shelf, store, journal, lambda: None, lambda call: call())
    store.subscribe(None, note)
    outside = SCRIPT.replace("Run.", "Run, now.")
    edits = three_way(SCRIPT, link.now(follow=True).text, outside)
    store.splice(0, 0, "Rain. ")
    store.splice(store.text_length, 0, "KEN : Wait.\n")
    assert link.edit(edits, facts)
    assert store.text == f"Rain. {outside}KEN : Wait.\n"
    assert moved == [True]  # the file says less than the script: no state of it is the file's
    store.undo()
    assert store.text == f"Rain. {SCRIPT}KEN : Wait.\n"

    assert not link.edit(three_way(store.text, link.now(follow=True).text, store.text), facts)
    assert moved == [True, False]
    link.close(0)
    journal.close()
