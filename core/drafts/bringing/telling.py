"""The report of an import, for programs: every universe, concept, song and file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.content import RowFate
from core.drafts.bringing.arriving import Brought
from core.drafts.bringing.coming import Coming, ComingAsset, ComingFile, ComingPack, ComingPrompt, ComingSong


def as_json(coming: Coming, brought: Iterable[Brought] = ()) -> dict[str, Any]:
    """Plain values; `brought` is empty for a dry run."""
    done = {one.pack.where: one for one in brought}
    return {
        "source": coming.source,
        "universes": [{**_pack(pack), **_done(pack, done.get(pack.where))} for pack in coming.packs],
        "rows": _rows(coming.rows),
        "notes": list(coming.notes),
    }


def _done(pack: ComingPack, brought: Brought | None) -> dict[str, Any]:
    if brought is None:
        return {"would": "create" if pack.is_new else "nothing"}
    return {
        "did": "created" if brought.entry is not None else "nothing",
        "draft": brought.entry.as_json() if brought.entry is not None else None,
        "refused": [{"file": name, "why": why} for name, why in brought.refused],
    }


def _pack(pack: ComingPack) -> dict[str, Any]:
    return {
        "draft_id": str(pack.draft_id),
        "where": pack.where,
        "form": pack.form,
        "name": pack.name,
        "slug": pack.slug,
        "aliases": list(pack.aliases),
        "language": pack.language,
        "languages": list(pack.languages),
        "names": dict(pack.names),
        "theme": pack.theme or None,
        "said_theme": pack.said_theme or None,
        "status": pack.status or None,
        "was_public": pack.was_public,
        "prompts": {"image": _prompt(pack.image_prompt), "clip": _prompt(pack.clip_prompt)},
        "other_prompts": _others(pack.other_prompts),
        "cover": pack.cover if pack.cover >= 0 else None,
        "assets": [_asset(asset) for asset in pack.assets],
        "songs": [_song(song) for song in pack.songs],
        "files": [_file(file) for file in pack.files],
        "rows": _rows(pack.rows),
        "warnings": list(pack.warnings),
        "there": pack.there or None,
        "same_as": pack.same_as or None,
    }


def _asset(asset: ComingAsset) -> dict[str, Any]:
    return {
        "name": asset.name,
        "kind": asset.kind,
        "where": asset.where,
        "names": dict(asset.names),
        "prompts": {"image": _prompt(asset.image_prompt), "clip": _prompt(asset.clip_prompt)},
        "other_prompts": _others(asset.other_prompts),
        "verified": asset.verified,
        "images": [file.name for file in asset.images],
        "clips": [file.name for file in asset.clips],
        "made_at": asset.made_at.isoformat() if asset.made_at else None,
        "remarks": list(asset.remarks),
    }


def _song(song: ComingSong) -> dict[str, Any]:
    return {
        "language": song.language or None,
        "lyrics": song.lyrics,
        "prompt": _prompt(song.prompt),
        "file": song.file.name if song.file else None,
    }


def _file(file: ComingFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "size": file.size,
        "sha256": file.sha256 or None,
        "mime": file.mime or None,
        "of": file.of or None,
        "trouble": file.trouble or None,
        "same_as": file.same_as or None,
    }


def _prompt(prompt: ComingPrompt | None) -> dict[str, Any] | None:
    if prompt is None:
        return None
    return {"text": prompt.text, "mended": prompt.mended or None, "used": prompt.used}


def _others(found: Iterable[tuple[str, ComingPrompt]]) -> list[dict[str, Any]]:
    return [{"medium": medium, **(_prompt(prompt) or {})} for medium, prompt in found]


def _rows(rows: Iterable[RowFate]) -> list[dict[str, str]]:
    return [{"where": row.where, "fate": row.fate.value, "title": row.title, "why": row.why} for row in rows]
