"""Makes of a universe, as its reader found it, what would become a draft. Nothing is written here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from uuid import UUID, uuid5

from core.colours import is_colour
from core.drafts.bringing.coming import ComingAsset, ComingFile, ComingPack, ComingPrompt, ComingSong
from core.drafts.bringing.knowing import (
    code_of,
    digest_of,
    kinds_of,
    language_of,
    line_of,
    names_by_code,
    theme_of,
)
from core.drafts.bringing.prompts import coming_prompt, names_a_place, told_places
from core.drafts.slugs import slug_of as plain_slug
from core.drafts.themes import Themes
from core.legacy.magikswipe.media import Media
from core.legacy.magikswipe.names import slug_in, slug_of
from core.legacy.magikswipe.universes import Asset, Universe

_DRAFTS_OF = UUID("6f0f6f43-9d0b-5a55-8f0e-4d61676b5377")
"""Where the ids of drafts that come from MagikSwipe begin."""
_MEDIA = {"image": "image", "video": "clip", "audio": "music"}
LONGEST_READ = 20_000
"""Characters of a prompt, as the reader of MagikSwipe cuts them."""
_NUMBERED = re.compile(r"\d{1,4}[_-]+(?P<name>.+?)(?:_silent)?\.\w{2,4}")
_COVER = "the one that stands for the universe"
_MOST_TOLD = 2_000


def plan_universe(universe: Universe, themes: Themes) -> ComingPack:
    """What a universe would become."""
    return _Planner(universe, themes).plan()


class _Planner:
    def __init__(self, universe: Universe, themes: Themes) -> None:
        self._universe = universe
        self._theme = theme_of(universe, themes)
        self._kinds = kinds_of(self._theme)
        self._usual = self._theme.kinds[0] if self._theme else "other"
        self._concepts = {slug_of(asset.name): slug_of(asset.name) for asset in universe.assets}
        self._language = language_of(universe)
        self._files = {file.name: file for file in _files_of(universe)}

    def plan(self) -> ComingPack:
        universe = self._universe
        assets = [self._asset(asset) for asset in universe.assets]
        assets += self._from_files() if not assets else []
        cover = self._cover(assets)
        names = names_by_code(universe.names)
        songs = tuple(self._songs())
        theme = self._theme
        pack = ComingPack(
            draft_id=uuid5(_DRAFTS_OF, digest_of(universe)),
            where=universe.where,
            form=universe.form,
            name=line_of(universe.name) or line_of(universe.slug) or "MagikSwipe",
            slug=plain_slug(universe.slug or universe.name),
            aliases=tuple(sorted(universe.aliases)),
            language=self._language,
            languages=self._languages(names, songs),
            names=names,
            theme=theme.key if theme else "",
            said_theme=universe.theme,
            description=universe.description,
            colour=universe.background_color if is_colour(universe.background_color) else "",
            status=line_of(universe.status),
            was_public=bool(universe.is_public),
            created_at=universe.created_at,
            image_prompt=self._general(universe.image_prompt, "image"),
            clip_prompt=self._general(universe.video_prompt, "clip"),
            other_prompts=_others(universe.loose_prompts),
            assets=tuple(assets),
            songs=songs,
            cover=cover,
            files=tuple(self._files.values()),
            rows=tuple(row for row in universe.rows if row.where not in self._places())[:_MOST_TOLD],
        )
        return replace(pack, warnings=tuple(_warnings(pack, universe)))

    def _places(self) -> set[str]:
        return {f"{self._universe.where}/{name}" for name in self._files}

    def _asset(self, asset: Asset) -> ComingAsset:
        images = self._owned(asset.images, asset.said_image, f"picture of “{line_of(asset.name)}”")
        clips = self._owned(asset.videos, asset.said_video, f"clip of “{line_of(asset.name)}”")
        image, clip = coming_prompt(asset.image_prompt, "image"), coming_prompt(asset.video_prompt, "clip")
        # what fills its concept in can be no other's
        image, clip = (self._unless_sure(one, asset) for one in (image, clip))
        sure = {"picture": image is None or image.used, "film": clip is None or clip.used}
        remarks = [
            one
            for one in asset.remarks
            if "never filled in" not in one
            and not ("(unverified)" in one and any(sure[what] and f"its {what} " in one for what in sure))
        ]
        remarks += self._strange_names(asset)
        if max(len(asset.image_prompt), len(asset.video_prompt)) >= LONGEST_READ:
            remarks.append(f"its prompt was read up to its {LONGEST_READ:,}th character")
        remarks += told_places(image, "its prompt for pictures") + told_places(clip, "its prompt for clips")
        return ComingAsset(
            name=line_of(asset.name),
            kind=next(
                (self._kinds[slug] for slug in sorted(asset.slugs) if slug in self._kinds), self._usual
            ),
            where=asset.where,
            names=names_by_code(asset.names),
            image_prompt=image,
            clip_prompt=clip,
            images=images,
            clips=clips,
            verified=all(sure.values()),
            other_prompts=_others(asset.other_prompts),
            made_at=asset.generated_at,
            remarks=tuple(remarks),
        )

    def _unless_sure(self, prompt: ComingPrompt | None, asset: Asset) -> ComingPrompt | None:
        """A prompt that may be another's is kept, and not used."""
        if prompt is None or names_a_place(prompt):
            return prompt
        own, words = slug_of(asset.name), f"-{slug_of(prompt.text)}-"
        slugs = [slug for slug in asset.slugs if self._concepts.get(slug, own) == own]
        return prompt if any(slug_in(words, slug) for slug in slugs) else replace(prompt, used=False)

    def _strange_names(self, asset: Asset) -> Iterator[str]:
        """Translations that are what another concept is called: lists were shifted against each other."""
        own = slug_of(asset.name)
        for language, name in asset.names.items():
            other = self._concepts.get(slug_of(name), own)
            if other != own:
                yield f"its name in {language} is what another concept is called"

    def _owned(self, media: list[Media], said: str, of: str) -> tuple[ComingFile, ...]:
        """The files of an asset that can be used, the one that it names first; they are somebody's now."""
        wanted = PurePosixPath(said.replace("\\", "/")).name
        ordered = sorted(media, key=lambda one: (PurePosixPath(one.name).name != wanted, one.name))
        found: list[ComingFile] = []
        for one in ordered:
            file = replace(self._files[one.name], of=of)
            self._files[one.name] = file
            if not file.trouble and file.sha256 not in {other.sha256 for other in found}:
                found.append(file)
        return tuple(found)

    def _from_files(self) -> list[ComingAsset]:
        """Of a universe that lost its concepts: what its pictures are called."""
        found: dict[str, list[ComingFile]] = {}
        for file in list(self._files.values()):
            match = _NUMBERED.fullmatch(PurePosixPath(file.name).name)
            if match and not file.trouble and file.medium in ("image", "clip"):
                owned = replace(file, of=f"of “{line_of(match['name'])}”, by its name")
                self._files[file.name] = owned
                found.setdefault(match["name"], []).append(owned)
        return [
            ComingAsset(
                name=line_of(name.replace("_", " ")) or "?",
                kind=self._kinds.get(slug_of(name), self._usual),
                where=f"{self._universe.where}/{files[0].name}",
                images=tuple(file for file in files if file.medium == "image"),
                clips=tuple(file for file in files if file.medium == "clip"),
                verified=False,
                remarks=("its concept was lost; it is called as its file is",),
            )
            for name, files in found.items()
        ]

    def _songs(self) -> Iterator[ComingSong]:
        for language, song in sorted(self._universe.music.items()):
            file = None
            if song.file is not None:
                of = f"song in {language}" if language else "song"
                file = replace(self._files[song.file.name], of=of)
                self._files[song.file.name] = file
            code = code_of(language)
            prompt = coming_prompt(song.prompt, "music")
            usable = file if file is not None and not file.trouble else None
            if song.lyrics.strip() or prompt or usable:
                yield ComingSong(code, song.lyrics, prompt, usable)

    def _cover(self, assets: list[ComingAsset]) -> int:
        """Which asset stands for the universe; a picture of nobody's becomes an asset of its own for that."""
        wanted = PurePosixPath(self._universe.thumbnail.split("?")[0].replace("\\", "/")).name
        if not wanted:
            return -1
        for at, asset in enumerate(assets):
            if any(PurePosixPath(file.name).name == wanted for file in asset.images):
                return at
        for name, file in self._files.items():
            if (
                PurePosixPath(name).name == wanted
                and file.medium == "image"
                and not (file.of or file.trouble)
            ):
                self._files[name] = replace(file, of=_COVER)
                title = line_of(self._universe.name) or "Cover"
                assets.append(ComingAsset(title, "cover", f"{self._universe.where}/{name}", images=(file,)))
                return len(assets) - 1
        return -1

    def _general(self, text: str, medium: str) -> ComingPrompt | None:
        """The prompt for all: one that names no concept would make the same of each."""
        prompt = coming_prompt(text, medium)
        return replace(prompt, used=names_a_place(prompt)) if prompt is not None else None

    def _languages(self, names: Mapping[str, str], songs: tuple[ComingSong, ...]) -> tuple[str, ...]:
        said = Counter(code for asset in self._universe.assets for code in names_by_code(asset.names))
        others = [*(code for code, _ in said.most_common()), *names, *(song.language for song in songs)]
        return tuple(dict.fromkeys(code for code in (self._language, *others) if code))[:40]


