"""Projects to be backed up, and what is found in their archives."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from core.backup.archive import open_archive
from core.backup.exporting import CreateWishes, Made
from core.backup.work import Work
from core.content import Content
from core.media import MediaStore, Picture
from core.media.attaching import attach
from core.story import Section
from core.workspace import Shelf

TEXT = (
    "Le rêve\n\nPAGE 1\n\nPANEL 1\nMARA: 夢か… 🌊\n\nPAGE 2\n\nPANEL 1\n(Rain.)\n\n  \u2028trailing \n"
    "é e\u0301 \u202eשלום\u202c 👩\u200d🎨 [red]{夢|ゆめ}\n\t\f\x85end"
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
SHA = hashlib.sha256(PNG).hexdigest()


def project(shelf: Shelf, title: str = "Rêve", text: str = TEXT) -> UUID:
    """A project with a script, records of all kinds and a mark."""
    made = shelf.create(title=title, text=text, language="fr").project_id
    with shelf.edited(made) as store:
        mara = store.add_record(Section.CHARACTERS, name="Mara", notes="shy\nat first")
        store.add_record(Section.BACKGROUNDS, name="Harbour")
        store.add_record(Section.SCENES, title="Rain", characters=(mara,))
        store.add_record(Section.ASSEMBLY, number=1, layout="2 | 1")
        store.set_mark("word", "ribouldingue", True)
    return made


def with_picture(shelf: Shelf, project_id: UUID) -> Path:
    """Give its first character a picture; gives the file."""
    store = MediaStore(shelf.media_of(project_id))
    store.folder.mkdir()
    path = store.folder / f"{SHA}.png"
    path.write_bytes(PNG)
    with shelf.edited(project_id) as document:
        one = document.characters()[0].id
        attach(document, Section.CHARACTERS, one, [Picture(SHA, "image/png", 1, 1, len(PNG), "mara.png")])
    return path


def contents(made: Made) -> list[Content]:
    """The projects of a backup, as its reader gives them."""
    assert made.path is not None
    with open_archive(made.path, work=Work()) as archive:
        return list(archive.contents())


def everything_in(path: Path) -> bytes:
    """All members, unpacked, one after another."""
    with zipfile.ZipFile(path) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


def lines(path: Path, section: str) -> list[dict[str, Any]]:
    """The lines of a section, read with nothing of Genko's."""
    with zipfile.ZipFile(path) as packed:
        return [msgspec.json.decode(line) for line in packed.read(f"data/{section}.jsonl").splitlines()]


def wishes(folder: Path, *projects: UUID, **more: Any) -> CreateWishes:
    """All of these projects, or of the library."""
    return CreateWishes(folder, projects or None, **more)


def files_below(*folders: Path) -> set[Path]:
    """Every file in these folders."""
    return {path for folder in folders for path in folder.rglob("*") if path.is_file()}
