"""What a revision of a pack holds, as one plain value: everything that is published, and nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

import msgspec

from core.errors import GenkoError

FORMAT = 1
MOST_ASSETS = 10_000
LONGEST_NAME = 500
"""Characters of a name."""
LONGEST_TEXT = 2_000_000
"""Characters of a prompt or of lyrics."""
SHA = r"^[0-9a-f]{64}$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Name = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]
Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Language = Annotated[str, msgspec.Meta(pattern=LANGUAGE, max_length=35)]


class PublishError(GenkoError):
    """A pack can't be published, or what is published is not as it should be."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the media store."""

    sha256: Annotated[str, msgspec.Meta(pattern=SHA)]
    mime: Annotated[str, msgspec.Meta(max_length=100)]
    size: Annotated[int, msgspec.Meta(ge=1)]


class Making(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a medium of an asset was made."""

    attempt: str = ""
    prompt: Text = ""
    """As it was sent, without placeholders."""
    origin: str = ""
    """Of the prompt: theme, own, regenerated, bible or imported."""
    provider: Name = ""
    model: Name = ""
    seed: int = 0
    finished_at: Name = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An asset."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    kind: Annotated[str, msgspec.Meta(max_length=40)] = "other"
    name: Name = ""
    names: dict[Language, Name] = {}
    """By language, the first one's among them."""
    image: File | None = None
    clip: File | None = None
    music: File | None = None
    making: dict[str, Making] = {}
    """By medium."""
    generated: int = 0
    """How often something was made for it."""
    generated_at: Name = ""
    """When the last time was (ISO 8601)."""


class Song(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Music of the pack, for a language."""

    language: Language
    prompt: Text = ""
    lyrics: Text = ""
    file: File | None = None


class Manifest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A whole pack. Whether it is public is not in it: that is changed without publishing anew."""

    format: int = FORMAT
    pack: UUID
    slug: Annotated[str, msgspec.Meta(pattern=SLUG, max_length=80)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
    names: dict[Language, Name] = {}
    description: Text = ""
    theme: Name = ""
    style: Text = ""
    languages: tuple[Language, ...] = ()
    colour: Annotated[str, msgspec.Meta(pattern=r"^(#[0-9a-f]{6})?$")] = ""
    cover: str = ""
    """The id of an asset; empty: the first that has a picture."""
    prompts: dict[str, Text] = {}
    """The pack's own, by medium."""
    assets: Annotated[tuple[Entry, ...], msgspec.Meta(max_length=MOST_ASSETS)] = ()
    songs: tuple[Song, ...] = ()

    def files(self) -> dict[str, File]:
        """Every file that it names, by SHA-256."""
        return {file.sha256: file for file in _files(self)}

    def cover_entry(self) -> Entry | None:
        """The asset whose picture stands for the pack."""
        chosen = next((one for one in self.assets if one.id == self.cover and one.image), None)
        return chosen or next((one for one in self.assets if one.image), None)


def _files(manifest: Manifest) -> Iterator[File]:
    for entry in manifest.assets:
        yield from (file for file in (entry.image, entry.clip, entry.music) if file is not None)
    yield from (song.file for song in manifest.songs if song.file is not None)


def to_json(manifest: Manifest) -> str:
    """Its one form: sorted keys, no spaces."""
    plain = msgspec.to_builtins(manifest)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(text: str) -> str:
    """SHA-256 (hex) of that form: the same for the same pack."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def from_plain(value: Any, sha256: str) -> Manifest:
    """From what the database gives. Raises PublishError for one that is damaged, or from a newer program."""
    try:
        manifest = msgspec.convert(value, Manifest)
    except msgspec.ValidationError:
        raise _unreadable() from None
    if manifest.format != FORMAT or content_hash(to_json(manifest)) != sha256:
        raise _unreadable()
    return manifest


def _unreadable() -> PublishError:
    return PublishError(
        "This revision can't be read: it is damaged, or a newer Genko made it.",
        safe="What is published is as it was.",
        todo="Take another revision, or update Genko.",
    )
