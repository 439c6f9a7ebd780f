"""The manifest of a draft, and which files it needs: looked at on its own thread, made on any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from core.colours import is_colour
from core.drafts.kinds import MEDIA, MIME_OF, PROMPT_MEDIA
from core.drafts.prompting.resolving import theme_of
from core.drafts.publishing.manifest import (
    LANGUAGE,
    LONGEST_NAME,
    LONGEST_TEXT,
    MOST_ASSETS,
    Entry,
    File,
    Making,
    Manifest,
    PublishError,
    Song,
)
from core.drafts.slugs import is_slug
from core.errors import GenkoError
from core.media.kinds import SUFFIXES
from core.story import Asset, Attempt, Pack, PromptRevision, clean_text

if TYPE_CHECKING:
    from core.drafts.pack.draft import Draft
    from core.drafts.themes import Themes
    from core.media import MediaStore

_LANGUAGE = re.compile(LANGUAGE)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that an asset has not, or not any more."""

    asset: str
    """Its id; empty: the pack itself."""
    name: str
    """What it is called."""
    medium: str
    gone: bool
    """It was accepted, and its file is not here."""


@dataclass(frozen=True)
class Taken:
    """What would be published."""

    manifest: Manifest
    content: str
    """The draft's own digest at that moment: whoever compares sees whether it was edited since."""
    public: bool
    files: Mapping[str, Path]
    """Where each file of the manifest is on this machine, by SHA-256."""
    lacking: tuple[Lacking, ...]


@dataclass(frozen=True)
class Seen:
    """A draft at one moment, in records that never change: any thread may read them."""

    id: UUID
    name: str
    pack: Pack
    languages: tuple[str, ...]
    content: str
    public: bool
    assets: tuple[Asset, ...]
    attempts: Mapping[str, Attempt]
    prompts: Mapping[str, PromptRevision]

    def accepted(self, asset: Asset, medium: str) -> Attempt | None:
        """What was accepted for a medium of an asset."""
        return self.attempts.get(getattr(asset, f"accepted_{medium}"))

    def made(self) -> Mapping[str, list[Attempt]]:
        """The attempts that came to something, by asset ("": the pack's own), the oldest first."""
        found: dict[str, list[Attempt]] = {}
        for attempt in sorted(self.attempts.values(), key=lambda one: (one.asked_at, one.id)):
            if attempt.status == "done" and attempt.medium:
                found.setdefault(attempt.asset, []).append(attempt)
        return found


def look_at(draft: Draft) -> Seen:
    """Look at a draft, on its own thread; milliseconds, with thousands of assets too."""
    return Seen(
        id=draft.store.project_id,
        name=draft.name,
        pack=draft.pack,
        languages=draft.languages,
        content=draft.content,
        public=draft.is_public,
        assets=tuple(draft.assets()),
        attempts=dict(draft.index.attempts),
        prompts=dict(draft.index.prompts),
    )


def take(draft: Draft, media: MediaStore, prompts: Mapping[str, str] | None = None) -> Taken:
    """Both steps at once; see `taken_of`."""
    return taken_of(look_at(draft), media, prompts)


def taken_of(seen: Seen, media: MediaStore, prompts: Mapping[str, str] | None = None) -> Taken:
    """Make the manifest; looks at the files' names, so it blocks.

    `prompts` are the theme's, by medium, which stand where the pack has none of its own. Raises
    PublishError for a draft without a name or a slug, or with too many assets.
    """
    pack, name = seen.pack, _line(seen.name)
    if not name or not is_slug(pack.slug):
        raise PublishError(
            "The draft lacks a name or a slug.", safe="Nothing was published.", todo="Give it one."
        )
    if len(seen.assets) > MOST_ASSETS:
        raise PublishError(
            f"{len(seen.assets):,} assets can't be published in one pack; {MOST_ASSETS:,} can.",
            safe="Nothing was published.",
        )
    files, made, first = _Files(media), seen.made(), seen.languages[0]
    manifest = Manifest(
        pack=seen.id,
        slug=pack.slug,
        name=name,
        names={**_names(pack.names), **_names({first: name})},
        description=_text(pack.description),
        theme=_line(pack.theme),
        style=_text(pack.style),
        languages=tuple(code for code in seen.languages if _LANGUAGE.match(code)),
        colour=pack.colour.lower() if is_colour(pack.colour) else "",
        cover=pack.cover,
        prompts=_pack_prompts(seen, prompts or {}),
        assets=tuple(_entry(seen, asset, made.get(asset.id, []), files) for asset in seen.assets),
        songs=tuple(_songs(seen, made.get("", []), files)),
    )
    return Taken(manifest, seen.content, seen.public, files.paths, tuple(files.lacking))


