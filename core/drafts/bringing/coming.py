"""What would come of old universes, as plain values: the dry run's report, and what is done after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from core.content import RowFate


@dataclass(frozen=True, slots=True)
class ComingPrompt:
    """A prompt as it was written, and what becomes of it."""

    text: str
    mended: str = ""
    """With former places (`{tema}`) written as they are now; empty where there is nothing to mend."""
    used: bool = True
    """Whether it counts from now on; else it is kept as a revision, and the pack's or the theme's counts."""

    @property
    def now(self) -> str:
        """As it counts."""
        return self.mended or self.text


@dataclass(frozen=True, slots=True)
class ComingFile:
    """A file of a universe, read to its end."""

    name: str
    path: Path
    size: int
    sha256: str
    mime: str
    """By its bytes; empty for what is no medium."""
    medium: str
    """image, clip, music or empty."""
    of: str = ""
    """Whose it is, in words; empty: nobody's."""
    trouble: str = ""
    same_as: str = ""
    """The first file with the same bytes."""


@dataclass(frozen=True)
class ComingAsset:
    """A concept, which becomes an asset."""

    name: str
    kind: str
    where: str
    names: Mapping[str, str] = field(default_factory=dict)
    image_prompt: ComingPrompt | None = None
    clip_prompt: ComingPrompt | None = None
    other_prompts: tuple[tuple[str, ComingPrompt], ...] = ()
    """(Medium, prompt) of those that are kept beside these."""
    images: tuple[ComingFile, ...] = ()
    """The first one is accepted."""
    clips: tuple[ComingFile, ...] = ()
    verified: bool = True
    made_at: datetime | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ComingSong:
    """Music in one language; "" where the universe has only one."""

    language: str
    lyrics: str = ""
    prompt: ComingPrompt | None = None
    file: ComingFile | None = None


@dataclass(frozen=True, kw_only=True)
class ComingPack:
    """A universe, which becomes a draft."""

    draft_id: UUID
    """Made of all that it holds: the same universe is the same draft, wherever it lies."""
    where: str
    form: str
    name: str
    slug: str
    aliases: tuple[str, ...]
    """How it was spelt."""
    language: str
    """Of its concepts' names, as far as can be told."""
    languages: tuple[str, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    theme: str = ""
    """The key of one of our themes."""
    said_theme: str = ""
    description: str = ""
    colour: str = ""
    status: str = ""
    """As it was there."""
    was_public: bool = False
    created_at: datetime | None = None
    image_prompt: ComingPrompt | None = None
    clip_prompt: ComingPrompt | None = None
    other_prompts: tuple[tuple[str, ComingPrompt], ...] = ()
    """(Medium, prompt) of those whose concept can't be told."""
    assets: tuple[ComingAsset, ...] = ()
    songs: tuple[ComingSong, ...] = ()
    cover: int = -1
    """Which of the assets; -1: none."""
    files: tuple[ComingFile, ...] = ()
    """All that lie there, also those that are nobody's."""
    rows: tuple[RowFate, ...] = ()
    """What is to be said of documents and rows that are neither asset nor file."""
    warnings: tuple[str, ...] = ()
    there: str = ""
    """What is here already: empty, "here" or "in the trash"."""
    same_as: str = ""
    """Where another universe of this source lies that holds exactly the same."""

    @property
    def is_new(self) -> bool:
        """Whether bringing it would change anything."""
        return not self.there and not self.same_as

    @property
    def orphans(self) -> list[ComingFile]:
        """Files that belong to no concept, song or cover."""
        return [file for file in self.files if not file.of and not file.trouble]


@dataclass(frozen=True)
class Coming:
    """All that was found under a path."""

    source: str
    packs: tuple[ComingPack, ...] = ()
    rows: tuple[RowFate, ...] = ()
    """Of what belongs to no universe."""
    notes: tuple[str, ...] = ()
