"""What a backup has of drafts: all of it, apart from the projects, and readable without Genko."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from core.backup.archive import open_archive
from core.backup.archive.lines import OF_DRAFTS
from core.backup.archive.manifest import VERSION
from core.backup.exporting import content_id_of, create, create_json, estimate
from core.backup.exporting.memory import Memory
from core.backup.work import Work
from core.drafts import Drafts
from core.errors import UsageError
from core.story import PACK_ID, PACK_SECTIONS, Section
from core.story.fields import Kind
from core.story.records import columns_of
from core.workspace import Shelf
from tests.backup.drafts.making import CLIP, CLIP_SHA, SECRET_WORDS, asset_called, draft, store_of
from tests.backup.exporting.making import PNG, SHA, everything_in, lines, project, wishes
from tests.backup.exporting.test_coverage import _value

OLD_SECTIONS = {
    *("projects", "pages", "characters", "backgrounds", "scenes", "assembly", "versions", "pictures"),
}


def manifest_of(path: Path) -> dict[str, Any]:
    """Read with nothing of Genko's."""
    with zipfile.ZipFile(path) as packed:
        found: dict[str, Any] = json.loads(packed.read("MANIFEST.json"))
    return found


def test_all_of_a_draft_is_in_a_backup_of_the_library_apart_from_projects(
    shelf: Shelf, drafts: Drafts, folder: Path
) -> None:
    book, one = project(shelf), draft(drafts)
    made = create(shelf, wishes(folder))
    assert made.path is not None
    assert not made.left_out
    manifest = manifest_of(made.path)
    assert [part["id"] for part in manifest["projects"]] == [str(book)]
    assert manifest["drafts"] == [{"id": str(one), "title": "Océan [red]bleu", "assets": 2}]
    assert (manifest["format_version"], manifest["min_reader"]) == (list(VERSION), [1, 0])
    store = store_of(drafts, one)
    for section in PACK_SECTIONS:
        rows = {line["id"]: line["fields"] for line in lines(made.path, section.value)}
        assert rows == store.raw_records(section)
    assert {line["sha256"]: line["size"] for line in lines(made.path, "draft_media")} == {
        SHA: len(PNG),
        CLIP_SHA: len(CLIP),  # that no mark names: an attempt does
    }
    with open_archive(made.path, work=Work()) as archive:
        archive.verify()
        content = archive.content(one)
        with archive.media(CLIP_SHA) as stream:
            assert stream.read() == CLIP
    assert content.is_draft
    assert type(store).load(one, content.document).version == store.version
    found = estimate(shelf)
    assert (found.projects, found.drafts, found.pictures) == (1, 1, 2)
    assert found.sections["drafts"] > 0


def test_whoever_knows_format_1_0_only_finds_all_projects_and_nothing_odd(
    shelf: Shelf, drafts: Drafts, folder: Path
) -> None:
    book, one = project(shelf), draft(drafts)
    made = create(shelf, wishes(folder))
    assert made.path is not None
    manifest = manifest_of(made.path)
    for section in OLD_SECTIONS:
        for line in lines(made.path, section):
            assert line.get("project", line.get("id")) == str(book)
    assert [part["project"] for part in manifest["documents"]] == [str(book)]
    files = {part["name"] for part in manifest["files"]}
    assert f"drafts/{one}.loro" in files, "old readers take every member for granted that is a file"


def test_control_without_drafts_nothing_of_an_archive_speaks_of_them(shelf: Shelf, folder: Path) -> None:
    project(shelf)
    made = create(shelf, wishes(folder))
    assert made.path is not None
    manifest = manifest_of(made.path)
    assert manifest["drafts"] == []
    assert {part["name"] for part in manifest["sections"]} == OLD_SECTIONS
    assert content_id_of(shelf) == manifest["content_id"]


def test_names_and_all_prompts_can_be_read_without_genko(shelf: Shelf, drafts: Drafts, folder: Path) -> None:
    draft(drafts)
    made = create(shelf, wishes(folder))
    assert made.path is not None
    with zipfile.ZipFile(made.path) as packed:
        text = packed.read("manuscript/draft-01-océan-red-bleu.txt").decode()
    for said in ("Océan [red]bleu", "All of the sea", "Baleine", "Name (en): Whale", "flat colours", "Récif"):
        assert said in text
    assert text.count("\n  a whale\n") == 4, "two revisions, and what was sent for either asset"
    assert all(f"  {line}" in text for line in SECRET_WORDS.split("\n"))
    earlier, used = text.index("(earlier"), text.index("(in use", text.index("Baleine"))
    assert earlier < used


