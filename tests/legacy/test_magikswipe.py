"""MagikSwipe's universes: found in every form, joined by name, probed to the last byte, no link followed."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from core.backup.work import Step, StoppedError, Work
from core.content import Fate, Foreign
from core.errors import GenkoError
from core.legacy.keeping import keep_source
from core.legacy.magikswipe import READER, MagikSwipeReader
from core.legacy.magikswipe.names import mentions, slug_of
from core.legacy.magikswipe.report import read_foreign, read_universes
from core.legacy.sniffing import reader_of
from tests.legacy import universes

AT = datetime(2026, 11, 21, tzinfo=UTC)
FORMS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "jungle": (universes.old, "old folder"),
    "jungle-0a1b2c3d": (universes.draft, "draft"),
    "storage": (universes.storage, "SQLite and bucket"),
}


def read(folder: Path) -> Foreign:
    return read_foreign(folder, work=Work())


def row(found: Foreign, end: str) -> tuple[Fate, str]:
    return next((row.fate, row.why) for row in found.rows if row.where.endswith(end))


@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_known_and_says_the_same(tmp_path: Path, name: str) -> None:
    make, form = FORMS[name]
    folder = make(tmp_path / name)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    for source in (folder, tmp_path):  # itself, and something above it
        reader = reader_of(source)
        assert isinstance(reader, MagikSwipeReader)
        assert reader.read(source, work=Work()).form == form
        universe = read_universes(source, work=Work()).universes[0]
        assert [asset.name for asset in universe.assets] == list(universes.WORDS)
        for asset in universe.assets:
            assert [file.mime for file in asset.images] == ["image/png"]
            assert asset.images[0].sha256 == sha256(universes.PNG + asset.name.encode()).hexdigest()
            assert [file.mime for file in asset.videos] == ["video/webm"]
            assert asset.verified
        song = universe.music["fr"].file
        assert song is not None
        assert song.mime == "audio/mpeg"
        assert universe.slug == "jungle"
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_tables_exported_one_by_one_and_dumps_are_read_like_the_database(tmp_path: Path) -> None:
    tables = universes.rows_of_tables()
    for kind in ("json", "csv", "sql"):
        folder = universes.write(tmp_path / kind / "univers" / "jungle", universes.media()).parent.parent
        dump = []
        for table, rows in tables.items():
            names = list(rows[0])
            lines = [["" if r.get(n) is None else str(r.get(n)) for n in names] for r in rows]
            if kind == "json":
                universes.write(folder, {f"{table}.json": rows})
            elif kind == "csv":
                text = "\n".join(",".join(line) for line in [names, *lines])
                universes.write(folder, {f"{table}_rows.csv": text.encode()})
            else:
                dump += [f"COPY public.{table} ({', '.join(names)}) FROM stdin;"]
                dump += ["\t".join(line) for line in lines] + ["\\.", ""]
        if kind == "sql":
            universes.write(folder, {"dump.sql": "\n".join(dump).encode()})
        assert isinstance(reader_of(folder), MagikSwipeReader) or kind == "sql"
        found = read_universes(folder, work=Work())
        jungle = found.universes[0]
        assert [asset.name for asset in jungle.assets] == list(universes.WORDS)
        assert jungle.assets[1].names == {"fr": "perroquet"}
        assert jungle.is_public
        assert len(jungle.assets[2].images) == 1
        assert not any(one.fate is Fate.REFUSED for one in found.rows)


def test_both_names_of_translations_are_read_and_joined_by_name(tmp_path: Path) -> None:
    folder = universes.old(tmp_path / "jungle")
    words = {
        "words": ["parrot", "tiger", "banana"],  # another order, and one that is no concept
        "translations": {"fr": ["perroquet", "tigre", "banane"]},
        "words_translations": {"it": ["pappagallo", "tigre"], "nonsense": ["x"]},
    }
    universes.write(folder, {"words.json": words})
    found = read(folder)
    names = {asset.name: asset.names for asset in read_universes(folder, work=Work()).universes[0].assets}
    assert names["parrot"] == {"fr": "perroquet", "it": "pappagallo"}
    assert names["tiger"] == {"fr": "tigre", "it": "tigre"}
    assert names["liana"] == {}
    assert "1 of its words belong to no concept" in row(found, "translations.fr")[1]
    assert "2 words for 3" in row(found, "words_translations.it")[1]
    assert row(found, "words_translations.nonsense")[0] is Fate.REFUSED


def test_a_prompt_that_may_be_anothers_is_unverified(tmp_path: Path) -> None:
    folder = universes.old(tmp_path / "jungle")
    shifted = {
        "words": list(universes.WORDS),
        "images": ["a parrot in leaves", "something green", "a {concept} of lianas", "one too many"],
        "videos": ["tigers walk"],
    }
    universes.write(folder, {"prompts.json": shifted})
    found = read(folder)
    tiger, parrot, liana = read_universes(folder, work=Work()).universes[0].assets
    assert (tiger.verified, parrot.verified, liana.verified) == (False, False, True)
    assert "names “parrot” and not it" in row(found, "data.json[0]")[1]
    assert "{concept}, never filled in" in row(found, "data.json[2]")[1]
    assert row(found, "images[3]")[0] is Fate.KEPT
    assert "3 words and 4 prompts" in row(found, "jungle")[1]


def test_media_are_what_their_bytes_are(tmp_path: Path) -> None:
    folder = universes.old(tmp_path / "jungle")
    universes.write(
        folder,
        {
            "00_tiger.png": b"<html>",
            "01_parrot_silent.webm": universes.MP4,  # a film all the same
            "02_liana.png": universes.WEBM,
            "03_flower.png": universes.PNG + b"parrot",  # the bytes of another
            "04_empty.png": b"",
            "notes.txt": b"x",
            ".env": b"KEY=5ecret",
        },
    )
    found = read(folder)
    assert row(found, "00_tiger.png") == (Fate.KEPT, "It is a web page.")
    assert row(found, "01_parrot_silent.webm")[1].startswith("A film")
    assert row(found, "02_liana.png")[1] == "By its bytes it is video/webm."
    assert row(found, "03_flower.png")[0] is Fate.DUPLICATE
    assert "belongs to no concept" in row(found, "03_flower.png")[1]
    assert row(found, "04_empty.png")[0] is Fate.REFUSED
    assert row(found, "notes.txt")[0] is row(found, ".env")[0] is Fate.NO_PLACE
    assert "its picture is missing" in row(found, "data.json[0]")[1].lower()


def test_a_file_that_is_there_under_another_ending_is_found_and_said(tmp_path: Path) -> None:
    folder = universes.draft(tmp_path / "jungle-0a1b2c3d")
    listed = json.loads((folder / "assets_metadata.json").read_bytes())
    listed[0]["video_file"] = "00_tiger.mp4"
    listed[1]["image_file"] = "../../../etc/passwd"
    universes.write(folder, {"assets_metadata.json": listed})
    found = read(folder)
    assert "should be 00_tiger.mp4; 00_tiger_silent.webm is there" in row(found, "[0]")[1]
    assert "should be passwd; 01_parrot.png is there" in row(found, "[1]")[1]


def test_one_damaged_document_does_not_keep_the_others_out(tmp_path: Path) -> None:
    folder = universes.old(tmp_path / "jungle")
    hostile = {
        "words.json": b'{"words": [NaN]}',
        "prompts.json": b"[" * 100_000,
        "metadata.json": b'{"name": "a", "name": "b"}',
        "assets_metadata.json": b'"no list"',
    }
    universes.write(folder, hostile)
    found = read(folder)
    for name in hostile:
        assert row(found, name)[0] is Fate.REFUSED
    assert "line 1" in row(found, "words.json")[1]
    assert [asset.name for asset in read_universes(folder, work=Work()).universes[0].assets] == [
        "tiger",
        "parrot",
        "liana",
    ]


def test_values_of_another_kind_are_nothing(tmp_path: Path) -> None:
    odd = {
        "metadata.json": {
            "name": ["x"],
            "theme": {"a": 1},
            "status": 7,
            "default_prompts": "x",
            "created_at": [1],
        },
        "assets_metadata.json": [
            7,
            None,
            {"display_name": ""},
            {"display_name": "ok", "sort_order": "1"},
            ["x"],
        ],
        "prompts.json": {"words": {"a": 1}, "images": "none", "videos": [{}, [], 1]},
        "words.json": {"words": "tiger", "translations": ["fr"]},
        "data.json": {"items": {"0": 1}, "music_translations": {"fr": 7, "en": {"lyrics": []}}},
    }
    folder = universes.write(tmp_path / "odd", odd)
    found = read(folder)
    assert [asset.name for asset in read_universes(folder, work=Work()).universes[0].assets] == ["ok"]
    assert sum(one.fate is Fate.REFUSED for one in found.rows) == 4


def test_links_lead_nowhere(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    universes.old(secret)
    folder = universes.old(tmp_path / "jungle")
    (folder / "05_secret.png").symlink_to(secret / "00_tiger.png")
    (folder / "assets").symlink_to(secret)
    (folder / "metadata.json").symlink_to(secret / "data.json")
    os.mkfifo(folder / "06_pipe.png")
    found = read(folder)
    assert row(found, "05_secret.png") == (Fate.REFUSED, "A link; links are not followed.")
    assert row(found, "metadata.json")[0] is Fate.REFUSED
    assert row(found, "06_pipe.png")[0] is Fate.REFUSED
    assert not any("assets/" in one.where for one in found.rows)


def test_folders_that_are_one_universe_by_name_are_kept_apart_and_said(tmp_path: Path) -> None:
    for name in ("véhicules_de_chantier", "vehicules-de-chantier", "Vehicules De Chantier"):
        universes.old(tmp_path / name)
    found = read(tmp_path)
    assert any("one universe" in note for note in found.notes)
    assert {universe.slug for universe in read_universes(tmp_path, work=Work()).universes} == {
        "vehicules-de-chantier"
    }


def test_only_what_belongs_to_universes_is_kept(tmp_path: Path) -> None:
    folder = universes.storage(tmp_path / "storage")
    universes.draft(folder / "drafts" / "jungle-0a1b2c3d")
    universes.write(
        folder, {".env": b"5ecret", "drafts/jungle-0a1b2c3d/../../../evil": b"5ecret", "photos/me.png": b"me"}
    )
    package = keep_source(READER, folder, tmp_path / "kept", work=Work(), at=AT)
    names = {file.name for file in package.listing.files}
    assert "db/local.db" in names
    assert "buckets/univers/jungle/00_tiger.png" in names
    assert "drafts/jungle-0a1b2c3d/assets/music_fr.mp3" in names
    assert not any("env" in name or "evil" in name or "me.png" in name for name in names)
    again = keep_source(READER, folder, tmp_path / "kept", work=Work(), at=AT)
    assert not again.is_new


def damaged_database(folder: Path, change: str) -> Path:
    path = universes.storage(folder) / "db" / "local.db"
    data = bytearray(path.read_bytes())
    if change == "cut":
        data = data[: len(data) // 2]
    elif change == "pages":
        for at in range(4096 * 2, len(data), 4096):
            data[at : at + 64] = b"\xff" * 64
    elif change == "a view":
        with sqlite3.connect(path) as database:
            database.execute("DROP TABLE univers_assets")
            endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
            database.execute(f"CREATE VIEW univers_assets AS {endless}")
        return path
    elif change == "an expression":
        with sqlite3.connect(path) as database:
            database.execute("DROP TABLE univers_translations")
            huge = "name TEXT GENERATED ALWAYS AS (hex(zeroblob(5000000))) VIRTUAL"
            database.execute(
                f"CREATE TABLE univers_translations (id TEXT, univers_id TEXT, language TEXT, {huge})"
            )
            database.execute("INSERT INTO univers_translations (id, univers_id) VALUES ('x', 1)")
        return path
    elif change == "bytes":
        with sqlite3.connect(path) as database:
            database.execute("UPDATE univers_assets SET display_name = x'00ff', sort_order = 'x'")
            database.execute("UPDATE univers SET name = x'ff', is_public = 1e999 WHERE id = 2")
        return path
    elif change == "schema":
        at = data.index(b"CREATE TABLE jobs")
        data[at : at + 6] = b"CREATX"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("change", ["cut", "pages", "a view", "an expression", "bytes", "schema"])
def test_a_damaged_or_hostile_database_ends_no_more_than_its_reader(tmp_path: Path, change: str) -> None:
    path = damaged_database(tmp_path / "storage", change)
    before = sorted(os.listdir(path.parent)), path.read_bytes()
    assert isinstance(reader_of(path), MagikSwipeReader)
    found = read(path)
    assert (sorted(os.listdir(path.parent)), path.read_bytes()) == before
    assert not any("5ecret" in str(one) for one in found.rows)
    refused = [one for one in found.rows if one.fate is Fate.REFUSED]
    if change == "a view":  # which is never asked
        assert not any("univers_assets " in one.where for one in found.rows)
    else:
        assert refused


def test_rows_that_name_nothing_are_refused(tmp_path: Path) -> None:
    path = universes.storage(tmp_path / "storage") / "db" / "local.db"
    with sqlite3.connect(path) as database:
        database.execute("DELETE FROM univers WHERE id = 1")
        database.execute("INSERT INTO univers_translations VALUES (7, 2, 'fr', 'Noël')")
        database.execute("INSERT INTO univers_translations VALUES (8, 2, 'fr', 'Un autre')")
        database.execute("INSERT INTO univers_translations VALUES (9, 2, 'xx', 'x')")
    found = read(path)
    assert row(found, "univers_assets a0") == (Fate.REFUSED, "The universe that it names is not there.")
    assert row(found, "univers_assets_prompts 1")[0] is Fate.REFUSED
    assert row(found, "univers_translations 7") == (Fate.KEPT, "")
    assert "another for the same" in row(found, "univers_translations 8")[1]
    assert row(found, "univers_translations 9")[0] is Fate.REFUSED


def test_what_is_not_in_the_database_yet_is_said(tmp_path: Path) -> None:
    path = universes.storage(tmp_path / "storage") / "db" / "local.db"
    assert not any("-wal" in note for note in read(path).notes)
    for end in ("-journal", "-wal"):
        path.with_name(f"local.db{end}").write_bytes(b"x")
        assert any(end in note for note in read(path).notes)


def test_other_folders_and_databases_are_left_to_others(tmp_path: Path) -> None:
    universes.write(tmp_path / "site", {"data.json": {}, "metadata.json.bak": b"", "package.json": {}})
    universes.write(tmp_path / "files", {"a.txt": b"x", "words.json": {}})
    with sqlite3.connect(tmp_path / "other.db") as database:
        database.execute("CREATE TABLE univers (id INTEGER)")
    for name in ("site", "files", "other.db", "."):
        assert not isinstance(reader_of(tmp_path / name), MagikSwipeReader)


def test_a_large_universe_can_be_stopped(tmp_path: Path) -> None:
    folder = universes.old(tmp_path / "jungle")
    work = Work()

    def stop(step: Step) -> None:
        work.stop.set()

    work.tell = stop
    with pytest.raises(StoppedError):
        read_foreign(folder, work=work)


def test_what_is_too_much_is_cut_and_said(tmp_path: Path) -> None:
    many = [f"word {at}" for at in range(2_001)]
    documents = {
        "words.json": {"words": many, "translations": {"fr": many}},
        "prompts.json": {"images": many},
    }
    folder = universes.write(tmp_path / "many", documents)
    about = row(read(folder), "many")[1]
    for what in ("concepts", "prompts for images", "words in fr"):
        assert f"only the first 2,000 of 2,001 {what}" in about


def test_an_empty_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GenkoError):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Véhicules_de  chantier", "vehicules-de-chantier"),
        ("../../x", "x"),
        ("", ""),
        ("ジャングル 2", "ジャングル-2"),
        ("---", ""),
        ("Bœuf", "boeuf"),
    ],
)
def test_one_name_for_all_spellings(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_name_is_found_as_words_only() -> None:
    assert mentions("Three Cement mixers, at night", "cement_mixer")
    assert not mentions("a catfish", "cat")
    assert not mentions("anything", "")


def test_a_database_has_its_own_bucket_where_another_universe_is_called_the_same(tmp_path: Path) -> None:
    universes.old(tmp_path / "jungle")
    storage = universes.storage(tmp_path / "storage")
    universes.draft(storage / "univers" / "jungle")  # as near as the bucket, and no bucket
    found = read_universes(tmp_path, work=Work()).universes
    assert {universe.form: universe.folder for universe in found if universe.folder} == {
        "SQLite and bucket": tmp_path / "storage" / "buckets" / "univers" / "jungle",
        "old folder": tmp_path / "jungle",
        "draft": storage / "univers" / "jungle",
    }
