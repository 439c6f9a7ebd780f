"""Old universes become drafts: whole, told in full, once, and nothing that is there is touched."""

from __future__ import annotations

import hashlib
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.backup.work import Step, StoppedError, Work
from core.drafts import Draft, DraftError, Drafts, Status
from core.drafts.bringing import Brought, Coming, bring, look, look_at_kept
from core.drafts.bringing.telling import as_json
from core.drafts.prompting.resolving import resolved_prompt
from core.drafts.themes import Themes, themes
from core.errors import IncomingError
from core.legacy.keeping import keep_source
from core.legacy.magikswipe import READER
from core.media import MediaStore
from core.paths import Paths
from core.placeholders import UnknownPlaceholder
from screens.drafts.bringing.words import brought_words, told_of
from tests.drafts import old_universes as old
from tests.legacy import universes

SHIPPED = themes(Paths(*[Path("/nowhere")] * 4))


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(Paths(*(tmp_path / "home" / name for name in ("data", "config", "logs", "state"))))


def brought(source: Path, drafts: Drafts, themes: Themes = SHIPPED) -> list[Brought]:
    with look(source, drafts, themes, work=Work()) as coming:
        return bring(coming, drafts, themes, work=Work())


def looked(source: Path, drafts: Drafts, *, decoded: bool = False) -> Coming:
    with look(source, drafts, SHIPPED, work=Work(), decoded=decoded) as coming:
        return coming


def opened(drafts: Drafts, one: Brought) -> Draft:
    assert one.entry is not None
    return drafts.read(one.entry.draft_id)


@pytest.mark.parametrize("form", old.FORMS)
def test_a_universe_in_any_form_is_a_draft_with_all_that_it_holds(
    tmp_path: Path, drafts: Drafts, form: str
) -> None:
    source = old.make(form, tmp_path / "there")
    before = old.snapshot(tmp_path / "there")
    told = as_json(looked(source, drafts))["universes"][0]
    assert (told["form"], told["would"]) == (form, "create")
    assert drafts.list() == []
    first, *others = brought(source, drafts)
    draft = opened(drafts, first)
    assert (draft.name.lower(), draft.pack.slug, draft.pack.theme) == ("jungle", "jungle", "jungle")
    assert (draft.is_public, draft.status) == (False, Status.READY)
    assert [one.name for one in draft.assets()] == list(old.WORDS)
    assert [one.kind for one in draft.assets()] == ["character", "character", "prop"]
    assert first.entry is not None
    media = MediaStore(drafts.shelf.media_of(first.entry.draft_id))
    for number, asset in enumerate(draft.assets()):
        image, clip = draft.accepted(asset.id, "image"), draft.accepted(asset.id, "clip")
        assert image is not None
        assert image.step == "brought"
        assert image.output == hashlib.sha256(old.picture(f"{number:02}_{asset.name}.png")).hexdigest()
        assert media.verify(image.output)
        assert clip is not None
        assert clip.mime == "video/webm"
        assert media.verify(clip.output)
        prompt = draft.own_prompt(asset.id, "image")
        assert prompt is None or prompt.origin == "imported"
        assert asset.name in resolved_prompt(draft, asset, "image", SHIPPED).text
    (song,) = [one for one in draft.attempts(None, "music") if one.output]
    assert song.parameters["language"] == "fr"
    assert media.verify(song.output)
    again = as_json(looked(source, drafts))["universes"][0]
    assert (again["would"], again["there"]) == ("nothing", "here")
    assert old.snapshot(tmp_path / "there") == before
    assert [one.entry.name for one in others if one.entry] == (["Noël"] if "bucket" in form else [])


@pytest.mark.parametrize(
    "form", ["draft", *(pytest.param(form, marks=pytest.mark.soak) for form in old.FORMS if form != "draft")]
)
def test_bringing_it_again_changes_nothing_and_says_so(tmp_path: Path, drafts: Drafts, form: str) -> None:
    source = old.make(form, tmp_path / "there")
    first = brought(source, drafts)
    before = old.snapshot(drafts.paths.drafts)
    again = brought(source, drafts)
    assert [one.entry for one in again] == [None] * len(first)
    assert all("brought before" in one.sentence for one in again)
    assert old.snapshot(drafts.paths.drafts) == before
    moved = source.rename(tmp_path / "there" / f"moved-{source.name}")  # wherever it lies, it is the same
    if form != "old folder":  # whose name is its folder's
        assert all(pack.there == "here" for pack in looked(moved, drafts).packs)


