"""The document of a draft that comes from a universe: assets, prompts as revisions, media as attempts.

Every id is made of the draft's, so that two machines that bring the same universe make the same document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid5

from core.drafts.bringing.coming import ComingAsset, ComingFile, ComingPack, ComingPrompt, ComingSong
from core.drafts.bringing.prompts import filled_in
from core.drafts.pack.draft import KIND, Draft
from core.drafts.prompting.resolving import values_for
from core.drafts.themes import Themes
from core.media import MARK_KIND, Picture
from core.story import PACK_ID, Json, ProjectStore, Section

Records = dict[str, dict[str, Json]]
BROUGHT = "brought"
"""The step of attempts that nobody has made here."""
ORIGIN = "imported"


def make_store(
    pack: ComingPack, slug: str, pictures: Mapping[str, Picture], themes: Themes, now: datetime
) -> ProjectStore:
    """The document; `pictures` are the files that the media store has taken, by SHA-256."""
    return _Maker(pack, slug, pictures, themes, now).make()


class _Maker:
    def __init__(
        self, pack: ComingPack, slug: str, pictures: Mapping[str, Picture], themes: Themes, now: datetime
    ) -> None:
        self._pack, self._slug, self._pictures, self._themes = pack, slug, pictures, themes
        self._now = now.astimezone(UTC).isoformat(timespec="microseconds")
        self._prompts: Records = {}
        self._attempts: Records = {}

    def make(self) -> ProjectStore:
        pack = self._pack
        store = new_store(pack)
        assets = {self._id("asset", at): self._asset(at, one) for at, one in enumerate(pack.assets)}
        fields = self._pack_fields(list(assets))
        fields["prompt_music"] = self._music_prompts()
        self._others("pack", "", pack.other_prompts)
        store.put_records({Section.PACK: {PACK_ID: fields}, Section.ASSETS: assets})
        draft = Draft(store)
        for at, one in enumerate(pack.assets):
            self._attempts_of(at, one, draft)
        values = values_for(draft, None, "music", self._themes)
        for number, song in enumerate(pack.songs):
            self._song(number, song, values)
        marks = {picture.sha: picture.as_mark() for picture in self._pictures.values()}
        store.put_records(
            {Section.PROMPTS: self._prompts, Section.ATTEMPTS: self._attempts}, {MARK_KIND: marks}
        )
        return store

    def _pack_fields(self, assets: list[str]) -> dict[str, Json]:
        pack = self._pack
        whole = bool(pack.assets) and all(self._taken(one.images) for one in pack.assets)
        fields: dict[str, Json] = {
            "slug": self._slug,
            "names": dict(pack.names),
            "description": pack.description,
            "theme": pack.theme,
            "languages": list(pack.languages),
            "colour": pack.colour.lower(),
            "visibility": "private",
            "status": "ready" if whole else "draft",
            "notes": _notes(pack),
            "metadata": {BROUGHT: _origin(pack)},
            "prompt_image": self._prompt("pack", "", "image", pack.image_prompt),
            "prompt_clip": self._prompt("pack", "", "clip", pack.clip_prompt),
        }
        if pack.cover >= 0:
            fields["cover"] = assets[pack.cover]
        if pack.created_at is not None:
            fields["created_at"] = _moment(pack.created_at, self._now)
        return fields

    def _asset(self, at: int, one: ComingAsset) -> dict[str, Json]:
        key = self._id("asset", at)
        fields: dict[str, Json] = {"kind": one.kind, "name": one.name or "?", "names": dict(one.names)}
        if one.remarks:
            fields["notes"] = "\n".join(f"{remark[:1].upper()}{remark[1:]}." for remark in one.remarks)
        if not one.verified:
            fields["tags"] = ["unverified"]
        fields["prompt_image"] = self._prompt(f"asset {at}", key, "image", one.image_prompt)
        fields["prompt_clip"] = self._prompt(f"asset {at}", key, "clip", one.clip_prompt)
        self._others(f"asset {at}", key, one.other_prompts)
        for medium, files in (("image", one.images), ("clip", one.clips)):
            if chosen := self._taken(files):
                fields[f"accepted_{medium}"] = self._attempt_id(at, medium, chosen[0])
        return fields

    def _prompt(
        self, owner: str, asset: str, medium: str, prompt: ComingPrompt | None, *, before: int = 0
    ) -> str:
        """Add it as it was, and mended if it was; gives the revision that is in use, or "".

        `before`: how many places it stands in front of the one in use.
        """
        if prompt is None:
            return ""
        revision = ""
        for number, text in enumerate(one for one in (prompt.text, prompt.mended) if one):
            revision = self._id(f"prompt {owner} {medium}", number)
            self._prompts[revision] = {
                "asset": asset,
                "medium": medium,
                "text": text,
                "origin": ORIGIN,
                "made_at": _after(self._now, number - 2 * before),
            }
        return revision if prompt.used else ""

    def _others(self, owner: str, asset: str, found: Iterable[tuple[str, ComingPrompt]]) -> None:
        others = list(found)
        for number, (medium, prompt) in enumerate(others):
            self._prompt(f"{owner} other {number}", asset, medium, prompt, before=len(others) - number)

    def _music_prompts(self) -> str:
        """The prompts of all songs; the one of the first language is in use."""
        order = {code: at for at, code in enumerate(("", *self._pack.languages))}
        used = [
            (order.get(song.language, len(order)), self._prompt(f"song {number}", "", "music", song.prompt))
            for number, song in enumerate(self._pack.songs)
        ]
        return next((revision for _, revision in sorted(used) if revision), "")

    def _attempts_of(self, at: int, one: ComingAsset, draft: Draft) -> None:
        key = self._id("asset", at)
        for medium, files, prompt in (
            ("image", one.images, one.image_prompt),
            ("clip", one.clips, one.clip_prompt),
        ):
            values = values_for(draft, draft.asset(key), medium, self._themes)
            used = prompt if prompt is not None and prompt.used else None
            for number, file in enumerate(self._taken(files)):
                self._attempts[self._attempt_id(at, medium, file)] = self._attempt(
                    file,
                    number,
                    asset=key,
                    medium=medium,
                    revision=self._in_use(f"asset {at}", medium, used),
                    resolved=filled_in(used, values),
                    finished_at=_moment(one.made_at, self._now),
                    parameters={"file": file.name[:300]},
                )

    def _song(self, number: int, song: ComingSong, values: Mapping[str, str]) -> None:
        """The one of no language is the oldest: where another is in the first language, that one counts."""
        file = next(iter(self._taken([song.file] if song.file else [])), None)
        parameters: dict[str, Json] = {"language": song.language or self._pack.language}
        if song.lyrics:
            parameters["lyrics"] = song.lyrics
        if file is not None:
            parameters["file"] = file.name[:300]
        self._attempts[self._id("song", number)] = self._attempt(
            file,
            number,
            asset="",
            medium="music",
            revision=self._in_use(f"song {number}", "music", song.prompt),
            resolved=filled_in(song.prompt, values),
            finished_at=self._now,
            parameters=parameters,
        )

    def _attempt(self, file: ComingFile | None, number: int, **fields: Any) -> dict[str, Json]:
        made: dict[str, Json] = {
            "step": BROUGHT,
            "status": "done",
            "asked_at": _after(self._now, number),
            **fields,
        }
        if file is not None:
            made |= {"output": file.sha256, "mime": self._pictures[file.sha256].mime}
        return made

    def _in_use(self, owner: str, medium: str, prompt: ComingPrompt | None) -> str:
        if prompt is None:
            return ""
        return self._id(f"prompt {owner} {medium}", 1 if prompt.mended else 0)

    def _taken(self, files: Iterable[ComingFile]) -> list[ComingFile]:
        """Those that are in the media store; a file may have been refused as what it says it is."""
        return [file for file in files if file.sha256 in self._pictures]

    def _attempt_id(self, at: int, medium: str, file: ComingFile) -> str:
        return self._id(f"attempt {at} {medium}", file.sha256)

    def _id(self, what: str, which: object) -> str:
        return str(uuid5(self._pack.draft_id, f"{what}:{which}"))


def new_store(pack: ComingPack) -> ProjectStore:
    """An empty draft under the universe's own id."""
    store = ProjectStore.create(pack.draft_id, title=pack.name, language=pack.language)
    store.put_meta({"kind": KIND})
    return store


def _origin(pack: ComingPack) -> dict[str, Json]:
    """Where it comes from, for programs."""
    return {
        "system": "magikswipe",
        "form": pack.form,
        "where": pack.where,
        "aliases": list(pack.aliases),
        "theme": pack.said_theme,
        "status": pack.status,
        "public": pack.was_public,
    }


def _notes(pack: ComingPack) -> str:
    """The same for people, and what is to be looked at."""
    lines = [f"Brought from MagikSwipe ({pack.form}): {pack.where}."]
    others = [alias for alias in pack.aliases if alias not in (pack.name, pack.slug)]
    if others:
        lines.append(f"Also spelt: {', '.join(others)}.")
    if pack.said_theme and not pack.theme:
        lines.append(f"Theme there: {pack.said_theme}")
    return "\n".join([*lines, *pack.warnings])


def _moment(at: datetime | None, otherwise: str) -> str:
    """A moment with its zone; one without counts as this machine's own time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at is not None else otherwise


def _after(moment: str, microseconds: int) -> str:
    return (datetime.fromisoformat(moment) + timedelta(microseconds=microseconds)).isoformat(
        timespec="microseconds"
    )
