"""Attacks on the folder of drafts: slugs taken twice, copies that share ids, drafts shown as projects."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.drafts import Draft, DraftError, Drafts, MediumStatus, Status
from core.drafts.pack.files import find_missing, note_missing, outputs
from core.drafts.slugs import LONGEST, check_slug, distinct_slugs, free_slug, is_slug, slug_of
from core.errors import NotFound, UsageError
from core.journal import read_facts
from core.media import MediaStore, Picture, known_pictures, used
from core.workspace import Shelf
from core.workspace.saving import Inbox
from tests.backup.exporting import covered
from tests.drafts.acting import all_of, tried
from tests.media.making import noise

HOSTILE = ("../../x", "..", "/etc/passwd", "a/b", "a\\b", "con", "-x", "x-", "a--b", "É", "x" * 61, "", "a\n")


@given(st.text(max_size=80))
@example("../../x")
@example("Îles & Œuvres — ﬁn")
@example("東京")
@example("CON")
@example("lpt1")
def test_every_name_gives_a_slug(name: str) -> None:
    slug = slug_of(name)
    assert is_slug(slug)
    assert len(slug) <= LONGEST
    assert slug_of(unicodedata.normalize("NFD", name)) == slug_of(unicodedata.normalize("NFC", name))


@given(st.lists(st.sampled_from(("Été", "ete", "ETE", "ete 2", "ete-2", "東", "x" * 90)), max_size=12))
def test_slugs_of_equal_names_differ(names: list[str]) -> None:
    slugs = distinct_slugs(names)
    assert len(set(slugs)) == len(slugs) == len(names)
    assert all(map(is_slug, slugs))


@pytest.mark.parametrize("slug", HOSTILE)
def test_what_is_no_slug_is_refused(drafts: Drafts, slug: str) -> None:
    with pytest.raises(DraftError, match="A slug has"):
        check_slug(slug)
    if slug:
        with pytest.raises(DraftError, match="A slug has"):
            drafts.create("Pack", slug=slug)
    assert drafts.list() == []


def test_a_slug_is_given_once_whatever_the_accents(drafts: Drafts) -> None:
    made = [drafts.create(name).slug for name in ("Forêt", "FORET", "fore\u0302t", "forêt!", "東京", "大阪")]
    assert made == ["foret", "foret-2", "foret-3", "foret-4", "pack", "pack-2"]
    with pytest.raises(DraftError, match="is called foret already"):
        drafts.create("Another", slug="foret")
    drafts.trash(drafts.find("foret").draft_id)
    assert drafts.create("Forêt").slug == "foret-5"  # one in the trash comes back with its own
    assert free_slug("a", {"a", "a-2"}) == "a-3"


RACER = """
import sys
from pathlib import Path
from core.drafts import Drafts
from core.paths import Paths
root = Path(sys.argv[1])
drafts = Drafts(Paths(root / "data", root / "config", root / "logs", root / "state"))
sys.stdin.readline()
for _ in range(4):
    print(drafts.create("Forêt").slug)
