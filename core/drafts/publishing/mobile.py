"""A published pack in the layout that old mobile readers expect, as a folder or a ZIP archive."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.atomic import rename_new, sync_file, sync_folder
from core.drafts.mediastore.place import differs
from core.drafts.publishing.manifest import File, Manifest, PublishError
from core.drafts.publishing.naming import (
    asset_music_name,
    clip_name,
    image_name,
    song_name,
    stored_name,
    suffix_of,
)
from core.drafts.publishing.rows import ASSETS, ASSETS_TRANSLATIONS, TRANSLATIONS, rows_of, univers_row
from core.outgoing import cant_write, named_file
from core.work import Work

if TYPE_CHECKING:
    from core.drafts.mediastore import MediaPlace

WRITING = "writing the export"
_OPEN = (TRANSLATIONS, ASSETS, ASSETS_TRANSLATIONS)
"""Tables of which the export has rows: those without prompts, for what is exported is read by anybody."""
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Exported:
    """What was written."""

    path: Path
    files: int
    bytes: int


def layout(manifest: Manifest) -> dict[str, File]:
    """Each file by its name below the slug."""
    named: dict[str, File] = {}
    for entry in manifest.assets:
        pairs = ((image_name, entry.image), (clip_name, entry.clip), (asset_music_name, entry.music))
        named |= {name(entry): file for name, file in pairs if file is not None}
    songs = [song for song in manifest.songs if song.file is not None]
    for song in songs:
        if song.file is not None:
            named[song_name(song)] = song.file
    if songs and songs[0].file is not None:
        named[f"music{suffix_of(songs[0].file)}"] = songs[0].file
    return named


def export_mobile(
    manifest: Manifest,
    place: MediaPlace,
    target: Path,
    work: Work | None = None,
    *,
    archive: bool = False,
    replace: bool = False,
) -> Exported:
    """Write `{slug}/…` into the new folder `target`, or into a ZIP archive of that name.

    It is there and whole, or not there. An archive takes the place of a file only with `replace`, a
    folder never does. Every file is compared with its name on the way. Raises UsageError, PublishError,
    MediaPlaceError, GenkoError (the disk), StoppedError.
    """
    work = work or Work()
    files = layout(manifest)
    texts = {"data.json": _data(manifest), "univers.json": _tables(manifest)}
    total, done = sum(file.size for file in files.values()), 0
    with _archive(target, replace) if archive else _folder(target) as write:
        for name, text in texts.items():
            write(f"{manifest.slug}/{name}", iter([text]))
        for name, file in files.items():
            work.step(WRITING, done, total)
            write(f"{manifest.slug}/{name}", _checked(place, file, work))
            done += file.size
        work.step(WRITING, total, total)
    return Exported(target, len(files) + len(texts), total + sum(map(len, texts.values())))


def _checked(place: MediaPlace, file: File, work: Work) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in place.read(stored_name(file)):
        if work.stop.is_set():
            work.step(WRITING, 0, 0)
        digest.update(piece)
        yield piece
    if digest.hexdigest() != file.sha256:
        raise differs(stored_name(file), place.name)


class _Writer:
    """Writes files, one after another."""

    def __init__(self, folder: Path | None = None, zipped: zipfile.ZipFile | None = None) -> None:
        self._folder, self._zipped = folder, zipped

    def __call__(self, name: str, pieces: Iterator[bytes]) -> None:
        if self._zipped is not None:
            about = zipfile.ZipInfo(name, _MOMENT)
            about.external_attr = 0o600 << 16
            with self._zipped.open(about, "w", force_zip64=True) as stream:
                for piece in pieces:
                    stream.write(piece)
        if self._folder is not None:
            path = self._folder / name
            path.parent.mkdir(exist_ok=True, mode=0o700)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            with open(os.open(path, flags, 0o600), "wb") as stream:
                for piece in pieces:
                    stream.write(piece)
                stream.flush()
                sync_file(stream.fileno())


@contextlib.contextmanager
def _archive(target: Path, replace: bool) -> Iterator[_Writer]:
    with (
        named_file(target, replace=replace, private=True) as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as zipped,
    ):
        yield _Writer(zipped=zipped)


@contextlib.contextmanager
def _folder(target: Path) -> Iterator[_Writer]:
    if os.path.lexists(target):
        raise _exists(target)
    parent = Path(os.path.abspath(target)).parent
    made: Path | None = None
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=parent))
        yield _Writer(folder=made)
        for folder in (*(path for path in made.iterdir() if path.is_dir()), made):
            sync_folder(folder)
        _name(made, target)
        sync_folder(parent)
    except OSError as error:
        raise cant_write(target, error) from error
    finally:
        if made is not None and made.exists():
            shutil.rmtree(made, ignore_errors=True)


def _name(made: Path, target: Path) -> None:
    """Never in the place of something: a folder that came meanwhile, even an empty one, is somebody's."""
    try:
        if not rename_new(made, target):
            raise _exists(target)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise _exists(target) from None
        raise


def _exists(target: Path) -> PublishError:
    return PublishError(f"{target} exists.", safe="It was not changed.", todo="Name a new folder.")


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _data(manifest: Manifest) -> bytes:
    """As readers of the first form know it; what prompts said is not in it."""
    first = manifest.languages[0] if manifest.languages else ""
    items = [
        {
            "title": entry.name,
            "image": image_name(entry) if entry.image else "",
            "video": clip_name(entry),
            "title_translations": {code: name for code, name in entry.names.items() if code != first},
        }
        for entry in manifest.assets
    ]
    cover = manifest.cover_entry()
    return _json(
        {
            "title": manifest.name,
            "translations": manifest.names,
            "theme": manifest.theme,
            "description": manifest.description,
            "background_color": manifest.colour,
            "thumbnail": image_name(cover) if cover else "",
            "items": items,
            "music": {song.language: song_name(song) for song in manifest.songs if song.file},
        }
    )


def _tables(manifest: Manifest) -> bytes:
    """The rows as readers of the tables know them; ids of rows that count only there are left out."""
    rows = rows_of(manifest, 0)
    tables: dict[str, Any] = {"univers": [{"pack_id": str(manifest.pack), **univers_row(manifest)}]}
    for table in _OPEN:
        named = (zip(table.names, row, strict=True) for row in rows[table.name])
        tables[table.name] = [{key: value for key, value in one if key != "univers_id"} for one in named]
    return _json(tables)
