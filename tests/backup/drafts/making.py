"""A draft with everything: names, prompts, candidates, a picture, a clip, words that nobody must lose."""

from __future__ import annotations

import hashlib
import uuid
from uuid import UUID

from core.backup.exporting import Made, create
from core.backup.importing import apply_import, plan_import
from core.backup.plan import Decisions, ImportReport
from core.drafts import Drafts
from core.media import Picture
from core.story import ProjectStore, Section
from core.workspace import Shelf
from core.workspace.files import open_store
from tests.backup.exporting.making import PNG, SHA

CLIP = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(64)
CLIP_SHA = hashlib.sha256(CLIP).hexdigest()
SECRET_WORDS = "a whale\nwith  two tails 🐋, e\u0301"


def draft(drafts: Drafts, name: str = "Océan [red]bleu") -> UUID:
    """One with two assets; the first has a picture that was accepted and a clip, the second waits."""
    made = drafts.create(name, theme="ocean", languages=("fr", "en"), description="All of\nthe sea").draft_id
    files = drafts.shelf.media_of(made)
    files.mkdir()
    (files / f"{SHA}.png").write_bytes(PNG)
    (files / f"{CLIP_SHA}.mp4").write_bytes(CLIP)
    with drafts.edited(made) as one:
        whale = one.add_asset("character", "Baleine", names={"en": "Whale"})
        reef = one.add_asset("background", "Récif")
        one.write_prompt(None, "image", "flat colours, {concept}", "own")
        one.write_prompt(whale, "image", "a whale", "own")
        one.write_prompt(whale, "image", SECRET_WORDS, "regenerated")
        done, clip = str(uuid.uuid4()), str(uuid.uuid4())
        told = {"asset": whale, "step": "picture", "status": "done", "resolved": SECRET_WORDS, "cost": 40_000}
        long_ago = {"asked_at": "2026-01-02T03:04:05+00:00"}
        one.put_attempts(
            {
                done: {**told, "medium": "image", "output": SHA, "mime": "image/png", "seed": 7},
                clip: {**told, "medium": "clip", "output": CLIP_SHA, "mime": "video/mp4"},
                str(uuid.uuid4()): {**told, "asset": reef, "medium": "image", "status": "waiting"} | long_ago,
            },
            [Picture(SHA, "image/png", 1, 1, len(PNG), "whale.png")],
        )
        one.accept(whale, done)
    return made


def asset_called(drafts: Drafts, draft_id: UUID, name: str) -> str:
    """The id of an asset."""
    return next(one.id for one in drafts.read(draft_id).assets() if one.name == name)


def waiting(drafts: Drafts, draft_id: UUID) -> list[str]:
    """Attempts that are under way."""
    found = store_of(drafts, draft_id).raw_records(Section.ATTEMPTS).items()
    return [key for key, raw in found if raw["status"] == "waiting"]


def store_of(drafts: Drafts, draft_id: UUID) -> ProjectStore:
    """Its document."""
    return open_store(drafts.shelf, drafts.entry(draft_id))


def backed_up(shelf: Shelf, wishes: object) -> Made:
    """A backup that was read back."""
    made = create(shelf, wishes)  # type: ignore[arg-type]
    assert made.path is not None
    return made


def brought(shelf: Shelf, made: Made, **decisions: object) -> ImportReport:
    """Import a backup."""
    assert made.path is not None
    chosen = Decisions(**decisions)  # type: ignore[arg-type]
    return apply_import(shelf, made.path, plan_import(shelf, made.path, chosen), chosen)
