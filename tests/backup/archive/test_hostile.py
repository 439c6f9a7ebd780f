"""Files that lie about themselves are refused: with a sentence, at once, and nothing of them is believed."""

from __future__ import annotations

import json
import os
import random
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from core.backup.archive import ArchiveDamaged, ArchiveError, ArchiveTooNew, NotAnArchive, open_archive
from core.backup.archive.zipform import CENTRAL, DEFLATED, STORED, local_header
from core.backup.work import Work
from tests.backup.archive.forging import (
    Json,
    Parts,
    forged,
    members_of,
    raw_deflate,
    read_all,
    sample_bytes,
    zip_of,
)
from tests.backup.archive.samples import PICTURE, SHA

GOOD = sample_bytes()
MEMBERS = members_of(GOOD)
NAMES = list(MEMBERS)
PAGES = "data/pages.jsonl"


def refusal(tmp_path: Path, data: bytes, kind: type[ArchiveError] = ArchiveError) -> str:
    """How the file is refused; a failure if it is not."""
    path = tmp_path / "x.genko-backup"
    path.write_bytes(data)
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(kind) as caught:
        read_all(path)
    assert sorted(os.listdir(tmp_path)) == before
    assert caught.value.what.endswith(".")
    return f"{caught.value.what} [{caught.value.member}]"


def accepted(tmp_path: Path, data: bytes) -> Json:
    path = tmp_path / "y.genko-backup"
    path.write_bytes(data)
    return read_all(path)


def test_the_forger_can_make_good_ones(tmp_path: Path) -> None:
    assert accepted(tmp_path, forged(MEMBERS))["contents"] == accepted(tmp_path, GOOD)["contents"]
    assert accepted(tmp_path, Parts.of(MEMBERS).bytes())["contents"] == accepted(tmp_path, GOOD)["contents"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "no backup"),
        (b"\xff\xd8\xff\xe0" + bytes(500), "no backup"),
        (b"<!doctype html><html>", "no backup"),
        (b"PK", "no backup"),
        (zip_of({"a.txt": b"hello"}), "no manifest"),
        (zip_of({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "no manifest"),
        (zip_of({"MANIFEST.json": b'{"format":"other"}'}), "no backup"),
        (zip_of({}), "no backup"),
        (b"age-encryption.org/v1\n-> X25519", "not by Genko"),
    ],
)
def test_what_is_not_ours_is_known_by_its_content(tmp_path: Path, data: bytes, what: str) -> None:
    assert what in refusal(tmp_path, data, NotAnArchive)


def test_a_zip_of_another_program_is_refused(tmp_path: Path) -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in MEMBERS.items():
            zipped.writestr(name, data)
    assert refusal(tmp_path, stream.getvalue(), ArchiveDamaged)


def test_the_name_of_the_file_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "holiday.jpg"
    path.write_bytes(GOOD)
    assert read_all(path)["contents"]


@pytest.mark.parametrize("extra", [b"x", bytes(4096), GOOD])
def test_bytes_before_and_behind_are_refused(tmp_path: Path, extra: bytes) -> None:
    for data in (extra + GOOD, GOOD + extra, Parts.of(MEMBERS).bytes(between=extra)):
        assert refusal(tmp_path, data)


def test_bytes_before_are_refused_when_the_offsets_allow_for_them(tmp_path: Path) -> None:
    parts = Parts.of(MEMBERS)
    for place, entry in enumerate(parts.entries):
        parts.put(place, offset=entry.offset + 7)
    assert "overlap" in refusal(tmp_path, parts.bytes(before=b"#!/bin/"))


def test_overlapping_members_are_refused(tmp_path: Path) -> None:
    parts = Parts.of({"README.txt": b"0" * 5000, **MEMBERS})
    for place in (1, 2, 3):
        parts.put(place, offset=0)
    assert "overlap" in refusal(tmp_path, parts.bytes())


def test_a_member_twice_is_refused(tmp_path: Path) -> None:
    stream = BytesIO()
    parts = Parts.of(MEMBERS)
    again = Parts.of({"MANIFEST.json": b"{}"}).entries[0]
    parts.entries.append(replace(again, offset=parts.entries[-1].end))
    parts.data.append(raw_deflate(b"{}"))
    stream.write(parts.bytes())
    assert "twice" in refusal(tmp_path, stream.getvalue())


