"""A universe as a type, whatever form it had: its concepts, words in several languages, prompts, media."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from core.content import RowFate
from core.legacy.magikswipe.media import Media
from core.legacy.magikswipe.names import slug_of


@dataclass
class Asset:
    """A concept of a universe, with its picture and its film."""

    name: str
    sort_order: int
    where: str
    """Its place in the source, for the report."""
    names: dict[str, str] = field(default_factory=dict)
    """By language."""
    image_prompt: str = ""
    video_prompt: str = ""
    other_prompts: list[tuple[str, str]] = field(default_factory=list)
    """(`image_prompt` or `video_prompt`, text) of those that the source has beside these."""
    verified: bool = True
    """Whether the prompts name the concept; else they may be another's."""
    said_image: str = ""
    """The file that the source names; it may not be there."""
    said_video: str = ""
    images: list[Media] = field(default_factory=list)
    videos: list[Media] = field(default_factory=list)
    generated_at: datetime | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def slugs(self) -> set[str]:
        """Its name in all languages, as files and prompts may call it."""
        return {slug for name in (self.name, *self.names.values()) if (slug := slug_of(name))}


@dataclass
class Music:
    """A song in one language."""

    lyrics: str = ""
    prompt: str = ""
    file: Media | None = None


@dataclass
class Universe:
    """All of one universe."""

    where: str
    """Folder or database row."""
    form: str
    """In words: “draft”, “SQLite and bucket”."""
    slug: str
    """One for all spellings: see names.slug_of."""
    name: str
    aliases: set[str] = field(default_factory=set)
    """How it was spelt elsewhere."""
    theme: str = ""
    description: str = ""
    status: str = ""
    background_color: str = ""
    is_public: bool | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    names: dict[str, str] = field(default_factory=dict)
    image_prompt: str = ""
    video_prompt: str = ""
    loose_prompts: list[tuple[str, str]] = field(default_factory=list)
    """The same of prompts whose concept can't be told."""
    music: dict[str, Music] = field(default_factory=dict)
    """By language; "" for the one of a universe with only one."""
    assets: list[Asset] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    thumbnail: str = ""
    remarks: list[str] = field(default_factory=list)
    rows: list[RowFate] = field(default_factory=list)
    """Of what is neither an asset nor a file."""
    documents: list[str] = field(default_factory=list)
    """Names of the files of JSON that it was read from."""
    folder: Path | None = None
    """Where its media lie; None for a universe of a database whose bucket is not there."""
