"""The export that old mobile readers understand: whole or not there, no hostile name, no prompts."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest

from core.backup.work import StoppedError, Work
from core.drafts.mediastore import MediaPlaceError
from core.drafts.publishing import mobile
from core.drafts.publishing.manifest import PublishError
from core.drafts.publishing.mobile import export_mobile
from core.drafts.publishing.verifying import published_manifest
from core.errors import UsageError
from tests.drafts.publishing.packs import Maker, ask

HOSTILE = "../../x/‮gpj.exe\x1b[2J"


@pytest.fixture
def songs(maker: Maker) -> Maker:
    """With a clip, music in two languages, and names that lead elsewhere; published."""
    first = maker.draft.assets()[0]
    maker.make(first.id, "clip", b"moving")
    maker.draft.update_asset(first.id, name=HOSTILE, names={"en": HOSTILE})
    for language in ("en", "fr"):
        told = {"parameters": {"language": language, "lyrics": f"la {language}"}, "asked_at": language}
        maker.make("", "music", language.encode(), **told)
    maker.draft.write_prompt(None, "image", "a secret {concept}")
    maker.publish()
    return maker


def expected(maker: Maker, conninfo: str) -> dict[str, bytes]:
    """What a reader goes looking for, from the tables alone."""
    found = {}
    query = "SELECT u.slug, a.image_name, encode(a.image_sha256, 'hex'), encode(a.clip_sha256, 'hex')"
    for slug, image, sha, clip in ask(conninfo, f"{query} FROM univers u JOIN univers_assets a ON true"):
        found[f"{slug}/{image}"] = (maker.media.folder / f"{sha}.png").read_bytes()
        if clip:
            name = image.replace(".png", "_silent.mp4")
            found[f"{slug}/{name}"] = (maker.media.folder / f"{clip}.mp4").read_bytes()
    return {**found, "ete/music.mp3": b"fr", "ete/music_fr.mp3": b"fr", "ete/music_en.mp3": b"en"}


def test_a_reader_finds_everything_where_it_looks(songs: Maker, conninfo: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    manifest = published_manifest(songs.server, songs.pack)
    done = export_mobile(manifest, songs.place, target)
    there = {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}
    texts = {name: there.pop(name) for name in ("ete/data.json", "ete/univers.json")}
    assert there == expected(songs, conninfo)
    assert done.files == len(there) + 2
    data = json.loads(texts["ete/data.json"])
    assert data["items"][1]["title"] == "chose 1"
    assert f"ete/{data['thumbnail']}" in there
    assert data["items"][1]["title_translations"] == {"en": "chose 1"}
    assert data["music"] == {"fr": "music_fr.mp3", "en": "music_en.mp3"}
    tables = json.loads(texts["ete/univers.json"])
    assert tables["univers"][0]["background_music"] == "ete/music_fr.mp3"
    for text in texts.values():
        assert b"secret" not in text
        assert b"a drawing of" not in text
    assert ask(conninfo, "SELECT language, lyrics FROM univers_music_prompts ORDER BY language") == [
        ("en", "la en"),
        ("fr", "la fr"),
    ]


def test_an_archive_holds_the_same_and_nothing_is_replaced_unasked(
    songs: Maker, conninfo: str, tmp_path: Path
) -> None:
    manifest = published_manifest(songs.server, songs.pack, 1)
    target = tmp_path / "out.zip"
    export_mobile(manifest, songs.place, target, archive=True)
    with zipfile.ZipFile(target) as zipped:
        names = set(zipped.namelist())
        assert names == {*expected(songs, conninfo), "ete/data.json", "ete/univers.json"}
        assert all(name.split("/")[0] == "ete" and ".." not in name for name in names)
        assert zipped.testzip() is None
    with pytest.raises(UsageError):
        export_mobile(manifest, songs.place, target, archive=True)
    (tmp_path / "there").mkdir()
    with pytest.raises(PublishError, match="exists"):
        export_mobile(manifest, songs.place, tmp_path / "there")
    export_mobile(manifest, songs.place, target, archive=True, replace=True)


@pytest.mark.parametrize("archive", [False, True])
def test_what_breaks_off_leaves_nothing(songs: Maker, tmp_path: Path, archive: bool) -> None:
    manifest = published_manifest(songs.server, songs.pack)
    out = tmp_path / "outside"
    out.mkdir()
    work = Work()
    work.tell = lambda step: work.stop.set() if step.done else None
    with pytest.raises(StoppedError):
        export_mobile(manifest, songs.place, out / "x", work, archive=archive)
    next(songs.place.folder.iterdir()).write_bytes(b"altered")
    with pytest.raises(MediaPlaceError, match="damaged"):
        export_mobile(manifest, songs.place, out / "x", archive=archive)
    assert list(out.iterdir()) == []


def test_a_folder_that_comes_at_the_last_moment_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, target = tmp_path / "made", tmp_path / "there"
    made.mkdir()
    target.mkdir()
    monkeypatch.setattr(os.path, "lexists", lambda path: False)  # as it was a moment ago
    with pytest.raises(PublishError, match="exists"):
        mobile._name(made, target)
    assert made.is_dir()
