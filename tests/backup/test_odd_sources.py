"""What lies among the backups or is named for an import may be anything; all else goes on."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from core.backup.archive import ArchiveDamaged, open_archive
from core.backup.importing import compare_with_now, plan_import
from core.backup.keeping import Catalogue
from core.backup.keeping.today import look_after
from core.backup.process.reading import leaves, summary_of
from core.backup.work import Work
from core.errors import GenkoError
from tests.backup.archive.forging import forged, members_of, sample_bytes
from tests.backup.keeping.making import Studio

MEMBERS = members_of(sample_bytes())
NAME = "library--20261121T091203Z--manual--{}.genko-backup"
EDGES = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z"]


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """One project, no backup yet."""
    return Studio.make(tmp_path)


def changed(**values: Any) -> bytes:
    """An archive whose manifest says something else; its sums are right."""
    return forged(MEMBERS, lambda manifest: manifest.update(archive_id=str(uuid4()), **values))


@pytest.mark.parametrize("at", EDGES)
def test_a_date_at_the_edge_of_the_calendar_among_the_backups_stops_nothing(studio: Studio, at: str) -> None:
    """It can't be said in another zone; whoever puts such a file there must not end all backups for good."""
    studio.back_up()
    stranger = studio.folder / NAME.format("aaaaaaaa")
    stranger.write_bytes(changed(created_at=at))
    control = studio.folder / NAME.format("bbbbbbbb")
    control.write_bytes(changed(created_at="2031-01-01T00:00:00Z"))
    studio.write("More.")
    assert look_after(studio.shelf, studio.wishes()).verdict == "done"
    studio.paths.backups_file.unlink()
    with Catalogue(studio.paths) as catalogue:
        listed = {Path(entry.path).name for entry in catalogue.entries()}
    assert control.name in listed
    assert stranger.name not in listed
    assert stranger.exists()


@pytest.mark.parametrize("at", EDGES)
@pytest.mark.parametrize(
    ("member", "field"),
    [
        ("data/projects.jsonl", b'"edited_at":"2026-11-21T09:12:03.456789Z"'),
        ("data/versions.jsonl", b'"saved_at":"2026-11-21T09:12:03.456789Z"'),
    ],
)
def test_such_a_date_in_a_line_is_refused_before_a_server_has_to_keep_it(
    tmp_path: Path, member: str, field: bytes, at: str
) -> None:
    path = tmp_path / "x"
    name = field.partition(b":")[0]
    assert field in MEMBERS[member]
    path.write_bytes(
        forged({**MEMBERS, member: MEMBERS[member].replace(field, name + b':"' + at.encode() + b'"')})
    )
    with open_archive(path, work=Work()) as archive, pytest.raises(ArchiveDamaged) as caught:
        archive.verify()
    assert caught.value.member == member
    assert "line 1" in caught.value.what


@pytest.mark.parametrize(
    ("moments", "fine"),
    [
        ({"made_at": "2026-11-21T09:12:03Z"}, True),
        ({"made_at": "2026-11-21T09:12:03"}, False),
        ({"made_at": "0001-01-01T00:00:00+14:00"}, False),
        ({"made_at": "2026-11-21T09:12:03Z", "offset": 10**12}, False),
        ({"made_at": "2026-11-21T09:12:03Z", "confirmed_at": "2026-11-21T09:12:03"}, False),
    ],
)
def test_a_second_list_with_odd_moments_is_none(
    studio: Studio, moments: dict[str, object], fine: bool
) -> None:
    """It lies in a folder that others may share; the backups themselves are found without it."""
    made = studio.back_up().entry
    streamed = {"id": str(uuid4()), "path": "", "sha256": "a" * 64, **moments}
    (studio.folder / ".genko-backups.json").write_text(json.dumps({"version": 1, "backups": [streamed]}))
    studio.paths.backups_file.unlink()
    with Catalogue(studio.paths) as catalogue:
        entries = catalogue.entries()
        moments_seen = [(entry.day, entry.elsewhere_at) for entry in entries]
    assert len(moments_seen) == 1 + fine
    assert made.id in {entry.id for entry in entries}
    studio.write("More.")
    assert look_after(studio.shelf, studio.wishes()).verdict != "failed"


def test_a_reason_is_a_word_whatever_a_manifest_says(studio: Studio) -> None:
    studio.back_up()
    (studio.folder / NAME.format("cccccccc")).write_bytes(changed(reason="\x1b[2J[red]" + "r" * 5_000))
    with Catalogue(studio.paths) as catalogue:
        catalogue.rebuild(studio.folder)
        reasons = sorted(entry.reason for entry in catalogue.entries())
    assert len(reasons) == 2
    assert all(len(reason) <= 20 and reason.isprintable() for reason in reasons)


EVIL = "\x1b]0;x\x07\x1b[31m\u202eevil\x9b2J[red]"
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def evil_archive() -> bytes:
    """Whatever text an archive may have for people to read is made to steer their terminal."""
    member_fields = {
        "data/versions.jsonl": ("author", "message"),
        "data/pictures.jsonl": ("mime", "name"),
        "data/pages.jsonl": ("text",),
        "data/characters.jsonl": ("fields",),
        "data/projects.jsonl": ("title",),
    }
    members = dict(MEMBERS)
    for member, fields in member_fields.items():
        rows = [json.loads(line) for line in members[member].splitlines()]
        for row in rows:
            row.update({name: {"name": EVIL, EVIL: EVIL} if name == "fields" else EVIL for name in fields})
        members[member] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)

    def change(manifest: dict[str, Any]) -> None:
        manifest.update(reason=EVIL, label=EVIL, app_version=EVIL, left_out=[{"what": EVIL, "why": EVIL}])
        for project in manifest["projects"]:
            project["title"] = EVIL

    return forged(members, change)


def texts_in(value: object) -> Iterator[str]:
    """All texts in what a process answers."""
    match msgspec.to_builtins(value):
        case str() as text:
            yield text
        case list() | tuple() as several:
            for one in several:
                yield from texts_in(one)
        case dict() as named:
            for one in named.values():
                yield from texts_in(one)


def test_nothing_that_an_archive_tells_steers_a_terminal(tmp_path: Path) -> None:
    """What the screen of backups is given of it: the summary, and everything that can be read."""
    path = tmp_path / "evil.genko-backup"
    path.write_bytes(evil_archive())
    with open_archive(path, work=Work()) as archive:
        archive.verify()
        assert STEERING.search(archive.manifest.app_version), "the control: it is in the archive"
        told = [*texts_in(summary_of(archive))]
        for project in archive.projects():
            told += [text for leaf in leaves(archive, project.id) for text in texts_in(leaf)]
    assert sum("evil" in text for text in told) >= 10
    assert [text for text in told if STEERING.search(text)] == []


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "ask",
    [
        lambda studio, path: plan_import(studio.shelf, path),
        lambda studio, path: compare_with_now(studio.shelf, path, studio.project),
    ],
)
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.symlink("/dev/zero", path)])
def test_a_pipe_or_a_device_is_refused_and_not_waited_for(
    studio: Studio, tmp_path: Path, ask: Callable[[Studio, Path], object], make: Callable[[Path], None]
) -> None:
    path = tmp_path / NAME.format("dddddddd")
    make(path)
    with pytest.raises(GenkoError, match="neither a file nor a folder"):
        ask(studio, path)
