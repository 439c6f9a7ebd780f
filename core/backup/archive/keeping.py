"""Packages of other programs' data in an archive: which there are, and whether each is what its list says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from core.backup.archive.errors import damaged
from core.backup.archive.manifest import FilePart, Manifest
from core.backup.archive.naming import KEPT, MANIFEST, kept_member
from core.legacy.kept_list import LISTING

if TYPE_CHECKING:
    from core.legacy.kept_list import Listing

_MEMBER = re.compile(rf"{KEPT}([a-z]{{1,20}}-[0-9a-f]{{16}})/({re.escape(LISTING)}|[0-9a-f]{{64}})\Z")


def packages_of(manifest: Manifest) -> dict[str, dict[str, FilePart]]:
    """The packages by name, each with its members by theirs. Raises ArchiveDamaged for odd ones."""
    found: dict[str, dict[str, FilePart]] = {}
    for file in manifest.files:
        if not file.name.startswith(KEPT):
            continue
        named = _MEMBER.match(file.name)
        if named is None:
            raise damaged(MANIFEST, f"it names {file.name[:100]!a}, which is none of ours")
        found.setdefault(named[1], {})[named[2]] = file
    for package, members in found.items():
        if LISTING not in members:
            raise damaged(kept_member(package, LISTING), "it is missing")
        for name, file in members.items():
            if name not in (LISTING, file.sha256):
                raise damaged(file.name, "its name is not that of its content")
    return found


def read_listing(data: bytes, package: str, members: Mapping[str, FilePart], *, newer: bool) -> Listing:
    """What a package's list says, if that is what it holds. Raises ArchiveDamaged."""
    from core.legacy.kept_list import Listing, is_safe, kept_name

    member = kept_member(package, LISTING)
    try:
        listing = msgspec.json.decode(data, type=Listing)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise damaged(member, "it can't be read") from error
    if not newer and msgspec.json.encode(listing) != data:
        raise damaged(member, "it is not in the form in which Genko writes it")
    if not is_safe(listing) or kept_name(listing) != package:
        raise damaged(member, "it says what no list of Genko's says")
    said = {(file.sha256, file.size) for file in listing.files}
    if said != {(name, file.bytes) for name, file in members.items() if name != LISTING}:
        raise damaged(member, "it names other files than there are")
    return listing


def listings_in(packages: Iterable[str]) -> dict[str, str]:
    """The members that are lists, each with its package."""
    return {kept_member(package, LISTING): package for package in packages}