@pytest.mark.parametrize(
    "name",
    [
        "../../evil",
        "/abs",
        "a//b",
        "C:\\x",
        "C:x",
        "a\\b",
        "data/\x00",
        "data/..",
        "./README.txt",
        "x/",
        "a\x1bb",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    members = {name: b"evil", **MEMBERS}
    part = {"name": name, "bytes": 4, "sha256": "0" * 64}
    data = forged(members, lambda manifest: manifest["files"].append(part), sums=False)
    assert "lead out" in refusal(tmp_path, data, ArchiveDamaged)
    assert sorted(os.listdir(tmp_path)) == ["x.genko-backup"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (3, 0x0809),  # encrypted
        (3, 0x0008),  # names that are not UTF-8
        (4, 12),  # bzip2
        (1, 0x0014),  # made by MS-DOS
        (16, 0o120777 << 16),  # a symbolic link
        (16, 0o040755 << 16),  # a folder
        (16, 0o020666 << 16),  # a device
        (15, 1),
        (14, 1),
        (13, 3),  # a comment
    ],
)
def test_a_member_of_another_kind_is_refused(tmp_path: Path, field: int, value: int) -> None:
    parts = Parts.of(MEMBERS)
    raw = Parts.of(MEMBERS).bytes()
    at = raw.index(b"PK\x01\x02")
    head = list(CENTRAL.unpack(raw[at : at + CENTRAL.size]))
    place = {1: 1, 3: 3, 4: 4, 13: 12, 14: 13, 15: 14, 16: 15}[field]
    head[place] = value
    parts.central[0] = CENTRAL.pack(*head) + parts.entries[0].name
    assert refusal(tmp_path, parts.bytes(), ArchiveDamaged)


def test_a_header_that_contradicts_the_table_is_refused(tmp_path: Path) -> None:
    parts = Parts.of(MEMBERS)
    parts.local[1] = local_header(b"x" * len(parts.entries[1].name), DEFLATED, parts.entries[1].stamp)
    assert "header" in refusal(tmp_path, parts.bytes(), ArchiveDamaged)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = {**MEMBERS, PAGES: bytes(64 << 20)}
    path = tmp_path / "bomb"
    parts = Parts.of(bomb)
    path.write_bytes(parts.bytes())
    assert path.stat().st_size < 100_000
    told = refusal(tmp_path, path.read_bytes(), ArchiveDamaged)
    assert "200 times" in told


def test_a_bomb_that_says_it_is_small_is_refused_when_it_grows(tmp_path: Path) -> None:
    parts = Parts.of(MEMBERS)
    place = NAMES.index(PAGES)
    parts.data[place] = raw_deflate(bytes(24 << 20))
    parts.put(place, packed=len(parts.data[place]))
    for later in range(place + 1, len(parts.entries)):
        parts.put(later, offset=parts.entries[later - 1].end)
    assert refusal(tmp_path, parts.bytes(), ArchiveDamaged)


@pytest.mark.parametrize(
    ("ratio", "fine"), [(203, True), (206, False)]
)  # zeros pack a bit worse than counted
def test_the_ratio_that_is_just_allowed(tmp_path: Path, ratio: int, fine: bool) -> None:
    noise = random.Random(1).randbytes(20_000)
    data = noise + bytes(int((ratio * len(noise) - len(noise)) / (1 - ratio / 1029)))
    parts = Parts.of(members_of(forged({"README.txt": data, **without("README.txt")})))
    entry = parts.entries[0]
    assert (entry.size / entry.packed <= 200) is fine
    if fine:
        assert accepted(tmp_path, parts.bytes())["files"]["README.txt"] == data
    else:
        assert "200 times" in refusal(tmp_path, parts.bytes(), ArchiveDamaged)


def test_a_script_of_one_word_is_no_bomb(tmp_path: Path) -> None:
    # The writer keeps below what the reader refuses.
    members = {**MEMBERS, "README.txt": b"a" * (12 << 20)}
    data = forged(members)
    assert len(data) < 1 << 20
    assert len(accepted(tmp_path, data)["files"]["README.txt"]) == 12 << 20


def without(name: str) -> dict[str, bytes]:
    return {key: value for key, value in MEMBERS.items() if key != name}


def test_what_the_manifest_does_not_list_is_refused(tmp_path: Path) -> None:
    nested = {"settings/inner.zip": GOOD, **MEMBERS}
    assert "does not know it" in refusal(tmp_path, forged(nested), ArchiveDamaged)
    assert "does not know it" in refusal(tmp_path, forged({"media/" + "0" * 64: b"x", **MEMBERS}))


@pytest.mark.parametrize("name", [PAGES, f"media/{SHA}", "README.txt"])
def test_what_is_missing_is_refused(tmp_path: Path, name: str) -> None:
    assert f"{name} is missing" in refusal(tmp_path, forged(without(name)), ArchiveDamaged)


def test_the_manifest_is_the_last_member(tmp_path: Path) -> None:
    manifest = MEMBERS["MANIFEST.json"]
    assert "not the last" in refusal(
        tmp_path, zip_of({"MANIFEST.json": manifest, **without("MANIFEST.json")})
    )
    assert "no manifest" in refusal(tmp_path, zip_of(without("MANIFEST.json")), NotAnArchive)


def change(**values: object) -> Callable[[Json], None]:
    return lambda manifest: manifest.update(values)


def test_a_newer_major_version_is_refused_with_its_number(tmp_path: Path) -> None:
    data = forged(MEMBERS, change(format_version=[2, 0], min_reader=[2, 0], words="none"))
    assert "2.0" in refusal(tmp_path, data, ArchiveTooNew)
    assert refusal(tmp_path, forged(MEMBERS, change(format_version=[1, 9], min_reader=[1, 2])), ArchiveTooNew)


@pytest.mark.parametrize(
    "values",
    [
        {"format_version": [0, 9]},
        {"format_version": "1.0"},
        {"format_version": [1]},
        {"min_reader": [1, -1]},
        {"created_at": "2026-11-21T09:12:03"},
        {"created_at": "yesterday"},
        {"words": -1},
        {"words": 9.0},
        {"words": "7"},
        {"words": True},
        {"pages": 3},
        {"content_id": "0" * 64},
        {"content_id": "short"},
        {"projects": []},
        {"sections": None},
        {"media": [{"sha256": "../../evil", "bytes": 1}]},
        {"documents": [{"project": "../../evil", "bytes": 1, "sha256": "0" * 64}]},
        {"surprise": 1},
        {"newer": True},
        {"extra": {"a": 1}},
        {"files": [{"name": "MANIFEST.json", "bytes": 1, "sha256": "0" * 64}]},
    ],
)
def test_a_manifest_that_does_not_hold_is_refused(tmp_path: Path, values: Json) -> None:
    assert refusal(tmp_path, forged(MEMBERS, change(**values)), ArchiveDamaged)


@pytest.mark.parametrize("key", list(json.loads(MEMBERS["MANIFEST.json"])))
def test_no_field_of_the_manifest_may_be_left_out(tmp_path: Path, key: str) -> None:
    assert refusal(tmp_path, forged(MEMBERS, lambda manifest: manifest.pop(key)))


@pytest.mark.parametrize("key", ["sha256", "count", "bytes"])
def test_no_sum_may_be_left_out(tmp_path: Path, key: str) -> None:
    assert refusal(tmp_path, forged(MEMBERS, lambda m: m["sections"][1].pop(key)), ArchiveDamaged)


def test_a_field_twice_in_the_manifest_is_refused(tmp_path: Path) -> None:
    twice = MEMBERS["MANIFEST.json"].replace(b'"label"', b'"reason": "daily", "label"')
    assert "twice" in refusal(tmp_path, zip_of({**MEMBERS, "MANIFEST.json": twice}))


def test_a_wrong_sum_is_refused_by_name(tmp_path: Path) -> None:
    for place, part in enumerate(json.loads(MEMBERS["MANIFEST.json"])["sections"]):

        def lie(manifest: Json, place: int = place) -> None:
            manifest["sections"][place]["sha256"] = "0" * 64

        told = refusal(tmp_path, forged(MEMBERS, lie), ArchiveDamaged)
        assert "SHA-256" in told
        assert f"[data/{part['name']}.jsonl]" in told


def test_a_wrong_count_is_refused(tmp_path: Path) -> None:
    def lie(manifest: Json) -> None:
        manifest["sections"][1]["count"] = 3

    assert "3" in refusal(tmp_path, forged(MEMBERS, lie), ArchiveDamaged)


def test_a_picture_that_is_another_is_refused(tmp_path: Path) -> None:
    changed = PICTURE[:-1] + b"\x01"
    assert SHA in refusal(tmp_path, forged({**MEMBERS, f"media/{SHA}": changed}), ArchiveDamaged)


def test_a_document_whose_frames_do_not_fit_is_refused(tmp_path: Path) -> None:
    name = next(name for name in NAMES if name.startswith("documents/"))
    for damage in (MEMBERS[name][:-1], MEMBERS[name] + b"\x01", b"\xff" * 9):
        assert "cut off" in refusal(tmp_path, forged({**MEMBERS, name: damage}), ArchiveDamaged)


def test_a_newer_minor_version_is_read_and_its_additions_are_kept(tmp_path: Path) -> None:
    pages = MEMBERS[PAGES].replace(b'"position":0', b'"position":0,"mood":{"a":[1]}')
    members = {"data/dreams.jsonl": b'{"project":"x","dream":1}\n', **MEMBERS, PAGES: pages}

    def newer(manifest: Json) -> None:
        manifest.update(format_version=[1, 7], weather="rain")
        part = {"name": "dreams", "count": 1, **_sum(members["data/dreams.jsonl"]), "new": 1}
        manifest["sections"].append(part)

    path = tmp_path / "newer"
    path.write_bytes(forged(members, newer))
    assert read_all(path)["manifest"].extra == {"weather": "rain"}
    with open_archive(path, work=Work()) as archive:
        assert [line.extra for line in archive.lines("pages")] == [{"mood": {"a": [1]}}, {}]
    refused = forged({**MEMBERS, PAGES: pages})
    assert "does not know" in refusal(tmp_path, refused, ArchiveDamaged)


def _sum(data: bytes) -> Json:
    import hashlib

    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["a pipe", "a folder"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "odd"
    make(path)
    with pytest.raises(NotAnArchive, match="ordinary"):
        open_archive(path, work=Work())


def test_stored_members_may_not_hide_anything(tmp_path: Path) -> None:
    parts = Parts.of(MEMBERS)
    place = NAMES.index(f"media/{SHA}")
    assert parts.entries[place].method == STORED
    parts.put(place, size=parts.entries[place].size - 1)
    assert refusal(tmp_path, parts.bytes(), ArchiveDamaged)
