"""Drafts out of a backup: whole on a new machine, merged with what is here, a copy, as they were."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from core.backup.exporting import content_id_of, create
from core.backup.importing import plan_import, undo_import
from core.backup.plan import Action, Outcome
from core.drafts import Draft, Drafts, Status
from core.media import MediaStore
from core.story import PACK_ID, Section
from core.workspace import Shelf
from tests.backup.drafts.making import (
    CLIP,
    CLIP_SHA,
    SECRET_WORDS,
    asset_called,
    brought,
    draft,
    store_of,
    waiting,
)
from tests.backup.exporting.making import PNG, SHA, project, wishes


def named(one: Draft, asset: str) -> str:
    """What an asset is called."""
    found = one.asset(asset)
    return "" if found is None else found.name


def test_on_an_empty_machine_it_is_the_same_to_the_byte_and_can_be_taken_back(
    shelf: Shelf, other_shelf: Shelf, drafts: Drafts, other_drafts: Drafts, folder: Path
) -> None:
    project(shelf)
    one = draft(drafts)
    made = create(shelf, wishes(folder))
    report = brought(other_shelf, made)
    here, there = store_of(drafts, one), store_of(other_drafts, one)
    assert there.version == here.version
    for section in (Section.PACK, Section.ASSETS, Section.PROMPTS, Section.ATTEMPTS):
        assert there.raw_records(section) == here.raw_records(section)
    media = MediaStore(other_drafts.shelf.media_of(one))
    for sha, content in ((SHA, PNG), (CLIP_SHA, CLIP)):
        path = media.path(sha)
        assert path is not None
        assert path.read_bytes() == content
    (entry,) = other_drafts.list()
    assert (entry.slug, entry.theme, entry.assets, entry.accepted) == ("ocean-red-bleu", "ocean", 2, 1)
    assert [found.title for found in other_shelf.list()] == ["Rêve"], "no draft is among the projects"
    assert content_id_of(other_shelf) == made.manifest.content_id
    assert [plan.kind for plan in report.projects] == ["", "draft"]
    plan = plan_import(other_shelf, made.path)  # type: ignore[arg-type]
    assert {project.action for project in plan.projects} == {Action.SAME}
    back = undo_import(other_shelf, report.import_id)
    assert not other_drafts.list()
    assert [found.draft_id for found in other_drafts.list(trashed=True)] == [one]
    undo_import(other_shelf, back.import_id)
    assert [found.draft_id for found in other_drafts.list()] == [one]


def test_a_slug_that_is_taken_becomes_another_and_that_is_said(
    shelf: Shelf, other_shelf: Shelf, drafts: Drafts, other_drafts: Drafts, folder: Path
) -> None:
    one = draft(drafts)
    made = create(shelf, wishes(folder, one))
    mine = other_drafts.create("Anything", slug="ocean-red-bleu").draft_id
    other_drafts.trash(mine)  # those in the trash keep theirs
    (plan,) = plan_import(other_shelf, made.path).projects  # type: ignore[arg-type]
    assert any("ocean-red-bleu-2" in item.detail for item in plan.items)
    brought(other_shelf, made)
    assert other_drafts.entry(one).slug == "ocean-red-bleu-2"
    assert store_of(other_drafts, one).raw_records(Section.PACK)[PACK_ID]["slug"] == "ocean-red-bleu-2"


def test_both_sides_edits_merge_and_undoing_takes_theirs_away_but_no_prompt(
    shelf: Shelf, other_shelf: Shelf, drafts: Drafts, other_drafts: Drafts, folder: Path
) -> None:
    one = draft(drafts)
    brought(other_shelf, create(shelf, wishes(folder, one)))
    whale, reef = (asset_called(drafts, one, name) for name in ("Baleine", "Récif"))
    with drafts.edited(one) as theirs:
        theirs.update_asset(whale, name="Blue whale")
        theirs.write_prompt(whale, "image", "theirs", "own")
    with other_drafts.edited(one) as ours:
        ours.write_prompt(reef, "image", "ours", "own")
        ours.rename("Mine")
    report = brought(other_shelf, create(shelf, wishes(folder, one)))
    (plan,) = report.projects
    assert plan.action is Action.MERGE
    merged = other_drafts.read(one)
    assert (merged.name, named(merged, whale)) == ("Mine", "Blue whale")
    assert [found.text for found in merged.prompts(reef, "image")] == ["ours"]
    assert merged.prompt_in_use(whale, "image").text == "theirs"  # type: ignore[union-attr]
    undo_import(other_shelf, report.import_id)
    after = other_drafts.read(one)
    assert (after.name, named(after, whale)) == ("Mine", "Baleine")
    assert after.prompt_in_use(whale, "image").text == SECRET_WORDS  # type: ignore[union-attr]
    assert "theirs" in [found.text for found in after.prompts(whale, "image")], "no prompt is ever lost"
    assert other_drafts.entry(one).name == "Mine"


def test_going_back_keeps_what_was_made_and_written_since(shelf: Shelf, drafts: Drafts, folder: Path) -> None:
    one = draft(drafts)
    made = create(shelf, wishes(folder, one))
    (late,) = waiting(drafts, one)
    whale = asset_called(drafts, one, "Baleine")
    with drafts.edited(one) as since:
        since.put_attempts({late: {"status": "failed", "error": "no paper"}})
        since.write_prompt(whale, "image", "written since", "own")
        since.update_asset(whale, name="Renamed")
        since.move_status(Status.READY)
    report = brought(shelf, made, actions={str(one): Action.RESTORE})
    back = drafts.read(one)
    assert named(back, whale) == "Baleine"
    assert back.prompt_in_use(whale, "image").text == SECRET_WORDS  # type: ignore[union-attr]
    assert "written since" in [found.text for found in back.prompts(whale, "image")]
    assert back.attempt(late).status == "failed", "what is over never waits again"  # type: ignore[union-attr]
    assert back.status is Status.READY
    undo_import(shelf, report.import_id)
    again = drafts.read(one)
    assert named(again, whale) == "Renamed"
    assert again.prompt_in_use(whale, "image").text == "written since"  # type: ignore[union-attr]


def test_a_copy_has_ids_of_its_own_and_waits_for_nobodys_job(
    shelf: Shelf, drafts: Drafts, folder: Path
) -> None:
    one = draft(drafts)
    with drafts.edited(one) as edited:
        edited.update_pack(visibility="public")
    made = create(shelf, wishes(folder, one))
    (plan,) = brought(shelf, made, actions={str(one): Action.COPY}).projects
    copy = UUID(plan.project_id)
    assert copy != one
    for section in (Section.ASSETS, Section.PROMPTS, Section.ATTEMPTS):
        ours, theirs = (set(store_of(drafts, key).raw_records(section)) for key in (one, copy))
        assert len(ours) == len(theirs)
        assert not ours & theirs
    assert waiting(drafts, one)
    assert not waiting(drafts, copy)
    assert not drafts.entry(copy).is_public
    assert drafts.entry(copy).slug != drafts.entry(one).slug
    assert MediaStore(drafts.shelf.media_of(copy)).verify(SHA)


def test_files_that_are_gone_come_back_with_the_same_draft(
    shelf: Shelf, drafts: Drafts, folder: Path
) -> None:
    one = draft(drafts)
    made = create(shelf, wishes(folder, one))
    (drafts.shelf.media_of(one) / f"{SHA}.png").write_bytes(b"altered")
    (drafts.shelf.media_of(one) / f"{CLIP_SHA}.mp4").unlink()
    (plan,) = brought(shelf, made).projects
    media = MediaStore(drafts.shelf.media_of(one))
    assert media.verify(CLIP_SHA)
    assert media.verify(SHA)
    assert Outcome.REFUSED not in {item.outcome for item in plan.items}


def test_what_was_being_made_is_told_and_the_trash_stays_the_trash(
    shelf: Shelf, other_shelf: Shelf, drafts: Drafts, other_drafts: Drafts, folder: Path
) -> None:
    one = draft(drafts)
    drafts.trash(one)
    made = create(shelf, wishes(folder))
    plan = plan_import(other_shelf, made.path)  # type: ignore[arg-type]
    assert any("1 thing was being made" in note for note in plan.notes)
    brought(other_shelf, made)
    assert [entry.draft_id for entry in other_drafts.list(trashed=True)] == [one]


def test_only_some_sections_of_projects_bring_no_draft(
    shelf: Shelf, other_shelf: Shelf, drafts: Drafts, other_drafts: Drafts, folder: Path
) -> None:
    project(shelf)
    draft(drafts)
    brought(other_shelf, create(shelf, wishes(folder)), sections=("characters",))
    assert not other_drafts.list()
    assert other_shelf.list(), "control: the project came"


def test_an_id_that_is_a_projects_here_never_takes_a_draft_in(
    shelf: Shelf, other_shelf: Shelf, drafts: Drafts, other_drafts: Drafts, folder: Path
) -> None:
    one = draft(drafts)
    made = create(shelf, wishes(folder, one))
    mine = other_shelf.create(title="Mine", text="PAGE 1\n").project_id
    other_shelf.make_folder()
    other_shelf.path_of(mine).rename(other_shelf.path_of(one))  # somebody has seen to it
    (plan,) = brought(other_shelf, made).projects
    assert plan.action is Action.CREATE
    assert UUID(plan.project_id) != one
    assert other_shelf.entry(one).title == "Mine"
    assert other_drafts.list()[0].draft_id == UUID(plan.project_id)