def _others(found: list[tuple[str, str]]) -> tuple[tuple[str, ComingPrompt], ...]:
    """Prompts that are kept as revisions and not used, each with its medium."""
    media = {"image_prompt": "image", "video_prompt": "clip"}
    made = (
        (media[attribute], coming_prompt(text, media[attribute], used=False)) for attribute, text in found
    )
    return tuple(dict.fromkeys((medium, prompt) for medium, prompt in made if prompt is not None))


def _files_of(universe: Universe) -> Iterator[ComingFile]:
    seen: dict[str, str] = {}
    for file in universe.media:
        medium = _MEDIA.get(file.kind, "")
        same = seen.setdefault(file.sha256, file.name) if file.sha256 else file.name
        yield ComingFile(
            name=file.name,
            path=file.path,
            size=file.size,
            sha256=file.sha256,
            mime=file.mime,
            medium=medium,
            trouble=file.trouble,
            same_as=same if same != file.name else "",
        )


def _warnings(pack: ComingPack, universe: Universe) -> Iterator[str]:
    """What somebody should know before it is brought, in sentences."""
    if pack.was_public:
        yield "It was public there; here it is private until you say otherwise."
    if pack.said_theme and not pack.theme:
        yield "Its theme is none of those that are here; its words are in the notes."
    if universe.background_color and not pack.colour:
        yield "Its colour is not written #rrggbb; it is in the notes."
    for prompt, what in ((pack.image_prompt, "pictures"), (pack.clip_prompt, "clips")):
        for told in told_places(prompt, f"the prompt for {what}", template=True):
            yield _sentence(told)
        if prompt is not None and not prompt.used:
            yield f"The prompt for all {what} names one concept or none; it is kept, and not used."
    for song in pack.songs:
        for told in told_places(song.prompt, f"the prompt for music {song.language}".strip()):
            yield _sentence(told)
    if pack.other_prompts:
        yield f"Prompts whose concept can't be told, kept with the draft's own: {len(pack.other_prompts):,}."
    if not pack.assets and not universe.remarks:
        yield "There is no concept in it."
    prompts = ((asset.image_prompt, asset.clip_prompt) for asset in pack.assets)
    unsure = sum(any(one is not None and not one.used for one in both) for both in prompts)
    if unsure:
        yield f"Prompts that may be another concept's, kept and not used: {unsure:,}."
    yield from (_sentence(remark) for remark in dict.fromkeys(universe.remarks) if remark)


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}."
