"""A universe out of its files of JSON: the old folders, the drafts, and what came after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from core.content import Fate, RowFate
from core.errors import GenkoError
from core.legacy.magikswipe.finding import DOCUMENTS
from core.legacy.magikswipe.names import slug_of
from core.legacy.magikswipe.universes import Asset, Music, Universe
from core.legacy.moments import moment
from core.legacy.strict_json import Limits, read_json
from core.legacy.values import items, mapping, text

LIMITS = Limits(file=16_000_000, unpacked=16_000_000, mend=True)
LANGUAGES = ("fr", "en", "es", "it", "de")
MOST_ASSETS = 2_000
_DRAFT = re.compile(r"(?P<slug>.+)-[0-9a-f]{8}\Z")
_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{2})?\Z")
_TRANSLATIONS = ("words_translations", "translations")


def read_universe(folder: Path, where: str, names: set[str]) -> Universe:
    """What the documents of a folder say. What can't be read is a row of its own, the others are read on."""
    return _Folder(folder, where, names).read()


class _Folder:
    def __init__(self, folder: Path, where: str, names: set[str]) -> None:
        self._folder = folder
        self._where = where
        self._documents: dict[str, Mapping[str, Any] | list[Any]] = {}
        self._rows: list[RowFate] = []
        for name in sorted(names & DOCUMENTS):
            self._open(name)

    def _open(self, name: str) -> None:
        where = f"{self._where}/{name}"
        try:
            parsed = read_json(self._folder / name, LIMITS)
        except GenkoError as error:
            self._rows.append(RowFate(where, Fate.REFUSED, why=error.what))
            return
        if not isinstance(parsed.value, dict | list):
            self._rows.append(RowFate(where, Fate.REFUSED, why="It holds neither an object nor a list."))
            return
        self._documents[name] = parsed.value
        why = f"{parsed.mended:,} damaged characters." if parsed.mended else ""
        self._rows.append(RowFate(where, Fate.KEPT, why=why))

    def _of(self, name: str) -> Mapping[str, Any]:
        return mapping(self._documents.get(name))

    def read(self) -> Universe:
        """The universe, without its media yet."""
        meta, data, words = self._of("metadata.json"), self._of("data.json"), self._of("words.json")
        form, spelling = self._form(meta)
        name = text(meta.get("name"), 500).strip() or text(words.get("univers_name"), 500).strip() or spelling
        theme = meta.get("theme") or data.get("theme") or words.get("theme")
        universe = Universe(self._where, form, slug_of(text(meta.get("slug"), 500) or spelling), name)
        universe.aliases = {alias for alias in (spelling, text(meta.get("slug"), 500), name) if alias}
        universe.theme = text(theme, 500)
        prompts = self._of("prompts.json")
        universe.description = text(data.get("description") or prompts.get("description"), 20_000)
        universe.status = text(meta.get("status"), 40)
        universe.background_color = text(meta.get("background_color") or data.get("background_color"), 40)
        universe.thumbnail = text(meta.get("thumbnail_url") or data.get("thumbnail"), 2_000)
        default = mapping(meta.get("default_prompts"))
        universe.image_prompt, universe.video_prompt = text(default.get("image")), text(default.get("video"))
        universe.names = _by_language(words.get("univers_translations")) or _by_language(
            data.get("translations")
        )
        for attribute in ("created_at", "updated_at"):
            found = moment(meta.get(attribute))
            setattr(universe, attribute, found.at)
            if found.why:
                universe.remarks.append(found.why)
        universe.assets = list(self._assets(universe))
        self._prompts(universe, prompts)
        self._translations(universe, words)
        _music(universe, meta, data, prompts)
        universe.rows = self._rows
        universe.documents = sorted(self._documents)
        return universe

    def _form(self, meta: Mapping[str, Any]) -> tuple[str, str]:
        """Which of the forms it is, and how the folder spells the universe."""
        folder = self._folder.name
        draft = _DRAFT.match(folder)
        if "draft_id" in meta or (meta and draft and "folder" not in meta):
            return "draft", draft["slug"] if draft else folder
        return ("one folder for all" if meta else "old folder"), folder

    def _assets(self, universe: Universe) -> Iterator[Asset]:
        listed = self._documents.get("assets_metadata.json")
        rows = listed if isinstance(listed, list) else items(mapping(listed).get("assets"))
        source = "assets_metadata.json"
        if not rows:
            rows, source = items(self._of("data.json").get("items")), "data.json"
        if not rows:
            rows = [{"title": word} for word in items(self._of("words.json").get("words"))]
            source = "words.json"
        for at, row in enumerate(_first(universe, "concepts", rows)):
            where = f"{self._where}/{source}[{at}]"
            asset = _asset(row, at, where)
            if asset is None:
                self._rows.append(RowFate(where, Fate.REFUSED, why="It has no name."))
            else:
                yield asset

    def _prompts(self, universe: Universe, prompts: Mapping[str, Any]) -> None:
        """Positional lists, joined by the words that stand in the same file; what has no concept is a row."""
        words = items(prompts.get("words"))
        by_name = {slug: asset for asset in reversed(universe.assets) for slug in asset.slugs}
        by_name |= {slug_of(asset.name): asset for asset in reversed(universe.assets)}
        for kind, attribute in (("images", "image_prompt"), ("videos", "video_prompt")):
            lines = items(prompts.get(kind))
            if lines and len(lines) != len(words):
                universe.remarks.append(
                    f"there are {len(words):,} words and {len(lines):,} prompts for {kind}"
                )
            for at, line in enumerate(_first(universe, f"prompts for {kind}", lines)):
                where = f"{self._where}/prompts.json {kind}[{at}]"
                word = text(words[at], 500) if at < len(words) else ""
                asset = by_name.get(slug_of(word))
                if asset is None and text(line):
                    universe.loose_prompts.append((attribute, text(line)))
                self._prompt(asset, where, attribute, word, text(line))

    def _prompt(self, asset: Asset | None, where: str, attribute: str, word: str, prompt: str) -> None:
        if not prompt:
            self._rows.append(RowFate(where, Fate.EMPTY, word))
            return
        if asset is None:
            why = "No concept has the name that stands beside it; which one it is for can't be told."
            self._rows.append(RowFate(where, Fate.KEPT, word, why))
            return
        there = getattr(asset, attribute)
        if there and there != prompt:
            asset.other_prompts.append((attribute, prompt))
            self._rows.append(RowFate(where, Fate.KEPT, word, "The concept has another prompt already."))
        else:
            setattr(asset, attribute, prompt)
            self._rows.append(RowFate(where, Fate.DUPLICATE if there else Fate.KEPT, word))

    def _translations(self, universe: Universe, words: Mapping[str, Any]) -> None:
        """Lists by language, in the order of the words; under either of two names, or both."""
        own = [text(word, 500) for word in _first(universe, "words", items(words.get("words")))]
        for key in _TRANSLATIONS:
            for language, lines in mapping(words.get(key)).items():
                where = f"{self._where}/words.json {key}.{language[:20]}"
                found = _first(universe, f"words in {language[:20]}", items(lines))
                if not _LANGUAGE.match(language) or not found:
                    self._rows.append(RowFate(where, Fate.EMPTY if not found else Fate.REFUSED))
                    continue
                lost = self._translate(universe, language, own, found)
                why = f"{lost:,} of its words belong to no concept by name." if lost else ""
                if len(found) != len(own):
                    why = f"It has {len(found):,} words for {len(own):,}. {why}".strip()
                self._rows.append(RowFate(where, Fate.KEPT, why=why))

    def _translate(self, universe: Universe, language: str, own: list[str], found: list[Any]) -> int:
        lost = 0
        by_name = {slug_of(asset.name): asset for asset in universe.assets}
        for at, line in enumerate(found):
            asset = by_name.get(slug_of(own[at])) if at < len(own) else None
            word = text(line, 500).strip()
            if asset is None:
                lost += 1
            elif not word:
                continue
            elif asset.names.setdefault(language, word) != word:
                asset.remarks.append(f"two translations into {language} that differ")
        return lost


