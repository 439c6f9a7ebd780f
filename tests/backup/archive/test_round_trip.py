"""What goes into an archive comes out of it, and anybody's ZIP program reads it too."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from io import BytesIO
from pathlib import Path

from core.backup.archive import open_archive
from core.backup.work import Work
from core.story import Section
from tests.backup.archive.samples import DOCUMENT, FIRST, PICTURE, SECOND, SHA, TEXT, write_sample


def test_all_that_was_written_is_read(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "a.genko-backup")
    assert written.path == tmp_path / "a.genko-backup"
    assert [path.name for path in tmp_path.iterdir()] == ["a.genko-backup"]
    assert stat.S_IMODE(written.path.stat().st_mode) == 0o600
    with open_archive(written.path, work=Work()) as archive:
        archive.verify()
        assert archive.sha256 == written.sha256 == hashlib.sha256(written.path.read_bytes()).hexdigest()
        assert archive.manifest == written.manifest
        content = archive.content(FIRST)
        assert content.script == TEXT + "PAGE 2 :\n"
        assert content.document == DOCUMENT
        assert content.records[Section.SCENES][0].fields == {"name": "Akira", "tags": ["a", "b"]}
        assert content.meta["x"] == 1e-7
        assert content.versions[0].frontier == b"\x00\xff"
        assert content.pictures[0].sha256 == SHA
        assert archive.content(SECOND).title == "[red]empty"
        with archive.media(SHA) as stream:
            assert stream.read() == PICTURE
        assert archive.file("settings/settings.toml") == b'theme = "dark"\n'
        assert archive.file("manuscript/01-the-dream.txt").decode() == TEXT


def test_other_programs_read_it(tmp_path: Path) -> None:
    path = write_sample(tmp_path / "a.genko-backup").path
    assert path is not None
    with zipfile.ZipFile(path) as zipped:
        assert zipped.testzip() is None
        assert zipped.namelist()[0] == "README.txt"
        assert zipped.namelist()[-1] == "MANIFEST.json"
        pages = [json.loads(line) for line in zipped.read("data/pages.jsonl").splitlines()]
        assert "".join(page["text"] for page in pages) == TEXT + "PAGE 2 :\n"
        assert zipped.read(f"media/{SHA}") == PICTURE


def test_a_pipe_gets_the_same_file(tmp_path: Path) -> None:
    class Pipe(BytesIO):
        def seek(self, *_: int) -> int:
            raise OSError("not seekable")

        def tell(self) -> int:
            raise OSError("not seekable")

    pipe = Pipe()
    written = write_sample(pipe)
    assert written.path is None
    copy = tmp_path / "copy"
    copy.write_bytes(pipe.getvalue())
    with open_archive(copy, work=Work()) as archive:
        archive.verify()
        assert archive.sha256 == written.sha256
