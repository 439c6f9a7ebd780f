"""Prompts: revisions are added and never changed; which one is in use can be undone."""

from __future__ import annotations

import uuid

from core.drafts.errors import DraftError
from core.drafts.kinds import MEDIA, PROMPT_MEDIA
from core.drafts.pack.base import DraftBase, moment_after
from core.story import PACK_ID, PromptRevision, Section, clean_text

ORIGINS = ("theme", "own", "regenerated", "bible", "imported")
LONGEST_PROMPT = 32_000
"""Characters. What makers of pictures take is far less."""


class PromptActions(DraftBase):
    """`asset_id` is None for the pack's own prompts, which hold where an asset has none."""

    def prompts(self, asset_id: str | None, medium: str) -> list[PromptRevision]:
        """All that was ever written there, the oldest first. Don't change the list."""
        return self.index.prompts.at(asset_id or "", medium)

    def revision(self, revision_id: str) -> PromptRevision | None:
        """One revision by its id."""
        return self.index.prompts.get(revision_id)

    def own_prompt(self, asset_id: str | None, medium: str) -> PromptRevision | None:
        """What was written for this asset, or the pack, and is in use; None where there is none."""
        return self.index.prompts.get(self._used(asset_id, medium))

    def prompt_in_use(self, asset_id: str | None, medium: str) -> PromptRevision | None:
        """The asset's own, else the pack's; None: the theme's."""
        own = self.own_prompt(asset_id, medium)
        return own if own is not None or asset_id is None else self.own_prompt(None, medium)

    def write_prompt(self, asset_id: str | None, medium: str, text: str, origin: str = "own") -> str:
        """Add a revision and use it; gives its id. That it is used can be undone, the revision stays.

        The text that is in use already makes no new one. Raises DraftError.
        """
        self._check_place(asset_id, medium)
        if origin not in ORIGINS:
            raise DraftError("There is no such origin of a prompt.", safe="Nothing was changed.")
        text = checked_prompt(text)
        own = self.own_prompt(asset_id, medium)
        if own is not None and own.text == text:
            return own.id
        revision = self.add_prompt(asset_id, medium, text, origin)
        self.use_prompt(asset_id, medium, revision)
        return revision

    def add_prompt(
        self, asset_id: str | None, medium: str, text: str, origin: str = "own", author: str = ""
    ) -> str:
        """Add a revision without using it; no undo step. Gives its id. Raises DraftError."""
        self._check_place(asset_id, medium)
        text = checked_prompt(text)
        before = self.prompts(asset_id, medium)
        fields = {
            "asset": asset_id or "",
            "medium": medium,
            "text": text,
            "origin": origin,
            "made_at": moment_after(before[-1].made_at if before else ""),
            "author": author,
        }
        revision = str(uuid.uuid4())
        self.store.put_records({Section.PROMPTS: {revision: fields}})
        return revision

    def use_prompt(self, asset_id: str | None, medium: str, revision_id: str) -> None:
        """Use a revision, one undo step; "" goes back to the pack's, or the theme's. Raises DraftError."""
        self._check_place(asset_id, medium)
        wanted = self.revision(revision_id) if revision_id else None
        if revision_id and (wanted is None or (wanted.asset, wanted.medium) != (asset_id or "", medium)):
            raise DraftError("There is no such revision of this prompt.", safe="Nothing was changed.")
        self.store.checkpoint()
        section, record = (Section.PACK, PACK_ID) if asset_id is None else (Section.ASSETS, asset_id)
        self.store.change_records(section, {record: {f"prompt_{medium}": revision_id}})

    def _used(self, asset_id: str | None, medium: str) -> str:
        holder = self.pack if asset_id is None else self.asset(asset_id)
        used = getattr(holder, f"prompt_{medium}", "")
        return used if isinstance(used, str) else ""

    def _check_place(self, asset_id: str | None, medium: str) -> None:
        if asset_id is not None:
            self._needed(asset_id)
        if medium not in (PROMPT_MEDIA if asset_id is None else MEDIA):
            raise DraftError(
                "There is no such medium.",
                safe="Nothing was changed.",
                todo=f"There are {', '.join(PROMPT_MEDIA)}; concepts are the draft's own.",
            )


def checked_prompt(text: str) -> str:
    """A prompt that can be kept. Raises DraftError for one without words, or too long."""
    cleaned = clean_text(text).text.strip()
    if not cleaned:
        raise DraftError(
            "A prompt needs words.",
            safe="Nothing was changed.",
            todo="To go without one of its own, use the draft's or the theme's.",
        )
    if len(cleaned) > LONGEST_PROMPT:
        raise DraftError(
            f"A prompt may have {LONGEST_PROMPT:,} characters; this one has {len(cleaned):,}.",
            safe="Nothing was changed.",
            todo="Shorten it, or keep the rest in the notes.",
        )
    return cleaned