def test_by_its_name_and_without_the_section(shelf: Shelf, drafts: Drafts, folder: Path) -> None:
    project(shelf)
    one, other = draft(drafts), draft(drafts, "Other")
    made = create(shelf, wishes(folder, one))
    assert made.path is not None
    assert [part["id"] for part in manifest_of(made.path)["drafts"]] == [str(one)]
    assert manifest_of(made.path)["projects"] == []
    assert str(other).encode() not in everything_in(made.path)
    without = create(shelf, wishes(folder, sections=("script", "media")))
    assert without.path is not None
    assert b"whale" not in everything_in(without.path)
    with pytest.raises(UsageError, match="drafts"):
        create(shelf, wishes(folder, one, sections=("script",)))
    with pytest.raises(UsageError, match="no place for drafts"):
        create_json(shelf, wishes(folder / "a.json", one))
    said = create_json(shelf, wishes(folder / "a.json")).left_out
    assert any(left.what == "Drafts" for left in said)


def test_what_was_not_edited_is_remembered_and_every_edit_has_another_name(
    shelf: Shelf, drafts: Drafts, folder: Path
) -> None:
    project(shelf)
    one = draft(drafts)
    made = create(shelf, wishes(folder))
    assert content_id_of(shelf) == made.manifest.content_id
    known = Memory.of(shelf.paths)._known[str(one)]
    assert any(" prompts " in line for line in known.lines)
    assert create(shelf, wishes(folder)).manifest.content_id == made.manifest.content_id
    ids = {made.manifest.content_id}
    with drafts.edited(one) as edited:
        edited.write_prompt(asset_called(drafts, one, "Récif"), "image", "a reef", "own")
    ids.add(content_id_of(shelf))
    drafts.rename(one, "Mer")
    ids.add(content_id_of(shelf))
    assert len(ids) == 3
    drafts.trash(one)
    assert create(shelf, wishes(folder)).manifest.drafts[0].id == one, "those in the trash are in it as well"


def test_every_field_of_a_drafts_records_is_in_it(shelf: Shelf, drafts: Drafts, folder: Path) -> None:
    one = drafts.create("Full").draft_id
    with drafts.edited(one) as edited:
        for section in PACK_SECTIONS:
            key = PACK_ID if section is Section.PACK else "0" * 8 + "-0000-4000-8000-000000000000"
            fields = {c.key: _value(c.kind, c.default, c.name) for c in columns_of(section).values()}
            plain = {name: list(one) if isinstance(one, tuple) else one for name, one in fields.items()}
            edited.store.put_raw(section, key, {**plain, "of a newer Genko": [1, {"a": None}]})
    made = create(shelf, wishes(folder))
    assert made.path is not None
    for section in PACK_SECTIONS:
        (line,) = lines(made.path, section.value)
        assert {column.key for column in columns_of(section).values()} < line["fields"].keys()
    assert Kind.PROSE in {column.kind for column in columns_of(Section.PACK).values()}
    assert {part["name"] for part in manifest_of(made.path)["sections"]} == OLD_SECTIONS | set(OF_DRAFTS)


def test_keys_and_passwords_of_makers_are_never_in_it(shelf: Shelf, drafts: Drafts, folder: Path) -> None:
    draft(drafts)
    config = shelf.paths.config
    (config / "themes").mkdir(parents=True)
    (config / "themes" / "mine.toml").write_text('style = "ink"\n# url https://me:hunter2@host/\n')
    (config / "media-keys.toml").write_text('secret_access_key = "hunter2"\n')
    (config / "openai.key").write_text("sk-hunter2\n")
    (config / "settings.toml").write_text(
        '[providers.openai]\nurl = "https://u:hunter2@api.test/v1"\nkey_file = "~/openai.key"\n'
        'api_key = "sk-hunter2"\n[drafts]\npictures = "openai"\n'
    )
    made = create(shelf, wishes(folder))
    assert made.path is not None
    everything = everything_in(made.path)
    assert b"hunter2" not in everything
    assert b'style = "ink"' in everything, "control: themes and settings are there"
    assert b'pictures = "openai"' in everything


def test_a_file_that_is_gone_or_altered_is_said(shelf: Shelf, drafts: Drafts, folder: Path) -> None:
    one = draft(drafts)
    (drafts.shelf.media_of(one) / f"{SHA}.png").write_bytes(b"other bytes")
    (drafts.shelf.media_of(one) / f"{CLIP_SHA}.mp4").unlink()
    made = create(shelf, wishes(folder))
    assert len(made.left_out) == 2
    assert all("Océan" in left.what for left in made.left_out)
    assert not made.manifest.media