"""


def test_programs_that_create_at_once_take_different_slugs(drafts: Drafts, tmp_path: Path) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACER, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    said = [racer.communicate("go\n") for racer in racers]
    given = [slug for out, _ in said for slug in out.split()]
    assert len(given) == len(set(given)) == 8
    assert {entry.slug for entry in drafts.list()} == set(given)


def test_drafts_are_no_projects(drafts: Drafts) -> None:
    shelf = Shelf(drafts.paths)
    project = shelf.create(title="Rain")
    draft = drafts.create("Jungle", theme="jungle", languages=["fr", "PT_br"], visibility="public")
    assert [entry.project_id for entry in shelf.list()] == [project.project_id]
    assert [entry.draft_id for entry in drafts.list()] == [draft.draft_id]
    assert (draft.theme, draft.is_public, draft.status) == ("jungle", True, Status.DRAFT)
    opened = drafts.read(draft.draft_id)
    assert opened.store.meta.kind == "draft"
    assert opened.languages == ("fr", "pt-BR")
    with pytest.raises(NotFound, match="no draft"):
        drafts.entry(project.project_id)
    with pytest.raises(NotFound, match="No draft fits"):
        drafts.find("Rain")


def test_a_draft_is_private_unless_said(drafts: Drafts) -> None:
    assert not drafts.create("Jungle").is_public
    with pytest.raises(DraftError, match="private or public"):
        drafts.create("Jungle", visibility="Public")
    with pytest.raises((DraftError, UsageError)):
        drafts.create(" \n ")
    assert len(drafts.list()) == 1


def test_a_draft_is_found_by_id_slug_name_or_what_it_begins_with(drafts: Drafts) -> None:
    one, two = drafts.create("Forêt"), drafts.create("Forêt noire")
    for wanted in (str(one.draft_id), "foret", "FORÊT", "forêt"):
        assert drafts.find(wanted).draft_id == one.draft_id
    assert drafts.find("foret-n").draft_id == two.draft_id
    with pytest.raises(NotFound, match="2 drafts fit"):
        drafts.find("Fo")


def with_picture(drafts: Drafts, folder: Path) -> tuple[UUID, str, Picture]:
    """A draft with an asset whose picture is accepted."""
    made = drafts.create("Jungle", languages=("fr",))
    media = MediaStore(drafts.shelf.media_of(made.draft_id), folder / "small")
    picture = media.add(noise(folder / "fox.png"))
    with drafts.edited(made.draft_id) as draft:
        fox = draft.add_asset("character", "Renard", names={"en": "Fox"})
        prompt = draft.write_prompt(fox, "image", "a fox")
        attempt = tried(draft, fox, "running", revision=prompt)
        draft.put_attempts({attempt: {"status": "done", "output": picture.sha}}, [picture])
        draft.accept(fox, attempt)
        draft.update_pack(cover=fox, visibility="public")
        tried(draft, fox, "waiting")
        draft.move_status(Status.PUBLISHING)
        draft.move_status(Status.PUBLISHED, published={"content": draft.content})
    return made.draft_id, fox, picture


def test_a_copy_has_everything_under_ids_of_its_own(drafts: Drafts, tmp_path: Path) -> None:
    draft_id, fox, picture = with_picture(drafts, tmp_path)
    copy = drafts.duplicate(draft_id)
    assert (copy.name, copy.slug, copy.status, copy.is_public) == (
        "Jungle (copy)",
        "jungle-copy",
        Status.DRAFT,
        False,
    )
    here, there = drafts.read(draft_id), drafts.read(copy.draft_id)
    for mine, theirs in (
        (here.index.assets, there.index.assets),
        (here.index.prompts, there.index.prompts),
        (here.index.attempts, there.index.attempts),
    ):
        assert len(mine) == len(theirs)
        assert not mine.keys() & theirs.keys()
    twin = there.assets()[0]
    used_prompt, accepted = there.prompt_in_use(twin.id, "image"), there.accepted(twin.id, "image")
    assert used_prompt is not None
    assert accepted is not None
    assert (used_prompt.text, accepted.output, accepted.revision) == ("a fox", picture.sha, used_prompt.id)
    assert (there.pack.cover, dict(there.pack.published)) == (twin.id, {})
    assert there.under_way() == []  # what runs is the original's
    assert known_pictures(there.store).keys() == {picture.sha}
    assert picture.sha in used(there.store)
    assert MediaStore(drafts.shelf.media_of(copy.draft_id)).verify(picture.sha)
    assert len(here.under_way()) == 1
    assert fox in here.index.assets


def test_what_is_thrown_away_comes_back_with_all(drafts: Drafts, tmp_path: Path) -> None:
    draft_id, _, picture = with_picture(drafts, tmp_path)
    before = all_of(drafts.read(draft_id))
    drafts.trash(draft_id)
    assert drafts.list() == []
    assert [entry.slug for entry in drafts.list(trashed=True)] == ["jungle"]
    drafts.restore(draft_id)
    entry = drafts.entry(draft_id)
    assert (entry.slug, entry.status, entry.accepted) == ("jungle", Status.PUBLISHED, 1)
    assert all_of(drafts.read(draft_id)) == before
    assert MediaStore(drafts.shelf.media_of(draft_id)).verify(picture.sha)


def test_what_is_being_published_is_not_thrown_away(drafts: Drafts) -> None:
    made = drafts.create("Jungle")
    with drafts.edited(made.draft_id) as draft:
        draft.move_status(Status.PUBLISHING)
    with pytest.raises(DraftError, match="being published"):
        drafts.trash(made.draft_id)
    assert len(drafts.list()) == 1


def test_a_file_gone_or_altered_is_found_and_said(drafts: Drafts, tmp_path: Path) -> None:
    draft_id, fox, picture = with_picture(drafts, tmp_path)
    media, draft = MediaStore(drafts.shelf.media_of(draft_id)), drafts.read(draft_id)
    with drafts.edited(draft_id) as opened:
        opened.put_attempts({opened.under_way()[0].id: {"status": "cancelled"}})
    draft = drafts.read(draft_id)
    assert find_missing(media, outputs(draft)) == frozenset()
    path = media.path(picture.sha)
    assert path is not None
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    missing = find_missing(media, outputs(draft))
    assert missing == {picture.sha}
    assert note_missing(draft, missing)
    asset = draft.asset(fox)
    assert asset is not None
    assert draft.state_of(asset, "image").status is MediumStatus.MISSING
    path.unlink()
    assert find_missing(media, outputs(draft)) == {picture.sha}


def test_lists_tell_the_status_of_a_draft_whose_program_was_killed(drafts: Drafts) -> None:
    made = drafts.create("Jungle")
    session = drafts.open(made.draft_id, on_ui=Inbox().put)
    Draft(session.store).move_status(Status.GENERATING)
    session.journal.flush()
    assert drafts.entry(made.draft_id).status is Status.GENERATING  # nothing was closed, nothing saved
    session.close()


def test_every_fact_of_a_drafts_journal_is_in_a_backup_or_has_a_reason(drafts: Drafts) -> None:
    made = drafts.create("Jungle")
    drafts.trash(made.draft_id)
    facts = read_facts(drafts.shelf.path_of(made.draft_id))
    assert facts.keys() <= covered.FACTS.keys()
    assert {"slug", "status", "visibility"} <= facts.keys()


def test_two_programs_with_one_draft_see_each_others_work(drafts: Drafts) -> None:
    made = drafts.create("Jungle").draft_id
    sessions = [drafts.open(made, on_ui=Inbox().put) for _ in range(2)]
    here, there = (Draft(session.store) for session in sessions)
    fox = here.add_asset("character", "Renard")
    sessions[0].journal.flush(5.0)
    sessions[1].poll()
    assert [one.id for one in there.assets()] == [fox]
    attempt = tried(there, fox)
    there.accept(fox, attempt)
    sessions[1].journal.flush(5.0)
    with drafts.edited(made) as third:  # a command, meanwhile
        third.write_prompt(fox, "image", "a fox")
    for session in sessions:
        session.poll()
    assert all_of(here) == all_of(there)
    accepted = here.accepted(fox, "image")
    assert accepted is not None
    assert accepted.id == attempt
    here.store.undo()  # the asset, on which others have worked since: it stays whole for them
    assert [(one.name, one.kind) for one in here.assets()] == [("Renard", "character")]
    assert [one.text for one in here.prompts(fox, "image")] == ["a fox"]
    for session in sessions:
        assert session.close()


def test_another_name_keeps_the_slug(drafts: Drafts) -> None:
    made = drafts.create("Jungle")
    drafts.create("Forest")
    assert drafts.rename(made.draft_id, "Savane").slug == "jungle"
    with pytest.raises(DraftError, match="forest already"):
        drafts.rename(made.draft_id, "Wood", slug="forest")
    assert drafts.entry(made.draft_id).name == "Savane"  # all of it or nothing
    assert drafts.rename(made.draft_id, "Wood", slug="wood").slug == "wood"
