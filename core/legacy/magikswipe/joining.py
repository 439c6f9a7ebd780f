"""Hangs the files of a universe on its concepts, and looks whether prompts and files are what they say."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from core.content import Fate, RowFate
from core.legacy.magikswipe.media import Media
from core.legacy.magikswipe.names import blanks, slug_in, slug_of
from core.legacy.magikswipe.universes import Asset, Music, Universe
from core.sizes import as_size

MOST_COMPARED = 200
"""Concepts whose names are looked for in others' prompts; a universe has ten to fifty."""
_NUMBERED = re.compile(r"\d{1,4}[_-]+(?=.)")
_MUSIC = re.compile(r"(?:music(?:_(?P<named>[a-z]{2}))?|(?P<bare>[a-z]{2}))\.mp3\Z", re.I)
_KINDS = {"image": "picture", "video": "film", "audio": "sound", "": "file"}


def join_media(universe: Universe, media: Iterable[Media]) -> None:
    """Give each file its concept or song; a row for each file."""
    universe.media = list(media)
    by_stem: dict[str, list[Media]] = defaultdict(list)
    for file in universe.media:
        by_stem[_stem(file.name)].append(file)
    owners: dict[str, str] = {}
    # What an asset is called itself goes first: a translation may be another's.
    named = [(asset, {slug_of(asset.name), *_said(asset)} - {""}) for asset in universe.assets]
    for asset, stems in (*named, *((asset, asset.slugs) for asset in universe.assets)):
        for file in (file for stem in sorted(stems) for file in by_stem.get(stem, ())):
            if file.kind in ("image", "video") and file.name not in owners:
                (asset.images if file.kind == "image" else asset.videos).append(file)
                owners[file.name] = f"of “{asset.name}”"
    for file in universe.media:
        if found := _MUSIC.match(os.path.basename(file.name)):
            language = (found["named"] or found["bare"] or "").lower()
            universe.music.setdefault(language, Music()).file = file
            owners[file.name] = f"the song in {language}" if language else "the song"
    _tell_files(universe, owners)
    known = {slug_of(asset.name): asset.name for asset in universe.assets[:MOST_COMPARED]}
    for asset in universe.assets:
        _look_at(asset, known)


def _said(asset: Asset) -> set[str]:
    """The files that the source names, as they are looked for."""
    return {_stem(name) for name in (asset.said_image, asset.said_video) if name}


def _stem(name: str) -> str:
    """What a file is called without number, ending and `_silent`; a path in it counts for nothing."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = _NUMBERED.sub("", os.path.splitext(base)[0], count=1)
    return slug_of(re.sub(r"_silent\Z", "", stem))


def _tell_files(universe: Universe, owners: dict[str, str]) -> None:
    seen: dict[str, str] = {}
    thumbnail = universe.thumbnail.rsplit("/", 1)[-1]
    for file in universe.media:
        where = f"{universe.where}/{file.name}"
        if file.trouble:
            why = f"{file.trouble[0].upper()}{file.trouble[1:]}."
            readable = bool(file.sha256) and file.size > 0
            universe.rows.append(RowFate(where, Fate.KEPT if readable else Fate.REFUSED, why=why))
            continue
        first = seen.setdefault(file.sha256, file.name)
        role = owners.get(file.name, "")
        if not role and thumbnail and file.name.rsplit("/", 1)[-1] == thumbnail:
            role = "the one that stands for the universe"
        about = f"A {_KINDS[file.kind]}, {as_size(file.size)}, {role or 'that belongs to no concept'}."
        if first != file.name:
            universe.rows.append(RowFate(where, Fate.DUPLICATE, why=f"{about} The same bytes as {first}."))
        else:
            universe.rows.append(RowFate(where, Fate.KEPT, why=about))


def _look_at(asset: Asset, known: Mapping[str, str]) -> None:
    """`known`: the names of the universe's concepts by their slugs."""
    _tell_missing(asset)
    own = asset.slugs
    for what, prompt in (("picture", asset.image_prompt), ("film", asset.video_prompt)):
        if not prompt:
            continue
        if found := blanks(prompt):
            asset.remarks.append(f"the prompt of its {what} holds {', '.join(found[:3])}, never filled in")
        words = f"-{slug_of(prompt)}-"
        if any(slug_in(words, slug) for slug in own):
            continue
        asset.verified = False
        other = next((name for slug, name in known.items() if slug not in own and slug_in(words, slug)), "")
        belongs = f"names “{other}” and not it" if other else "does not name it"
        asset.remarks.append(f"the prompt of its {what} {belongs} (unverified)")


def _tell_missing(asset: Asset) -> None:
    for what, said, files in (
        ("picture", asset.said_image, asset.images),
        ("film", asset.said_video, asset.videos),
    ):
        if not files:
            asset.remarks.append(f"its {what} is missing" if said else f"without a {what}")
        elif said:
            base = said.replace("\\", "/").rsplit("/", 1)[-1]
            if not any(file.name.rsplit("/", 1)[-1] == base for file in files):
                there = files[0].name.rsplit("/", 1)[-1]
                asset.remarks.append(f"its {what} should be {base[:80]}; {there} is there")
