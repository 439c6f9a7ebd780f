"""What lies among the backups or is named for an import may be anything; all else goes on."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from core.backup.archive import ArchiveDamaged, open_archive
from core.backup.importing import compare_with_now, plan_import
from core.backup.keeping import Catalogue
from core.backup.keeping.today import look_after
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


def test_a_reason_is_a_word_whatever_a_manifest_says(studio: Studio) -> None:
    studio.back_up()
    (studio.folder / NAME.format("cccccccc")).write_bytes(changed(reason="\x1b[2J[red]" + "r" * 5_000))
    with Catalogue(studio.paths) as catalogue:
        catalogue.rebuild(studio.folder)
        reasons = sorted(entry.reason for entry in catalogue.entries())
    assert len(reasons) == 2
    assert all(len(reason) <= 20 and reason.isprintable() for reason in reasons)


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