def test_what_is_in_the_trash_or_was_edited_is_left_alone(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("draft", tmp_path)
    (first,) = brought(source, drafts)
    assert first.entry is not None
    with drafts.edited(first.entry.draft_id) as draft:
        draft.rename("Mine")
    assert brought(source, drafts)[0].entry is None
    drafts.trash(first.entry.draft_id)
    (again,) = brought(source, drafts)
    assert "in the trash" in again.sentence
    assert drafts.list() == []
    assert drafts.list(trashed=True)[0].name == "Mine"


def test_what_has_changed_there_is_another_draft_never_the_same(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("draft", tmp_path)
    (first,) = brought(source, drafts)
    (source / "assets" / "00_tiger.png").write_bytes(old.picture("another"))
    (second,) = brought(source, drafts)
    assert first.entry is not None
    assert second.entry is not None
    assert (first.entry.slug, second.entry.slug) == ("jungle", "jungle-2")
    assert len(drafts.list()) == 2


def test_prompts_of_another_concept_are_kept_and_not_used(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("old folder", tmp_path)
    shifted = ["a parrot in leaves", "something green", "a {concept} in {tema}"]
    old.write(source, prompts={"words": list(old.WORDS), "images": shifted, "videos": []})
    (pack,) = looked(source, drafts).packs
    assert [asset.verified for asset in pack.assets] == [False, False, True]
    assert "names “parrot” and not it" in pack.assets[0].remarks[-1]
    assert "{tema}" in pack.assets[2].remarks[-1]
    draft = opened(drafts, brought(source, drafts)[0])
    tiger, parrot, liana = draft.assets()
    for asset, text in ((tiger, shifted[0]), (parrot, shifted[1])):
        assert asset.tags == ("unverified",)
        assert draft.own_prompt(asset.id, "image") is None  # the theme's counts
        assert [one.text for one in draft.prompts(asset.id, "image")] == [text]
    assert [one.text for one in draft.prompts(liana.id, "image")] == [shifted[2], "a {concept} in {theme}"]
    assert resolved_prompt(draft, liana, "image", SHIPPED).text == "a liana in Jungle"


def test_prompts_without_a_concept_or_beside_another_are_kept_too(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("one folder for all", tmp_path)
    images = ["another tiger", "a boat", "a liana"]
    old.write(source, prompts={"words": ["tiger", "boat"], "images": images, "videos": ["it sails"] * 3})
    draft = opened(drafts, brought(source, drafts)[0])
    tiger = draft.assets()[0]
    assert [one.text for one in draft.prompts(tiger.id, "image")] == ["another tiger", "a tiger in leaves"]
    used = draft.own_prompt(tiger.id, "image")
    assert used is not None
    assert used.text == "a tiger in leaves"
    assert {"a boat", "a liana"} <= {one.text for one in draft.prompts(None, "image")}
    assert "it sails" in {one.text for one in draft.prompts(None, "clip")}


def test_a_translation_that_is_anothers_name_takes_nothing_away(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("draft", tmp_path)
    words = {"words": list(old.WORDS), "translations": {"en": ["parrot", "liana", "tiger"]}}
    old.write(source, words=words)
    (pack,) = looked(source, drafts).packs
    assert [[file.name for file in asset.images] for asset in pack.assets] == [
        [f"assets/{number:02}_{word}.png"] for number, word in enumerate(old.WORDS)
    ]
    for asset in pack.assets:
        assert asset.image_prompt is not None
        assert asset.image_prompt.used
        assert "its name in en is what another concept is called" in asset.remarks


def test_concepts_that_were_lost_are_called_as_their_files(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("SQLite and bucket", tmp_path)
    bucket = source / "buckets" / "univers"
    (bucket / "jungle").rename(bucket / "noel")
    (bucket / "noel" / "01_parrot.png").rename(bucket / "noel" / "01_candy_cane.png")
    noel = next(one for one in brought(source, drafts) if one.pack.slug == "noel")
    draft = opened(drafts, noel)
    assert [asset.name for asset in draft.assets()] == ["tiger", "candy cane", "parrot", "liana"]
    assert [asset.accepted_image != "" for asset in draft.assets()] == [True, True, False, True]
    assert all("called as its file is" in asset.notes for asset in draft.assets())


def test_places_that_can_not_be_mended_are_warned_of_and_never_sent(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("unified" if "unified" in old.FORMS else "one folder for all", tmp_path)
    listed = json.loads((source / "assets_metadata.json").read_text())
    listed[0]["image_prompt"] = "a tiger in {completely else}"
    old.write(source, assets_metadata=listed)
    (pack,) = looked(source, drafts).packs
    assert "mend it before" in pack.assets[0].remarks[-1]
    draft = opened(drafts, brought(source, drafts)[0])
    with pytest.raises(UnknownPlaceholder):
        resolved_prompt(draft, draft.assets()[0], "image", SHIPPED)
    # the prompt for all had old names for two of its places; the one for clips was one asset's own
    assert [one.text for one in draft.prompts(None, "image")][1] == "an {concept} in {description}"
    assert draft.own_prompt(None, "clip") is None
    assert [one.text for one in draft.prompts(None, "clip")] == ["a tiger walks"]
    assert any("it is kept, and not used" in warning for warning in pack.warnings)


def test_songs_are_carried_with_lyrics_and_prompt_in_each_language(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("old folder", tmp_path)
    said = {
        "fr": {"lyrics": "la", "prompt": "drums of {theme}"},
        "de": "lalala",
        "it": {"prompt": "{Thema} {"},
    }
    old.write(source, data={**json.loads((source / "data.json").read_text()), "music_translations": said})
    draft = opened(drafts, brought(source, drafts)[0])
    songs = {str(one.parameters["language"]): one for one in draft.attempts(None, "music")}
    assert {code: one.parameters.get("lyrics", "") for code, one in songs.items()} == {
        "fr": "la",
        "de": "lalala",
        "it": "",
    }
    assert songs["fr"].resolved == "drums of Jungle"
    assert songs["fr"].mime == "audio/mpeg"
    assert songs["it"].resolved == ""  # what can't be filled in is not passed on as if it could
    assert {one.text for one in draft.prompts(None, "music")} == {"drums of {theme}", "{Thema} {"}


def test_files_are_named_that_are_missing_nobodys_the_same_or_none(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("old folder", tmp_path)
    (source / "00_tiger.png").unlink()
    (source / "07_lonely.png").write_bytes(old.picture("lonely"))
    (source / "08_twin.png").write_bytes(old.picture("01_parrot.png"))
    (source / "02_liana.png").write_bytes(old.picture("x")[:40])
    (pack,) = looked(source, drafts, decoded=True).packs
    files = {file.name: file for file in pack.files}
    assert {file.name for file in pack.orphans} == {"07_lonely.png", "08_twin.png"}
    assert files["08_twin.png"].same_as == "01_parrot.png"
    assert "is not a picture" in files["02_liana.png"].trouble
    assert "its picture is missing" in pack.assets[0].remarks
    (one,) = brought(source, drafts)
    draft = opened(drafts, one)
    assert [name for name, _ in one.refused] == ["02_liana.png"]
    assert [draft.accepted(asset.id, "image") is not None for asset in draft.assets()] == [False, True, False]
    assert draft.status is Status.DRAFT


def test_spellings_of_one_name_are_kept_apart_and_told(tmp_path: Path, drafts: Drafts) -> None:
    for name in ("véhicules_de_chantier", "vehicules-de-chantier", "Vehicules De Chantier"):
        folder = universes.old(tmp_path / "there" / name)
        old.write(folder, data={"items": [{"title": "grue"}], "description": name})
        old.real(folder)
    coming = looked(tmp_path / "there", drafts)
    assert {pack.slug for pack in coming.packs} == {"vehicules-de-chantier"}
    assert {pack.theme for pack in coming.packs} == {"building-site"}
    assert "By their names these are one universe" in coming.notes[-1]
    done = brought(tmp_path / "there", drafts)
    slugs = {one.entry.slug for one in done if one.entry}
    assert slugs == {"vehicules-de-chantier", "vehicules-de-chantier-2", "vehicules-de-chantier-3"}
    assert any("véhicules_de_chantier" in opened(drafts, one).pack.notes for one in done)


def test_the_same_universe_twice_under_a_path_is_one_draft(tmp_path: Path, drafts: Drafts) -> None:
    for place in ("one", "two"):
        old.make("draft", tmp_path / "there" / place)
    told = told_of(looked(tmp_path / "there", drafts), 1)
    assert told.startswith("2 universes found; 1 twice in it")
    assert "here already" not in told
    first, second = brought(tmp_path / "there", drafts)
    assert first.entry is not None
    assert second.entry is None
    assert "holds exactly the same" in second.sentence
    assert brought_words([first, second]) == "1 new draft. “Jungle”"
    assert brought_words([first] * 4) == "4 new drafts. “Jungle”, “Jungle”, “Jungle” and others"
    assert "2 here already" in told_of(looked(tmp_path / "there", drafts), 0)


def test_colour_cover_and_status_come_along_and_private_it_is(tmp_path: Path, drafts: Drafts) -> None:
    draft = opened(drafts, brought(old.make("one folder for all", tmp_path), drafts)[0])
    assert draft.pack.colour == "#a0b1c2"
    assert draft.asset(draft.pack.cover) == draft.assets()[1]
    assert draft.pack.metadata["brought"]["status"] == "published"  # type: ignore[index,call-overload]
    assert not draft.is_public


def test_a_cover_of_its_own_is_an_asset(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("one folder for all", tmp_path)
    (source / "01_parrot.png").rename(source / "thumbnail.png")
    head = json.loads((source / "metadata.json").read_text())
    old.write(source, metadata={**head, "thumbnail_url": "https://x/thumbnail.png?v=2"})
    draft = opened(drafts, brought(source, drafts)[0])
    cover = draft.asset(draft.pack.cover)
    assert cover is not None
    assert (cover.kind, draft.accepted(cover.id, "image") is not None) == ("cover", True)


def test_what_was_kept_of_an_earlier_import_is_brought_from_there(tmp_path: Path, drafts: Drafts) -> None:
    with pytest.raises(DraftError, match="No universe waits"), look_at_kept(drafts, SHIPPED, work=Work()):
        pass
    source = old.make("SQLite and bucket", tmp_path / "there")
    kept = keep_source(READER, source, drafts.paths.kept, work=Work(), at=datetime(2026, 1, 1, tzinfo=UTC))
    before = old.snapshot(drafts.paths.kept)
    with look_at_kept(drafts, SHIPPED, work=Work()) as coming:
        done = bring(coming, drafts, SHIPPED, work=Work())
    assert [one.entry is not None for one in done] == [True, True]
    assert all(asset.accepted_image for asset in opened(drafts, done[0]).assets())
    assert [one.entry for one in brought(kept.folder, drafts)] == [None, None]
    assert [one.entry for one in brought(source, drafts)] == [None, None]  # the same, from where it came
    assert old.snapshot(drafts.paths.kept) == before
    assert not list(drafts.paths.data.glob(".kept-*"))


def test_a_kept_list_that_leads_elsewhere_is_refused(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("draft", tmp_path / "there")
    kept = keep_source(READER, source, drafts.paths.kept, work=Work(), at=datetime(2026, 1, 1, tzinfo=UTC))
    listing = kept.folder / "kept.json"
    listing.write_text(listing.read_text().replace('"name":"', '"name":"../../', 1))
    before = old.snapshot(tmp_path)
    with pytest.raises(IncomingError, match="leads elsewhere"), look_at_kept(drafts, SHIPPED, work=Work()):
        pass
    assert old.snapshot(tmp_path) == before


def test_stopping_it_leaves_nothing_behind(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("draft", tmp_path)
    coming = looked(source, drafts)
    for after in (1, 5):
        stop, seen = threading.Event(), 0

        def tell(step: Step) -> None:
            nonlocal seen
            seen += 1
            if seen == after:  # noqa: B023 - it is called in this very round
                stop.set()  # noqa: B023

        with pytest.raises(StoppedError):
            bring(coming, drafts, SHIPPED, work=Work(tell, stop))
        assert drafts.list() == []
        assert not [path for path in drafts.paths.drafts.iterdir() if path.suffix == ".media"]
    assert (
        bring(coming, drafts, SHIPPED, work=Work())[0].entry is not None
    )  # control: without a stop it is there


def test_a_file_that_changes_between_looking_and_bringing_is_not_taken_for_it(
    tmp_path: Path, drafts: Drafts
) -> None:
    source = old.make("draft", tmp_path)
    coming = looked(source, drafts)
    (source / "assets" / "00_tiger.png").write_bytes(old.picture("another"))
    (one,) = bring(coming, drafts, SHIPPED, work=Work())
    assert one.refused == (("assets/00_tiger.png", "It was changed since it was looked at."),)
    assert opened(drafts, one).assets()[0].accepted_image == ""


def test_a_path_without_a_universe_is_told(tmp_path: Path, drafts: Drafts) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "words.txt").write_text("words")
    for place, error in (("empty", DraftError), ("words.txt", DraftError), ("none", IncomingError)):
        with pytest.raises(error):
            looked(tmp_path / place, drafts)
    assert drafts.list() == []


def test_hostile_names_go_nowhere(tmp_path: Path, drafts: Drafts) -> None:
    source = old.make("one folder for all", tmp_path / "there")
    head = json.loads((source / "metadata.json").read_text())
    old.write(source, metadata={**head, "slug": "../../../x", "name": "[bold]\x1b[31m\u202e{theme}"})
    (one,) = brought(source, drafts)
    assert one.entry is not None
    assert one.entry.slug == "x"
    assert "\x1b" not in one.entry.name
    names = {path.name for path in drafts.paths.drafts.iterdir()}
    assert names == {f"{one.entry.draft_id}.genko", f"{one.entry.draft_id}.media", ".slugs.lock"}