def _first(universe: Universe, what: str, found: list[Any]) -> list[Any]:
    """As many as are read; a remark where there are more."""
    if len(found) > MOST_ASSETS:
        universe.remarks.append(f"only the first {MOST_ASSETS:,} of {len(found):,} {what} were read")
    return found[:MOST_ASSETS]


def _asset(row: Any, at: int, where: str) -> Asset | None:
    row = {"title": row} if isinstance(row, str) else mapping(row)
    name = text(row.get("display_name") or row.get("title"), 500).strip()
    if not name:
        return None
    order = row.get("sort_order")
    asset = Asset(name, order if isinstance(order, int) and not isinstance(order, bool) else at, where)
    asset.names = _by_language(row.get("title_translations"))
    asset.image_prompt, asset.video_prompt = text(row.get("image_prompt")), text(row.get("video_prompt"))
    asset.said_image = text(row.get("image_file") or row.get("image"), 2_000)
    asset.said_video = text(row.get("video_file") or row.get("video"), 2_000)
    made = moment(row.get("generated_at"))
    asset.generated_at = made.at
    return asset


def _by_language(value: object) -> dict[str, str]:
    return {
        language: word
        for language, said in mapping(value).items()
        if _LANGUAGE.match(language) and (word := text(said, 500).strip())
    }


def _music(universe: Universe, *sources: Mapping[str, Any]) -> None:
    """Lyrics and prompts: a text, or an object with both, by language; a single one under ""."""
    for source in sources:
        for key in ("music_lyrics", "music_translations", "lyrics"):
            said = source.get(key)
            by_language = said if isinstance(said, dict) and "lyrics" not in said else {"": said}
            for language, value in mapping(by_language).items():
                lyrics = text(value.get("lyrics") if isinstance(value, dict) else value)
                prompt = text(mapping(value).get("prompt"))
                if lyrics or prompt:
                    song = universe.music.setdefault(language if _LANGUAGE.match(language) else "", Music())
                    song.lyrics, song.prompt = song.lyrics or lyrics, song.prompt or prompt
        if isinstance(source.get("music"), str) and source["music"]:
            song = universe.music.setdefault("", Music())
            song.prompt = song.prompt or text(source["music"])
