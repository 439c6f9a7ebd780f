"""Publishing: what is missing and what would change, then how far it is, then what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Static

from core.errors import GenkoError
from core.work import Step, StoppedError, Work
from screens.backup.progress import Pace, WorkLine
from screens.bible.views.lines import BLANK, Line, LineList
from screens.drafts.dialog import DraftDialog, Stepped
from screens.drafts.publishing.words import AssetNames, headline, problem_lines, published_words

if TYPE_CHECKING:
    from core.drafts.mediastore import MediaWishes
    from core.drafts.publishing.preflight import Preflight
    from core.drafts.publishing.published import Published
    from core.drafts.publishing.taking import Seen
    from core.server import Server
    from screens.ports import OpenDraft

PUBLIC, ANYWAY = "public", "anyway"
LOOKING = "Looking at what would be published…"


@dataclass
class LookedAt(Message):
    """A preflight is there."""

    number: int
    preflight: Preflight | None
    error: GenkoError | None = None


@dataclass
class Sent(Message):
    """It is over."""

    published: Published | None
    error: GenkoError | None = None


class PublishDialog(DraftDialog[str]):
    """The answer is a sentence on what was done; None: nothing."""

    AUTO_FOCUS = "LineList"
    lines = query_one(LineList)
    line = query_one(WorkLine)

    def __init__(self, opened: OpenDraft, title: str, server: Server, media: MediaWishes) -> None:
        super().__init__()
        self._opened, self._title = opened, title
        self._server, self._media = server, media
        self._preflight: Preflight | None = None
        self._work: Work | None = None
        self._sending = False
        self._anyway = False
        self._number = 0
        self._pace = Pace()

    def compose(self) -> ComposeResult:
        """What would be done, what is to be seen to, how far it is, the keys."""
        with Vertical(classes="dialog"):
            yield Static(f"Publish: {self._title}", classes="question", markup=False)
            yield Static("", classes="said", markup=False)
            yield LineList()
            yield WorkLine()
            yield Static("", classes="note", markup=False)

    def on_mount(self) -> None:
        """Look at everything."""
        self._look()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        if self._work is not None:
            self._work.stop.set()

    @property
    def working(self) -> bool:
        """Whether it is being published right now."""
        return self._sending

    # the preflight

    @work(exclusive=True, group="shelf")
    async def _look(self) -> None:
        from core.drafts.publishing.taking import look_at, theme_prompts
        from core.drafts.themes.shelf import themes

        self._preflight = None
        self._number += 1
        self._work = Work(self._tell)
        self._show()
        known = await asyncio.to_thread(themes, self.desk.shelf.paths)
        draft = self._opened.draft
        try:
            prompts, seen = theme_prompts(draft, known), look_at(draft)
        except GenkoError as error:
            self.post_message(LookedAt(self._number, None, error))
            return
        self._preflighted(seen, prompts, self._number, self._work)

    @work(thread=True, group="publish", exit_on_error=False)
    def _preflighted(self, seen: Seen, prompts: dict[str, str], number: int, work: Work) -> None:
        from core.drafts.publishing.preflight import preflight
        from core.drafts.publishing.taking import taken_of

        media = self._opened.session.media
        try:
            found = preflight(taken_of(seen, media, prompts), media, self._server, work)
        except StoppedError:
            return
        except GenkoError as error:
            self.post_message(LookedAt(number, None, error))
        else:
            self.post_message(LookedAt(number, found))

    @on(LookedAt)
    def _looked(self, event: LookedAt) -> None:
        if event.number != self._number:
            return
        self._work = None
        self._preflight = event.preflight
        if event.error is not None:
            self.line.say("")
            self._show(f"▲ {event.error}")
        else:
            if event.preflight is not None:
                self._notice(event.preflight)
            self.line.say("")
            self._show()

    def _notice(self, found: Preflight) -> None:
        """What is published already, though an answer was lost or from elsewhere, the draft says, too."""
        from core.drafts.publishing import standing

        try:
            standing.noticed(self._opened.draft, found)
        except GenkoError as error:
            self.desk.report(error)

    # what is shown

    def _show(self, instead: str = "") -> None:
        found = self._preflight
        names = AssetNames(self._opened.draft)
        self.say(instead or (headline(found) if found is not None else LOOKING))
        self.lines.show(lambda width: self._rows(names))
        keys = "Esc: cancel"
        if self._sending:
            keys = "Esc or x: stop; until it is done nothing has changed"
        elif found is not None and self._may_publish:
            keys = "^G: publish   Space: tick   Esc: cancel"
        elif found is not None:
            keys = "Space: tick   Esc: cancel"
        self.query_one(".note", Static).update(keys)

    def _rows(self, names: AssetNames) -> Sequence[Line]:
        found = self._preflight
        if found is None:
            return ()
        rows = [
            Line((("Everybody who can reach the server may see it", ""),), PUBLIC, "", found.taken.public)
        ]
        if found.missing:
            words = f"Publish without what is missing ({len(found.missing):,})"
            rows.append(Line(((words, ""),), ANYWAY, "", self._anyway))
        told = problem_lines(found, names)
        return [*rows, BLANK, *told] if told else rows

    @property
    def _may_publish(self) -> bool:
        found = self._preflight
        if found is None or found.problems or found.unchanged:
            return False
        return not found.missing or self._anyway

    @on(LineList.Ticked)
    @on(LineList.Chosen)
    def _ticked(self, event: LineList.Ticked | LineList.Chosen) -> None:
        if self._sending:
            return
        if event.value == ANYWAY:
            self._anyway = not self._anyway
            self._show()
        elif event.value == PUBLIC and self._preflight is not None:
            public = not self._preflight.taken.public
            self._opened.draft.update_pack(visibility="public" if public else "private")
            self._look()

    # publishing

    def action_go(self) -> None:
        """^G."""
        from core.drafts.publishing import standing

        found = self._preflight
        if self._sending or found is None:
            return
        if not self._may_publish:
            self._show(f"▲ {'The same is published already.' if found.unchanged else 'See to these first.'}")
            return
        try:
            standing.begin(self._opened.draft, found)
        except GenkoError as error:
            self._show(f"▲ {error}")
            return
        self._sending = True
        self._pace = Pace()
        self._work = Work(self._tell)
        self._show("Publishing. Until its last moment the server shows what it has shown so far.")
        self._send(found, self._work, self._anyway)

    @work(thread=True, group="publish", exit_on_error=False)
    def _send(self, found: Preflight, work: Work, anyway: bool) -> None:
        from core.drafts.mediastore import media_place
        from core.drafts.publishing.sending import send

        try:
            place = media_place(self._media, self._server.start().server_id)
            done = send(found, self._server, place, work, anyway=anyway)
        except GenkoError as error:
            self.post_message(Sent(None, error))
        else:
            self.post_message(Sent(done))

    def _tell(self, step: Step) -> None:
        self.post_message(Stepped(step))

    @on(Stepped)
    def _stepped(self, event: Stepped) -> None:
        if self._work is not None and not self._work.stop.is_set():
            self._pace.hear(event.step, time.monotonic())
            self.line.show_step(event.step, self._pace, "x")

    @on(Sent)
    def _sent(self, event: Sent) -> None:
        from core.drafts.publishing import standing

        self._sending, self._work = False, None
        draft, found = self._opened.draft, self._preflight
        if event.published is not None and found is not None:
            try:
                standing.finished(draft, event.published, found.taken.content)
            except GenkoError as error:
                self.desk.report(error)
            self.dismiss(published_words(event.published))
            return
        standing.failed(draft, found.request if found is not None else None)
        self.line.say("")
        if isinstance(event.error, StoppedError):
            self._show("Stopped. What is published is as it was.")
        else:
            self._show(f"▲ {event.error}")

    def key_x(self) -> None:
        """x: stop."""
        if self._sending:
            self.action_leave()

    def action_leave(self) -> None:
        """Escape: stop what is being sent, else go."""
        if self._sending and self._work is not None:
            self._work.stop.set()
            self.line.say("Stopping…")
        else:
            self.dismiss(None)
