"""The picture of a panel: one of the project's, or one from a file, taken in by a worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from core.errors import GenkoError
from screens.assembly.base import AssemblyBase
from screens.messages import Refused

if TYPE_CHECKING:
    from core.media import Picture

FROM_FILE, NONE = "file", "none"


@dataclass
class Taken(Message):
    """A file is in the project's media store."""

    picture: Picture
    page: tuple[str, str]
    panel: str


class Picturing(AssemblyBase):
    """The picture goes to the panel that was chosen when it was asked for, wherever one is by then."""

    @work
    async def action_panel_picture(self) -> None:
        """From the project, or from a file."""
        from core.media import known_pictures
        from screens.assembly.picking import Item, Pick

        chosen, here = self.chosen, self.here
        if chosen is None:
            self.say("There is no panel here. A layout (L) makes some.")
            return
        known = known_pictures(self.store)
        items = [Item(FROM_FILE, "from a file …")]
        items += [Item(NONE, "no picture")] if chosen.picture else []
        items += [Item(sha, one.name, f"{one.width}×{one.height}") for sha, one in known.items()]
        answer = await self.app.push_screen_wait(Pick("Which picture?", items, [chosen.picture]))
        if not answer:
            return
        if answer[0] != FROM_FILE:
            sha = None if answer[0] == NONE else answer[0]
            self.change_panels({chosen.id: {"picture": sha}}, here)
        elif (path := await self._asked_path()) is not None:
            self._take_picture(path, here, chosen.id, known)

    async def _asked_path(self) -> Path | None:
        from screens.import_paths import PathSuggester, path_from
        from screens.prompts import TextPrompt

        prompt = TextPrompt(
            "Which picture?",
            hint="~/drawings/page-12.png",
            note="It is copied into the project.",
            suggester=PathSuggester(),
        )
        answer = await self.app.push_screen_wait(prompt)
        return path_from(answer) if answer and answer.strip() else None

    @work(thread=True, exclusive=True, group="panel-picture", exit_on_error=False)
    def _take_picture(self, path: Path, page: tuple[str, str], panel: str, known: dict[str, Picture]) -> None:
        from core.media import MediaError

        try:
            picture = self.session.media.add(path, known)
        except MediaError as error:
            self.post_message(Refused(error))
        else:
            self.post_message(Taken(picture, page, panel))

    @on(Taken)
    def _picture_taken(self, event: Taken) -> None:
        from core.media import name_pictures

        try:
            name_pictures(self.store, [event.picture])
        except GenkoError as error:
            self.desk.report(error)
            return
        self.change_panels({event.panel: {"picture": event.picture.sha}}, event.page)

    @on(Refused)
    def _picture_refused(self, event: Refused) -> None:
        self.desk.report(event.error)
