"""What an archive must hold according to its manifest, and whether it holds that and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from core.backup.archive.errors import ArchiveDamaged, ArchiveTooNew, NotAnArchive
from core.backup.archive.limits import Limits
from core.backup.archive.manifest import FORMAT, VERSION, Manifest
from core.backup.archive.naming import MANIFEST, document_member, media_member, section_member
from core.backup.archive.zipreading import ZipFileReader
from core.errors import GenkoError


@dataclass(frozen=True, slots=True)
class Listed:
    """What the manifest says of a member."""

    name: str
    size: int
    sha256: str


def read_manifest(zipped: ZipFileReader, limits: Limits) -> Manifest:
    """The manifest, if it is the last member. Raises ArchiveError."""
    names = list(zipped.entries)
    if MANIFEST not in zipped.entries:
        raise NotAnArchive("This is a ZIP file, but no backup of Genko's: it has no manifest.")
    if names[-1] != MANIFEST:
        raise ArchiveDamaged("The manifest is not the last part of the archive.", member=MANIFEST)
    if zipped.entries[MANIFEST].size > limits.manifest:
        raise ArchiveDamaged("The manifest is too large.", member=MANIFEST)
    return parse_manifest(b"".join(zipped.data(MANIFEST)))


def parse_manifest(data: bytes) -> Manifest:
    """Its bytes, strictly. Raises NotAnArchive, ArchiveTooNew, ArchiveDamaged."""
    from core.legacy.strict_json import OWN, decode_json

    try:
        raw = decode_json(data, OWN).value
    except GenkoError as error:
        raise _unreadable(error.what) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise NotAnArchive("This is a ZIP file, but no backup of Genko's.")
    newer = _refuse_newer(raw)
    fields = {field.encode_name for field in msgspec.structs.fields(Manifest)} - {"extra"}
    extra = {key: value for key, value in raw.items() if key not in fields}
    if extra and not newer:
        raise _unreadable("it holds what its version does not know")
    try:
        return msgspec.convert({**{k: raw[k] for k in raw if k in fields}, "extra": extra}, Manifest)
    except msgspec.ValidationError as error:
        raise _unreadable(str(error)) from error


def _refuse_newer(raw: dict[str, Any]) -> bool:
    """Whether it was written by a newer version, of a kind that this one can still read."""
    try:
        version = msgspec.convert(raw.get("format_version"), tuple[int, int])
        reader = msgspec.convert(raw.get("min_reader"), tuple[int, int])
    except msgspec.ValidationError as error:
        raise _unreadable("it does not say its version") from error
    if version[0] > VERSION[0] or reader > VERSION:
        raise ArchiveTooNew(
            f"This backup has format {version[0]}.{version[1]}; this Genko reads up to {VERSION[0]}.",
            todo="Update Genko, then open it again.",
        )
    if version[0] < 1 or min(*version, *reader) < 0:
        raise _unreadable("there is no such version")
    return version > VERSION


def _unreadable(why: str) -> ArchiveDamaged:
    return ArchiveDamaged(f"The manifest of the archive can't be read: {why.rstrip('.')}.", member=MANIFEST)


def listed_members(manifest: Manifest, zipped: ZipFileReader, limits: Limits) -> dict[str, Listed]:
    """All members but the manifest, by name. Raises ArchiveDamaged if those of the file are others."""
    found: dict[str, Listed] = {}
    parts = [
        *((section_member(part.name), part) for part in manifest.sections),
        *((document_member(part.project), part) for part in manifest.documents),
        *((media_member(part.sha256), part) for part in manifest.media),
        *((part.name, part) for part in manifest.files),
    ]
    for name, part in parts:
        if name in found or name == MANIFEST:
            raise ArchiveDamaged("The manifest names a member twice.", member=name)
        found[name] = Listed(name, part.bytes, part.sha256)
    for name, listed in found.items():
        entry = zipped.entries.get(name)
        if entry is None:
            raise ArchiveDamaged(f"{name} is missing from the archive.", member=name)
        if entry.size != listed.size:
            raise ArchiveDamaged(f"{name} has another size than the manifest says.", member=name)
    if extra := zipped.entries.keys() - found.keys() - {MANIFEST}:
        name = min(extra)
        raise ArchiveDamaged(f"{name} is in the archive, and the manifest does not know it.", member=name)
    return found
