"""What docs/backup-format.md says is enough to read a backup: ZIP, JSON and SHA-256."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.backup.archive.samples import DOCUMENT, FIRST, PICTURE, SECOND, SHA, TEXT, write_sample

GOLDEN = Path(__file__).parents[1] / "golden" / "format-1.0.genko-backup"
COUNTED = ("projects", "pages", "characters", "backgrounds", "scenes", "assembly", "pictures")


class Reader:
    """Another program."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as zipped:
            self.names = zipped.namelist()
            self.members = {name: zipped.read(name) for name in self.names}
        self.manifest: dict[str, Any] = json.loads(self.members["MANIFEST.json"])

    def lines(self, section: str) -> list[tuple[dict[str, Any], bytes]]:
        raw = self.members[f"data/{section}.jsonl"]
        return [(json.loads(line), line + b"\n") for line in raw.split(b"\n")[:-1]]

    def script(self, project: str) -> str:
        return "".join(line["text"] for line, _ in self.lines("pages") if line["project"] == project)

    def content_id(self) -> str:
        found = []
        for section in COUNTED:
            found.append(f"{section}\n")
            sums: dict[str, bytes] = {}
            for line, raw in self.lines(section):
                project, part = str(line.get("project") or line["id"]), raw
                if section == "projects":
                    part = canonical(line["meta"])
                elif section == "pages":
                    part = line["text"].encode()
                sums[project] = sums.get(project, b"") + part
            found += [f"{p} {section} {hashlib.sha256(data).hexdigest()}\n" for p, data in sums.items()]
        return hashlib.sha256("".join(sorted(found)).encode()).hexdigest()


def canonical(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("1e-07", "1e-7").encode()


@pytest.fixture(params=["new", "golden"])
def reader(request: pytest.FixtureRequest, tmp_path: Path) -> Reader:
    if request.param == "golden":
        return Reader(GOLDEN)
    path = write_sample(tmp_path / "x.genko-backup").path
    assert path is not None
    return Reader(path)


def test_scripts_documents_and_pictures_are_where_the_page_says(reader: Reader) -> None:
    assert reader.names[-1] == "MANIFEST.json"
    assert reader.script(str(FIRST)) == TEXT + "PAGE 2 :\n"
    assert reader.members[f"media/{SHA}"] == PICTURE
    blobs, data = [], reader.members[f"documents/{FIRST}.loro"]
    while data:
        (size,) = struct.unpack("<Q", data[:8])
        blobs.append(data[8 : 8 + size])
        data = data[8 + size :]
    assert tuple(blobs) == DOCUMENT
    assert reader.members[f"documents/{SECOND}.loro"] == b""


def test_all_sums_of_the_manifest_can_be_checked(reader: Reader) -> None:
    manifest = reader.manifest
    listed = {"MANIFEST.json"}
    for kind, name in (("sections", "data/{name}.jsonl"), ("documents", "documents/{project}.loro")):
        for part in manifest[kind]:
            listed.add(check(reader, name.format(**part), part))
    for part in manifest["media"]:
        listed.add(check(reader, f"media/{part['sha256']}", part))
    for part in manifest["files"]:
        listed.add(check(reader, part["name"], part))
    assert listed == set(reader.names)
    for part in manifest["sections"]:
        assert len(reader.lines(part["name"])) == part["count"]
    assert reader.content_id() == manifest["content_id"]


def check(reader: Reader, name: str, part: dict[str, Any]) -> str:
    data = reader.members[name]
    assert (len(data), hashlib.sha256(data).hexdigest()) == (part["bytes"], part["sha256"])
    return name


@pytest.mark.skipif(shutil.which("unzip") is None, reason="needs unzip")
def test_unzip_finds_nothing_wrong(tmp_path: Path) -> None:
    done = subprocess.run(["unzip", "-t", str(GOLDEN)], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "No errors detected" in done.stdout
    assert "warning" not in done.stdout + done.stderr
