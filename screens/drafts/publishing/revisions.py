"""What was published when and by whom; back to one of these, or published no longer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Static

from core.cells import clean
from core.errors import GenkoError
from core.work import Work
from screens.bible.views.lines import Line, LineList
from screens.drafts.dialog import DraftDialog
from screens.drafts.publishing.words import revision_when, revision_words
from screens.prompts import Choice
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts.mediastore import MediaWishes
    from core.drafts.publishing.published import Published
    from core.drafts.publishing.reading import PackRow, Revision
    from core.server import Server
    from screens.ports import OpenDraft

HINT = "Enter: go back to it   u: publish no longer   v: who may see it   Esc: close"
NEVER = "It was never published, or another login has published it for itself. P publishes it."


@dataclass
class Told(Message):
    """What the server has of it."""

    row: PackRow | None
    revisions: list[Revision]
    error: GenkoError | None = None


@dataclass
class Done(Message):
    """Something was done to it."""

    published: Published | None
    act: str
    error: GenkoError | None = None


class RevisionsDialog(DraftDialog[str]):
    """Newest first; the one that is shown to readers is marked."""

    BINDINGS = [
        Binding("u", "unpublish", "Publish no longer"),
        Binding("v", "visibility", "Who may see it"),
    ]
    AUTO_FOCUS = "LineList"
    lines = query_one(LineList)

    def __init__(self, opened: OpenDraft, title: str, server: Server, media: MediaWishes) -> None:
        super().__init__()
        self._opened, self._title = opened, title
        self._server, self._media = server, media
        self._row: PackRow | None = None
        self._revisions: Sequence[Revision] = ()
        self._work: Work | None = None

    def compose(self) -> ComposeResult:
        """What is published, the revisions, the keys."""
        with Vertical(classes="dialog"):
            yield Static(f"Published revisions: {self._title}", classes="question", markup=False)
            yield LineList()
            yield Static("", classes="said", markup=False)
            yield Static(HINT, classes="note", markup=False)

    def on_mount(self) -> None:
        """Ask the server."""
        self.say("Asking the server…")
        self._read()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        if self._work is not None:
            self._work.stop.set()

    # reading

    @work(thread=True, exclusive=True, group="shelf", exit_on_error=False)
    def _read(self) -> None:
        from core.drafts.publishing.reading import one_moment, pack_row, revisions
        from core.server.faults import translated

        pack = self._opened.session.project_id
        try:
            with self._server.connect() as connection, translated(), one_moment(connection):
                told = Told(pack_row(connection, pack), revisions(connection, pack))
        except GenkoError as error:
            told = Told(None, [], error)
        self.post_message(told)

    @on(Told)
    def _told(self, event: Told) -> None:
        self._row, self._revisions = event.row, event.revisions
        self.lines.show(lambda width: self._rows())
        self.say(f"▲ {event.error}" if event.error is not None else self._sentence())

    def _rows(self) -> Sequence[Line]:
        shown = self._row.shown if self._row is not None else None
        rows = []
        for one in self._revisions:
            here = one.action == "publish" and one.number == shown
            sign = "●" if here else "○" if one.action == "publish" else "·"
            words = revision_words(one)
            pieces = (
                (f"{sign} ", "success" if here else "quiet"),
                (f"{one.number:>4}  ", "bold"),
                (words, "" if one.action == "publish" else "quiet"),
                ("   is what readers see" if here else "", "success"),
            )
            rows.append(Line(pieces, one.number, revision_when(one)))
        return rows

    def _sentence(self) -> str:
        row = self._row
        if row is None:
            return NEVER
        if row.shown is None:
            return "Nobody sees it now. Enter on a revision publishes that one again."
        seen = "everybody who can reach the server" if row.is_public else "only your own login"
        return f"{counted(len(self._revisions), 'revision')}. Revision {row.shown} is seen by {seen}."

    # acting

    @on(LineList.Chosen)
    @work
    async def _chosen(self, event: LineList.Chosen) -> None:
        number, row = int(str(event.value)), self._row
        found = next((one for one in self._revisions if one.number == number), None)
        if row is None or found is None or self._work is not None:
            return
        if found.action != "publish":
            self.say("Nothing was published there. ● and ○ are what can be gone back to.")
            return
        if number == row.shown:
            self.say("That is what readers see now.")
            return
        text = (
            f"Readers see revision {number} then, as it was. Your draft stays as it is, and counts as "
            "modified. No revision is lost."
        )
        if await self._sure(f"Go back to revision {number}?", text, "Go back"):
            from core.drafts.mediastore import media_place
            from core.drafts.publishing.sending import go_back

            def back(work: Work) -> Published:
                place = media_place(self._media, self._server.start().server_id)
                pack = self._opened.session.project_id
                return go_back(self._server, place, pack, number, row.revision, work)

            self._begin("return", back)

    @work
    async def action_unpublish(self) -> None:
        """u: nobody sees it any more."""
        row = self._row
        if row is None or row.shown is None or self._work is not None:
            self.say("It is not published now.")
            return
        text = "Nobody sees the pack then. Its revisions, files and address stay: Enter brings one back."
        if await self._sure("Publish it no longer?", text, "Publish no longer"):
            from core.drafts.publishing.sending import unpublish

            pack, expected = self._opened.session.project_id, row.revision
            self._begin("unpublish", lambda _: unpublish(self._server, pack, expected))

    @work
    async def action_visibility(self) -> None:
        """v: what is published is seen by everybody, or by one's own login only."""
        row = self._row
        if row is None or row.shown is None or self._work is not None:
            self.say("It is not published now; P asks who may see it.")
            return
        public = not row.is_public
        text = (
            "Everybody who can reach the server sees it then." if public else "Only your login sees it then."
        )
        if await self._sure("Make it public?" if public else "Make it private?", text, "Change it"):
            from core.drafts.publishing.sending import set_visibility

            pack, expected = self._opened.session.project_id, row.revision
            self._begin("visibility", lambda _: set_visibility(self._server, pack, expected, public=public))

    async def _sure(self, title: str, text: str, yes: str) -> bool:
        answers = [("yes", yes), ("cancel", "Leave it")]
        return await self.app.push_screen_wait(Choice(title, text, answers)) == "yes"

    def _begin(self, act: str, do: Callable[[Work], Published]) -> None:
        self._work = Work()
        self.say("Asking the server…")
        self._do(act, do, self._work)

    @work(thread=True, group="publish", exit_on_error=False)
    def _do(self, act: str, do: Callable[[Work], Published], work: Work) -> None:
        try:
            self.post_message(Done(do(work), act))
        except GenkoError as error:
            self.post_message(Done(None, act, error))

    @on(Done)
    def _done(self, event: Done) -> None:
        from core.drafts.publishing import standing

        self._work = None
        draft, published = self._opened.draft, event.published
        if published is None:
            self.say(f"▲ {clean(str(event.error))}")
            return
        note = {
            "return": standing.returned,
            "unpublish": standing.taken_back,
            "visibility": standing.seen_by_others,
        }
        try:
            note[event.act](draft, published)
        except GenkoError as error:
            self.desk.report(error)
        self._read()

    def action_go(self) -> None:
        """^G: as Enter."""
        self.lines.action_choose()
