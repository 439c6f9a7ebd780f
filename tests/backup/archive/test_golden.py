"""Backups made by each version of the format are kept for ever and read for ever."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import msgspec
import pytest

from core.backup.archive import open_archive
from core.backup.archive.drafts import is_draft_document
from core.backup.archive.reading import Archive
from core.backup.work import Work
from core.story import Replica
from tests.backup.archive.test_locked import CHEAP, PASSPHRASE

GOLDEN = Path(__file__).parents[1] / "golden"
"""`NAME.genko-backup`, and in `NAME.json` all that comes out of it. Add files, never change one."""


def told(archive: Archive) -> object:
    """All that comes out of an archive, as JSON."""
    contents: list[dict[str, object]] = []
    for content in archive.contents():
        blobs = [hashlib.sha256(blob).hexdigest() for blob in content.document]
        pictures = [msgspec.to_builtins(picture) for picture in content.pictures]
        contents.append(
            {
                "key": content.key,
                "title": content.title,
                "meta": content.meta,
                "script": content.script,
                "records": {
                    section: [[record.key, record.fields] for record in records]
                    for section, records in content.records.items()
                },
                "document": blobs,
                "versions": [msgspec.to_builtins(version) for version in content.versions],
                "pictures": pictures,
                "edited_at": None if content.edited_at is None else content.edited_at.isoformat(),
            }
        )
    texts = (part.name for part in archive.manifest.files if not is_draft_document(part.name))
    files = {name: archive.file(name).decode() for name in texts}
    files.pop("README.txt")  # its words may change
    return {"manifest": msgspec.to_builtins(archive.manifest), "contents": contents, "files": files}


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.genko-backup*")), ids=lambda path: path.name)
def test_it_is_read_as_it_was_written(path: Path) -> None:
    passphrase = PASSPHRASE if path.suffix == ".age" else None
    with open_archive(path, work=Work(), passphrase=passphrase) as archive:
        archive.verify()
        found = told(archive)
    expected = json.loads(path.with_name(path.name.split(".genko-backup")[0] + ".json").read_text())
    expected["manifest"].setdefault("drafts", [])  # nobody knew of them then
    assert json.loads(json.dumps(found)) == expected


def test_a_real_one_holds_the_script_twice_as_lines_and_as_a_document() -> None:
    with open_archive(GOLDEN / "format-1.0-weather-office.genko-backup", work=Work()) as archive:
        (content,) = archive.contents()
    replica = Replica(content.document)
    assert replica.text == content.script
    assert content.title == "The Weather Office"


def test_there_is_one_of_the_format_that_is_written_now() -> None:
    from core.backup.archive.manifest import VERSION

    versions = {
        tuple(json.loads(path.read_text())["manifest"]["format_version"]) for path in GOLDEN.glob("*.json")
    }
    assert VERSION in versions


def write_golden(name: str) -> None:
    """Make pairs of files for a new version: `python -c "from … import write_golden; …"`.

    One of a real project is made with `genko import` and `genko backup create`, then `write_told`.
    """
    from tests.backup.archive.samples import write_sample

    for suffix, lock in ((".genko-backup", None), ("-locked.genko-backup.age", CHEAP.lock)):
        written = write_sample(GOLDEN / f"{name}{suffix}", passphrase=lock)
        assert written.path is not None
        write_told(written.path)


def write_told(path: Path) -> None:
    """Note what comes out of an archive today."""
    passphrase = CHEAP.secret if path.suffix == ".age" else None
    with open_archive(path, work=Work(), passphrase=passphrase) as archive:
        found = json.dumps(told(archive), ensure_ascii=False, indent=1)
    path.with_name(path.name.split(".genko-backup")[0] + ".json").write_text(found + "\n")
