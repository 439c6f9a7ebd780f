"""What an archive must hold according to its manifest, and whether it holds that and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from core.backup.archive.drafts import draft_documents, is_draft_document
from core.backup.archive.errors import ArchiveDamaged, ArchiveTooNew, NotAnArchive, damaged
from core.backup.archive.keeping import packages_of
from core.backup.archive.limits import LIMITS, Limits
from core.backup.archive.lines import OF_DRAFTS, SECTIONS
from core.backup.archive.manifest import FORMAT, VERSION, WITH_DRAFTS, Manifest, encode_manifest
from core.backup.archive.naming import KEPT, MANIFEST, document_member, media_member, section_member
from core.backup.archive.zipreading import ZipFileReader
from core.errors import GenkoError
from core.legacy.kept_list import LISTING


@dataclass(frozen=True, slots=True)
class Listed:
    """What the manifest says of a member."""

    name: str
    size: int
    sha256: str
    most: int
    """Bytes that a member of its kind may have."""
    kind: str


def read_manifest(zipped: ZipFileReader, limits: Limits) -> Manifest:
    """The manifest, if it is the last member. Raises ArchiveError."""
    if MANIFEST not in zipped.entries:
        raise NotAnArchive("This is a ZIP file, but no backup of Genko's: it has no manifest.")
    if next(reversed(zipped.entries)) != MANIFEST:
        raise ArchiveDamaged("The manifest is not the last part of the archive.", member=MANIFEST)
    if zipped.entries[MANIFEST].size > limits.manifest:
        raise ArchiveDamaged("The manifest is too large.", member=MANIFEST)
    return parse_manifest(b"".join(zipped.data(MANIFEST)), limits)


def parse_manifest(data: bytes, limits: Limits = LIMITS) -> Manifest:
    """Its bytes, strictly. Raises NotAnArchive, ArchiveTooNew, ArchiveDamaged."""
    return _as_written_now(data) or _careful(data, limits)


def _as_written_now(data: bytes) -> Manifest | None:
    """The manifest if it is, to the byte, as Genko writes it: that takes little memory."""
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    version = found.format_version
    current = found.format == FORMAT and (1, 0) <= version <= VERSION and found.min_reader <= VERSION
    return found if current and not found.newer and encode_manifest(found) == data else None


def _careful(data: bytes, limits: Limits) -> Manifest:
    from core.legacy.strict_json import OWN, decode_json

    if len(data) > limits.odd_manifest:
        raise damaged(MANIFEST, "it is large, and not in the form in which Genko writes it")
    try:
        raw = decode_json(data, OWN).value
    except GenkoError as error:
        raise damaged(MANIFEST, error.what.rstrip(".")) from error
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise NotAnArchive("This is a ZIP file, but no backup of Genko's.")
    newer = _is_newer(raw)
    fields = set(Manifest.__struct_encode_fields__) - {"extra", "newer"}
    if not _has_drafts(raw):
        fields.remove("drafts")
    elif "drafts" not in raw:
        raise damaged(MANIFEST, "Object missing required field `drafts`")
    extra = {key: value for key, value in raw.items() if key not in fields}
    known = {key: raw[key] for key in raw if key in fields}
    try:
        manifest = msgspec.convert({**known, "extra": extra, "newer": newer}, Manifest)
    except msgspec.ValidationError as error:
        raise damaged(MANIFEST, str(error).rstrip(".")) from error
    if not newer and (extra or _unknown(known, msgspec.to_builtins(manifest))):
        raise damaged(MANIFEST, "it holds what its version does not know")
    return manifest


def _unknown(raw: Any, known: Any) -> bool:
    """Whether any object has a key that was not taken."""
    if isinstance(raw, dict):
        return any(key not in known or _unknown(raw[key], known[key]) for key in raw)
    return isinstance(raw, list) and any(map(_unknown, raw, known))


def _is_newer(raw: dict[str, Any]) -> bool:
    """Whether a newer version wrote it, of a kind that this one can still read. Raises ArchiveTooNew."""
    try:
        version = msgspec.convert(raw.get("format_version"), tuple[int, int])
        reader = msgspec.convert(raw.get("min_reader"), tuple[int, int])
    except msgspec.ValidationError as error:
        raise damaged(MANIFEST, "it does not say its version") from error
    if version[0] > VERSION[0] or reader > VERSION:
        raise ArchiveTooNew(
            f"This backup has format {version[0]}.{version[1]}, made for readers of {reader[0]}.{reader[1]} "
            f"and later; this Genko reads {VERSION[0]}.{VERSION[1]}.",
            todo="Update Genko, then open it again.",
        )
    if version[0] < 1 or min(*version, *reader) < 0:
        raise damaged(MANIFEST, "there is no such version")
    return version > VERSION


def _has_drafts(raw: dict[str, Any]) -> bool:
    """Whether its version knows of drafts."""
    return tuple(raw["format_version"]) >= WITH_DRAFTS


def listed_members(manifest: Manifest, zipped: ZipFileReader, limits: Limits) -> dict[str, Listed]:
    """All members but the manifest, by name. Raises ArchiveDamaged if those of the file are others."""
    found: dict[str, Listed] = {}
    for listed in _parts(manifest, limits):
        if listed.name in found or listed.name == MANIFEST:
            raise damaged(MANIFEST, f"it names {listed.name} twice")
        found[listed.name] = listed
        entry = zipped.entries.get(listed.name)
        if entry is None:
            raise ArchiveDamaged(f"{listed.name} is missing from the archive.", member=listed.name)
        if entry.size != listed.size:
            raise damaged(listed.name, "it has another size than the manifest says")
    if extra := zipped.entries.keys() - found.keys() - {MANIFEST}:
        raise damaged(name := min(extra), f"the manifest does not know it ({name})")
    _refuse_unknown_sections(manifest)
    packages_of(manifest)
    draft_documents(manifest)
    _refuse_too_much(manifest, found, limits)
    return found


def _parts(manifest: Manifest, limits: Limits) -> Iterator[Listed]:
    for section in manifest.sections:
        name = section_member(section.name)
        yield Listed(name, section.bytes, section.sha256, limits.text, "text")
    for document in manifest.documents:
        name = document_member(document.project)
        yield Listed(name, document.bytes, document.sha256, limits.document, "documents")
    for medium in manifest.media:
        yield Listed(media_member(medium.sha256), medium.bytes, medium.sha256, limits.medium, "media")
    for file in manifest.files:
        if file.name.startswith(KEPT):
            most = limits.kept_list if file.name.endswith(LISTING) else limits.kept_file
            yield Listed(file.name, file.bytes, file.sha256, most, "kept")
            continue
        if is_draft_document(file.name):
            yield Listed(file.name, file.bytes, file.sha256, limits.document, "documents")
            continue
        most = limits.settings_file if file.name.startswith("settings/") else limits.others
        yield Listed(file.name, file.bytes, file.sha256, most, "others")


def _refuse_unknown_sections(manifest: Manifest) -> None:
    known = set(SECTIONS) if manifest.format_version >= WITH_DRAFTS else set(SECTIONS) - set(OF_DRAFTS)
    if not manifest.newer:
        for part in manifest.sections:
            if part.name not in known:
                raise damaged(MANIFEST, "it names a section that its version does not know")


def _refuse_too_much(manifest: Manifest, found: dict[str, Listed], limits: Limits) -> None:
    totals = dict.fromkeys(("text", "documents", "media", "others", "kept"), 0)
    for listed in found.values():
        totals[listed.kind] += listed.size
        if listed.size > listed.most:
            raise ArchiveDamaged(
                f"{listed.name} in the archive has {listed.size / 1e6:,.0f} MB; "
                f"at most {listed.most / 1e6:,.0f} MB can be.",
                member=listed.name,
            )
    for kind, total in totals.items():
        if total > getattr(limits, kind):
            raise ArchiveDamaged(f"The archive holds more than can be: {total / 1e6:,.0f} MB of {kind}.")
    if len(manifest.projects) + len(manifest.drafts) > limits.projects:
        raise ArchiveDamaged(f"The archive holds more than {limits.projects:,} projects.")
    if sum(part.count for part in manifest.sections) > limits.lines:
        raise ArchiveDamaged(f"The archive holds more than {limits.lines:,} lines.")