class _Files:
    """What is here of the files that are named."""

    def __init__(self, media: MediaStore) -> None:
        self._listed = media.listed()
        self.paths: dict[str, Path] = {}
        self.lacking: list[Lacking] = []

    def of(self, attempt: Attempt | None, asset: Asset | None, medium: str) -> File | None:
        """The file of an accepted attempt; what is not here is noted."""
        key, name = (asset.id, asset.name) if asset is not None else ("", "")
        if attempt is None:
            if medium == "image":
                self.lacking.append(Lacking(key, name, medium, gone=False))
            return None
        sha = attempt.output
        path, size = self._listed.get(sha, (None, 0))
        if path is None or not _kind_of(attempt, path).startswith(MIME_OF[medium]):
            self.lacking.append(Lacking(key, name, medium, gone=True))
            return None
        self.paths[sha] = path
        return File(sha256=sha, mime=_kind_of(attempt, path), size=size)


def _kind_of(attempt: Attempt, path: Path) -> str:
    """By how its name ends in the store, which says what its bytes were found to be."""
    return next((mime for mime, suffix in SUFFIXES.items() if path.suffix == suffix), attempt.mime)


def _entry(seen: Seen, asset: Asset, made: Sequence[Attempt], files: _Files) -> Entry:
    accepted = {medium: seen.accepted(asset, medium) for medium in MEDIA}
    name = _line(asset.name)
    return Entry(
        id=asset.id,
        kind=asset.kind[:40],
        name=name,
        names={**_names(asset.names), **_names({seen.languages[0]: name})},
        image=files.of(accepted["image"], asset, "image"),
        clip=files.of(accepted["clip"], asset, "clip"),
        music=files.of(accepted["music"], asset, "music"),
        making={medium: _making(seen, one) for medium, one in accepted.items() if one is not None},
        generated=len(made),
        generated_at=max((_moment(one.finished_at) for one in made), default=""),
    )


def _making(seen: Seen, attempt: Attempt) -> Making:
    revision = seen.prompts.get(attempt.revision)
    return Making(
        attempt=attempt.id,
        prompt=_text(attempt.resolved or (revision.text if revision else "")),
        origin=revision.origin if revision else "theme" if attempt.step == "picture" else attempt.step,
        provider=_line(attempt.provider),
        model=_line(attempt.model),
        seed=attempt.seed,
        finished_at=_moment(attempt.finished_at),
    )


def _pack_prompts(seen: Seen, otherwise: Mapping[str, str]) -> dict[str, str]:
    own = {medium: seen.prompts.get(getattr(seen.pack, f"prompt_{medium}")) for medium in PROMPT_MEDIA}
    texts = {
        medium: one.text if one is not None else otherwise.get(medium, "") for medium, one in own.items()
    }
    return {medium: _text(text) for medium, text in texts.items() if text}


def _songs(seen: Seen, made: Sequence[Attempt], files: _Files) -> Iterator[Song]:
    """Music of the pack itself: the newest attempt of each language that brought a file or words."""
    newest: dict[str, Attempt] = {}
    for attempt in made:
        language = str(attempt.parameters.get("language") or seen.languages[0])
        if attempt.medium == "music" and _LANGUAGE.match(language):
            newest[language] = attempt
    order = {code: place for place, code in enumerate(seen.languages)}
    for language in sorted(newest, key=lambda code: (order.get(code, len(order)), code)):
        attempt = newest[language]
        lyrics = attempt.parameters.get("lyrics") or attempt.words.get("lyrics") or ""
        yield Song(
            language=language,
            prompt=_making(seen, attempt).prompt,
            lyrics=_text(str(lyrics)),
            file=files.of(attempt, None, "music") if attempt.output else None,
        )


def _names(names: Mapping[str, str]) -> dict[str, str]:
    cleaned = {code: _line(name) for code, name in names.items() if _LANGUAGE.match(code)}
    return {code: name for code, name in cleaned.items() if name}


def _line(text: str) -> str:
    return " ".join(clean_text(text).text.split())[:LONGEST_NAME]


def _text(text: str) -> str:
    return clean_text(text).text[:LONGEST_TEXT]


def _moment(text: str) -> str:
    """A moment in its one form, to the microsecond, in UTC; empty for what is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    if moment.tzinfo is None or not 1970 <= moment.year <= 9000:
        return ""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def theme_prompts(draft: Draft, known: Themes) -> dict[str, str]:
    """The prompts of the draft's theme, by medium; none where its theme is not known here."""
    try:
        theme = theme_of(draft.pack, known)
    except GenkoError:
        return {}
    return {medium: theme.prompt(medium) for medium in PROMPT_MEDIA} if theme is not None else {}
