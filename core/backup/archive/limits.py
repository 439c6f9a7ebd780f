"""How much an archive may hold, checked before work is done and again while it is."""

from __future__ import annotations

from dataclasses import dataclass

from core.backup.archive.lines import MOST_LINE

_MB = 1 << 20
_GB = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, unless said otherwise. Everything that Genko writes is within the defaults."""

    file: int = 64 * _GB
    text: int = 1 * _GB
    """Of all sections, unpacked."""
    documents: int = 16 * _GB
    """Of all lossless documents, unpacked."""
    document: int = 512 * _MB
    """Of one project's."""
    media: int = 64 * _GB
    medium: int = 256 * _MB
    others: int = 1 * _GB
    """Of README, manuscripts and settings together, unpacked."""
    settings_file: int = 16 * _MB
    kept: int = 64 * _GB
    """Of other programs' data that wait for their place, unpacked."""
    kept_file: int = 4 * _GB
    kept_list: int = 32 * _MB
    manifest: int = 16 * _MB
    ratio: int = 200
    """Of unpacked to packed bytes of a member, once that is past `ratio_from`."""
    ratio_from: int = 1 * _MB
    members: int = 150_000
    line: int = MOST_LINE
    """What is decoded of it may take twenty times as much."""
    odd_manifest: int = 5 * _MB
    """Of a manifest that is not in the form in which this version writes it."""
    projects: int = 20_000
    lines: int = 5_000_000
    """Of all sections together, in lines."""


LIMITS = Limits()
