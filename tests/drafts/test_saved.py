"""Attacks on drafts that travel: the server, a second machine, words and files of two writers."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.drafts import Draft, Drafts
from core.media import known_pictures, name_pictures
from core.media.asking import Asker
from core.server import Server
from core.workspace import Shelf, server_entries
from core.workspace.saving import Inbox, save_project
from tests.drafts.acting import SECONDS, all_of, saved, sha_of, tried
from tests.media.carrying import MP3, MP4


def rows(server: Server, sql: str) -> list[tuple[object, ...]]:
    with server.connect() as link:
        return link.execute(sql).fetchall()


def test_drafts_are_saved_beside_projects_and_listed_apart(drafts: Drafts, server: Server) -> None:
    shelf = Shelf(drafts.paths)
    project, made = shelf.create(title="Rain", text="PAGE 1\n"), drafts.create("Jungle")
    with drafts.edited(made.draft_id) as draft:
        fox = draft.add_asset("character", "Renard", names={"en": "Fox"})
        draft.write_prompt(fox, "image", "a fox")
    for there, key in ((shelf, project.project_id), (drafts.shelf, made.draft_id)):
        save_project(there, key, server)
    assert [entry.title for entry in server_entries(server)] == ["Rain"]
    assert [entry.title for entry in server.drafts()] == ["Jungle"]
    kinds = rows(server, "SELECT title, kind FROM projects ORDER BY title")
    assert kinds == [("Jungle", "draft"), ("Rain", "project")]
    assert rows(server, "SELECT title FROM unified_documents") == [("Rain",)]
    sections = rows(server, "SELECT section, content->>'name' FROM records ORDER BY section")
    assert sections == [("assets", "Renard"), ("pack", None), ("prompts", None)]
    # the control: the view would show the draft if the column did not say what it is
    with server.connect() as link:
        link.execute("UPDATE projects SET kind = 'project'")
        assert link.execute("SELECT count(*) FROM unified_documents").fetchone() == (2,)
    with drafts.edited(made.draft_id) as draft:
        draft.rename("Savane")
    save_project(drafts.shelf, made.draft_id, server)  # each save says it again
    assert rows(server, "SELECT title, kind FROM projects WHERE kind = 'draft'") == [("Savane", "draft")]


def test_two_machines_work_on_one_draft_and_lose_nothing(
    drafts: Drafts, other_drafts: Drafts, server: Server, tmp_path: Path
) -> None:
    made = drafts.create("Jungle", languages=("fr",))
    inbox, there_inbox = Inbox(), Inbox()
    here = drafts.open(made.draft_id, on_ui=inbox.put, server=server)
    mine = Draft(here.store)
    fox = mine.add_asset("character", "Renard")
    clip = here.media.add_bytes(Asker(), MP4, "fox.mp4")
    name_pictures(here.store, [clip])
    attempt = tried(mine, fox, "running", medium="clip")
    mine.put_attempts({attempt: {"status": "done", "output": clip.sha, "mime": clip.mime}}, [clip])
    assert saved(here, inbox)

    (there_only,) = other_drafts.on_server(server)
    assert other_drafts.fetch(server, there_only).slug == "jungle"
    assert other_drafts.on_server(server) == drafts.on_server(server) == ()
    there = other_drafts.open(made.draft_id, on_ui=there_inbox.put, server=server)
    theirs = Draft(there.store)
    assert there_inbox.run_until(lambda: there.media.path(clip.sha) is not None, SECONDS)
    assert there.media.verify(clip.sha)  # the clip has come along with the words

    song = there.media.add_bytes(Asker(), MP3, "fox.mp3")
    theirs.put_attempts(
        {tried(theirs, fox, "running", medium="music"): {"status": "done", "output": song.sha}}, [song]
    )
    theirs.write_prompt(fox, "image", "theirs")
    mine.write_prompt(fox, "image", "mine")
    mine.accept(fox, attempt)
    assert saved(there, there_inbox)
    assert saved(here, inbox)
    assert saved(there, there_inbox)
    assert all_of(mine) == all_of(theirs)
    assert {one.text for one in mine.prompts(fox, "image")} == {"mine", "theirs"}
    assert known_pictures(here.store).keys() == {clip.sha, song.sha}
    assert inbox.run_until(lambda: here.media.path(song.sha) is not None, SECONDS)
    for session in (here, there):
        assert session.close()


def test_what_no_save_has_taken_along_is_in_the_journal(drafts: Drafts, server: Server) -> None:
    made = drafts.create("Jungle")
    inbox = Inbox()
    session = drafts.open(made.draft_id, on_ui=inbox.put, server=server)
    draft = Draft(session.store)
    draft.add_assets([{"kind": "prop", "name": str(number)} for number in range(5)])
    assert saved(session, inbox)
    draft.add_asset("prop", "late")
    session.close(0.0)
    assert drafts.entry(made.draft_id).assets == 6
    assert drafts.entry(made.draft_id).edits_waiting >= 1


@pytest.mark.parametrize("text", ["\0 and \ud800", "x" * 100])
def test_what_no_database_can_hold_is_cleaned_on_the_way_in(drafts: Drafts, text: str) -> None:
    made = drafts.create("Jungle")
    with drafts.edited(made.draft_id) as draft:
        fox = draft.add_asset("prop", f"n{text}")
        draft.write_prompt(fox, "image", f"p{text}")
        draft.put_attempts({sha_of("a")[:36]: {"asset": fox, "medium": "image", "error": text}})
    draft = drafts.read(made.draft_id)
    for words in (draft.assets()[0].name, draft.prompts(fox, "image")[0].text, draft.attempts(fox)[0].error):
        assert "\0" not in words
        words.encode()
