"""The record of a project that an asset shows, and what an accepted picture does there."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from core.cells import clean
from core.errors import GenkoError
from core.story import Asset, ProjectStore, Section
from screens.bible.values import name_of
from screens.drafts.assets.place import OpenPlace
from screens.drafts.seen import Seen
from screens.drafts.wording import NO_PROJECT
from screens.wording import counted

if TYPE_CHECKING:
    from core.workspace import Shelf
    from screens.bible.views.picking import Option

SECTIONS = {
    Section.CHARACTERS: "character",
    Section.BACKGROUNDS: "background",
    Section.SCENES: "scene",
}
"""Whose records an asset can show, and what one is called."""
NOTHING = "-"
"""The choice that takes a link away."""


class Linking:
    """Works with the project that is open beside the drafts."""

    def __init__(self, place: OpenPlace, seen: Seen) -> None:
        self._place, self._seen = place, seen
        self._titles: Mapping[str, str] = {}
        """By the ids of projects, as far as they are on this machine."""

    async def read_titles(self) -> None:
        """Of all projects that assets are linked with."""
        linked = {asset.project for asset in self._seen.draft.assets() if asset.record}
        self._titles = await asyncio.to_thread(_titles, self._place.desk.shelf, linked)
        self._place.show_details()

    def words(self, asset: Asset) -> str:
        """`Akira, character of Night`."""
        if not asset.record:
            return ""
        noun = next((noun for section, noun in SECTIONS.items() if section == asset.section), "record")
        session = self._place.desk.session
        if session is None or str(session.project_id) != asset.project:
            title = clean(self._titles.get(asset.project, ""))
            return f"a {noun} of {title}" if title else f"a {noun} of a project that is not here"
        record = session.store.record(Section(asset.section), asset.record)
        name = clean(name_of(record)) if record is not None and not record.trashed_at else ""
        title = clean(session.store.meta.title) or "(untitled)"
        return f"{name}, {noun} of {title}" if name else f"a {noun} of {title} that is gone"

    async def link(self) -> None:
        """Choose the record that the chosen or marked assets show."""
        from screens.bible.views.picking import Pick

        ids, session = list(self._seen.acted_on), self._place.desk.session
        if not ids:
            return
        if session is None:
            self._place.warn(NO_PROJECT)
            return
        store = session.store
        what = counted(len(ids), "asset") if len(ids) > 1 else self._seen.name_of(ids[0])
        linked = any(asset.record for one in ids if (asset := self._seen.draft.asset(one)) is not None)
        question = f"Whom or what does {what} show?"
        picked = await self._place.app.push_screen_wait(
            Pick(store, Section.CHARACTERS, question, lambda: options(store, linked=linked))
        )
        if not picked:
            return
        section, _, record = picked[0].partition(":")
        fields = {"project": str(session.project_id), "section": section, "record": record}
        if picked[0] == NOTHING:
            fields = dict.fromkeys(fields, "")
        with self._place.told():
            self._seen.draft.update_assets(dict.fromkeys(ids, fields))


def _titles(shelf: Shelf, projects: Collection[str]) -> Mapping[str, str]:
    """Reads the disk."""
    titles = {}
    for project in projects:
        with suppress(ValueError, GenkoError):  # not on this machine, or no project's id at all
            titles[project] = shelf.entry(UUID(project)).shown_title
    return titles


def options(store: ProjectStore, *, linked: bool) -> Sequence[Option]:
    """All records that can be shown, section by section; none of them, too, where there is a link."""
    from screens.bible.views.picking import Option

    found = [Option(NOTHING, "none of them")] if linked else []
    for section, noun in SECTIONS.items():
        found += [
            Option(f"{section.value}:{one.id}", clean(name_of(one)), noun) for one in store.records(section)
        ]
    return found
