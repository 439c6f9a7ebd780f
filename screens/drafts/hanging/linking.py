"""The record of a project that an asset shows, and what an accepted picture does there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on, work
from textual.message import Message

from core.cells import clean
from core.errors import GenkoError
from core.story import Asset, ProjectStore, Section
from screens.bible.values import name_of
from screens.drafts.details.asset import LinkOf
from screens.drafts.pictures.looking import Picturing
from screens.wording import counted

if TYPE_CHECKING:
    from screens.bible.views.picking import Option

SECTIONS = {
    Section.CHARACTERS: "character",
    Section.BACKGROUNDS: "background",
    Section.SCENES: "scene",
}
"""Whose records an asset can show, and what one is called."""
NOTHING = "-"
"""The choice that takes a link away."""
NO_PROJECT = "No project is open. Open the one whose bible is meant (^O), then come back with F8."


@dataclass
class Titled(Message):
    """What the projects are called that assets show something of."""

    titles: Mapping[str, str]


class Linking(Picturing):
    """Works with the project that is open beside the drafts."""

    _titles: Mapping[str, str] = MappingProxyType({})
    """By the ids of projects, as far as they are on this machine."""

    def look_for_titles(self) -> None:
        """Of all projects that assets are linked with."""
        self._read_titles({asset.project for asset in self.draft.assets() if asset.record})

    @work(thread=True, exclusive=True, group="titles", exit_on_error=False)
    def _read_titles(self, projects: Collection[str]) -> None:
        titles = {}
        for project in projects:
            with suppress(ValueError, GenkoError):  # not on this machine, or no project's id at all
                titles[project] = self.desk.shelf.entry(UUID(project)).shown_title
        self.post_message(Titled(titles))

    @on(Titled)
    def _titled(self, event: Titled) -> None:
        self._titles = event.titles
        self.show_details()

    def link_words(self, asset: Asset) -> str:
        """`Akira, character of Night`."""
        if not asset.record:
            return ""
        noun = next((noun for section, noun in SECTIONS.items() if section == asset.section), "record")
        session = self.desk.session
        if session is None or str(session.project_id) != asset.project:
            title = clean(self._titles.get(asset.project, ""))
            return f"a {noun} of {title}" if title else f"a {noun} of a project that is not here"
        record = session.store.record(Section(asset.section), asset.record)
        name = clean(name_of(record)) if record is not None and not record.trashed_at else ""
        title = clean(session.store.meta.title) or "(untitled)"
        return f"{name}, {noun} of {title}" if name else f"a {noun} of {title} that is gone"

    def choose_detail(self, value: object) -> None:
        """Enter on the link."""
        if isinstance(value, LinkOf):
            self.action_link_asset()
        else:
            super().choose_detail(value)

    @work
    async def action_link_asset(self) -> None:
        """l: choose the record that the chosen or marked assets show."""
        from screens.bible.views.picking import Pick

        ids, session = list(self.acted_on), self.desk.session
        if not ids:
            return
        if session is None:
            self.notify(NO_PROJECT, severity="warning")
            return
        store = session.store
        what = counted(len(ids), "asset") if len(ids) > 1 else self.draft_asset_name(ids[0])
        linked = any(asset.record for one in ids if (asset := self.draft.asset(one)) is not None)
        question = f"Whom or what does {what} show?"
        picked = await self.app.push_screen_wait(
            Pick(store, Section.CHARACTERS, question, lambda: options(store, linked=linked))
        )
        if not picked:
            return
        section, _, record = picked[0].partition(":")
        fields = {"project": str(session.project_id), "section": section, "record": record}
        if picked[0] == NOTHING:
            fields = dict.fromkeys(fields, "")
        with self.told():
            self.draft.update_assets(dict.fromkeys(ids, fields))


def options(store: ProjectStore, *, linked: bool) -> Sequence[Option]:
    """All records that can be shown, section by section; none of them, too, where there is a link."""
    from screens.bible.views.picking import Option

    found = [Option(NOTHING, "none of them")] if linked else []
    for section, noun in SECTIONS.items():
        found += [
            Option(f"{section.value}:{one.id}", clean(name_of(one)), noun) for one in store.records(section)
        ]
    return found
