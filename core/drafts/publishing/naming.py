"""How the files of a published pack are called: in the media store, and below the slug for old readers.

No name is made of a writer's words: hashes, ids and language codes only.
"""

from __future__ import annotations

import hashlib

from core.drafts.publishing.manifest import Entry, File, Song
from core.media.kinds import SUFFIXES

_SILENT = "_silent"


def suffix_of(file: File) -> str:
    """How its name ends."""
    return SUFFIXES.get(file.mime, ".bin")


def stored_name(file: File) -> str:
    """Its name in the media store: what is in it."""
    return f"{file.sha256}{suffix_of(file)}"


def _stem(entry: Entry) -> str:
    """Another one for another asset, and for another picture of it: readers keep what they have."""
    shown = [file.sha256 for file in (entry.image, entry.clip) if file is not None]
    told = hashlib.sha256("\0".join([entry.id, *shown]).encode("utf-8", "surrogatepass"))
    return told.hexdigest()[:32]


def image_name(entry: Entry) -> str:
    """`<stem>.png` and the like; the stem alone for an asset without a picture."""
    return _stem(entry) + (suffix_of(entry.image) if entry.image else "")


def clip_name(entry: Entry) -> str:
    """`<stem>_silent.mp4` or `.webm`; empty without a clip."""
    return f"{_stem(entry)}{_SILENT}{suffix_of(entry.clip)}" if entry.clip else ""


def is_told(entry: Entry) -> bool:
    """Whether an old reader finds the clip by itself: it puts `_silent.mp4` or `.webm` in place of `.png`."""
    return entry.image is not None and suffix_of(entry.image) == ".png"


def asset_music_name(entry: Entry) -> str:
    """`<stem>_music.mp3`; empty without music."""
    return f"{_stem(entry)}_music{suffix_of(entry.music)}" if entry.music else ""


def song_name(song: Song) -> str:
    """`music_fr.mp3`; empty without a file."""
    return f"music_{song.language.lower()}{suffix_of(song.file)}" if song.file else ""
