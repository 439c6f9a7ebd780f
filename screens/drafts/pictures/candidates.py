"""The candidates of an asset side by side: each with what it was made of; one of them is accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Click
from textual.screen import ModalScreen
from textual.widgets import Static

from core.cells import clean
from core.errors import GenkoError
from core.media import MediaStore, known_picture
from core.story import Attempt, Change, Section
from screens.bible.views.dialogs import UNDOING
from screens.drafts.wording import MADE_AGAIN, moment_of, money
from screens.picture_ways import PictureWay
from screens.widgets.picture import PictureView
from screens.widgets.project_rows import when
from screens.wording import NOTHING_TO_REDO, NOTHING_TO_UNDO, counted

if TYPE_CHECKING:
    from core.drafts import Draft
    from screens.ports import Desk

LEAST, MOST = 34, 4
"""Cells of a column, and how many stand side by side."""
MOST_PROMPT = 1_500
"""Characters of a prompt that are shown."""
LOW = 30
"""Rows below which prompts are shown from where they begin to differ."""
CONTEXT = 24
"""Characters before that, so that one sees where it is."""


class Column(Vertical):
    """One candidate: its picture, and below it what it was made of."""

    def __init__(self, media: MediaStore) -> None:
        super().__init__(classes="candidate")
        self._media = media
        self.at = -1

    def compose(self) -> ComposeResult:
        """Picture, facts."""
        yield Static("", classes="mark", markup=False)
        view = PictureView(media=self._media)
        view.else_todo = MADE_AGAIN
        yield view
        yield Static("", classes="facts", markup=False)

    def on_click(self, event: Click) -> None:
        """Choose it."""
        if self.at >= 0 and isinstance(self.screen, CandidatesScreen):
            self.screen.go_to(self.at)


class CandidatesScreen(ModalScreen[None]):
    """As many as there is room for; Left and Right go on to the others. It follows what is made meanwhile."""

    CSS_PATH = "pictures.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *UNDOING,
        Binding("left,up", "step(-1)", show=False),
        Binding("right,down", "step(1)", show=False),
        Binding("home", "step(-100000)", show=False),
        Binding("end", "step(100000)", show=False),
        Binding("a", "accept", show=False),
        Binding("enter,p", "large", show=False),
        Binding("escape,x,q", "leave", show=False),
    ]

    def __init__(self, draft: Draft, media: MediaStore, asset_id: str, medium: str) -> None:
        super().__init__()
        self._draft, self._media = draft, media
        self._asset_id, self._medium = asset_id, medium
        self._chosen = ""
        self._stops: list[Callable[[], None]] = []

    def compose(self) -> ComposeResult:
        """Title, columns, keys."""
        with Vertical(classes="dialog"):
            yield Static("", classes="question", markup=False)
            with Horizontal(id="columns"):
                for _ in range(MOST):
                    yield Column(self._media)
            keys = "←→: choose   a: accept   Enter: large   ^Z: undo   Esc: close"
            yield Static(keys, classes="note", markup=False)

    def on_mount(self) -> None:
        """Begin at the newest one."""
        store = self._draft.store
        self._stops = [store.subscribe(one, self._changed) for one in (Section.ASSETS, Section.ATTEMPTS)]
        candidates = self.candidates
        self._chosen = candidates[-1].id if candidates else ""
        self.call_after_refresh(self.show)

    def on_unmount(self) -> None:
        """Follow no more."""
        for stop in self._stops:
            stop()

    def on_resize(self) -> None:
        """More or fewer side by side."""
        self.call_after_refresh(self.show)

    @property
    def candidates(self) -> list[Attempt]:
        """The oldest first."""
        return self._draft.candidates(self._asset_id, self._medium)

    @property
    def chosen(self) -> Attempt | None:
        """The one that keys are meant for."""
        return self._draft.attempt(self._chosen)

    def _changed(self, change: Change) -> None:
        if self.is_mounted:
            self.show()

    def show(self) -> None:
        """Fill the columns: the chosen one is among them."""
        candidates = self.candidates
        across = max(1, min(MOST, len(candidates), self.size.width // LEAST))
        at = self._place(candidates)
        first = max(0, min(at - across + 1 if at >= across else 0, len(candidates) - across))
        asset = self._draft.asset(self._asset_id)
        name = clean(asset.name) if asset is not None else ""
        title = f"{name or '(no name)'}: {counted(len(candidates), 'candidate')}"
        self.query_one(".question", Static).update(title)
        accepted = getattr(asset, f"accepted_{self._medium}", "")
        self.set_class(cast("Desk", self.app).pictures.way is PictureWay.OFF, "-words")
        same = same_beginning([one.resolved for one in candidates]) if self.size.height < LOW else 0
        for number, column in enumerate(self.query(Column)):
            index = first + number
            column.display = number < across and index < len(candidates)
            if column.display:
                self._fill(column, candidates[index], index, accepted, same)

    def _place(self, candidates: list[Attempt]) -> int:
        return next((at for at, one in enumerate(candidates) if one.id == self._chosen), len(candidates) - 1)

    def _fill(self, column: Column, attempt: Attempt, index: int, accepted: str, same: int) -> None:
        colours = self.app.theme_variables
        chosen, taken = attempt.id == self._chosen, attempt.id == accepted
        column.at = index
        column.set_class(chosen, "-chosen")
        mark = Text(f"{'▸' if chosen else ' '} {index + 1}  ", "bold" if chosen else colours["quiet"])
        mark.append("● accepted" if taken else "", colours["success"])
        column.query_one(".mark", Static).update(mark)
        column.query_one(PictureView).show(known_picture(self._draft.store, attempt.output))
        column.query_one(".facts", Static).update(Text("\n".join(facts_of(attempt, same))))

    def go_to(self, at: int) -> None:
        """Choose one by its place."""
        candidates = self.candidates
        if candidates:
            self._chosen = candidates[max(0, min(at, len(candidates) - 1))].id
            self.show()

    def action_step(self, by: int) -> None:
        """The one beside it."""
        self.go_to(self._place(self.candidates) + by)

    def action_accept(self) -> None:
        """a: this one; it stays open, to look at it and to take it back."""
        if self._chosen:
            try:
                self._draft.accept(self._asset_id, self._chosen)
            except GenkoError as error:
                cast("Desk", self.app).report(error)

    def action_large(self) -> None:
        """Enter: as large as the window."""
        from screens.drafts.pictures.preview import PreviewScreen

        if self.candidates:
            at = self._place(self.candidates)
            self.app.push_screen(PreviewScreen(self._draft, self._media, self.candidates, at))

    def action_undo(self) -> None:
        """Ctrl+Z."""
        if not self._draft.store.undo():
            self.notify(NOTHING_TO_UNDO, timeout=3)

    def action_redo(self) -> None:
        """Ctrl+Y."""
        if not self._draft.store.redo():
            self.notify(NOTHING_TO_REDO, timeout=3)

    def action_leave(self) -> None:
        """Escape."""
        self.dismiss(None)


def same_beginning(prompts: Sequence[str]) -> int:
    """How many characters need not be shown of each, since all prompts begin with them."""
    if len(set(prompts)) < 2:
        return 0
    columns = enumerate(zip(*prompts, strict=False))
    alike = next((at for at, letters in columns if len(set(letters)) > 1), min(map(len, prompts)))
    at = prompts[0].rfind(" ", 0, max(0, alike - CONTEXT)) + 1
    return at if at > CONTEXT else 0


def facts_of(attempt: Attempt, same: int = 0) -> Iterator[str]:
    """What something was made of, a fact a line; the prompt as it was sent, from `same` on, comes last."""
    made = when(moment_of(attempt.finished_at or attempt.asked_at))
    took = f"{attempt.milliseconds / 1000:.1f} s" if attempt.milliseconds else ""
    yield " · ".join(part for part in (made, took, money(attempt.cost) if attempt.cost else "") if part)
    yield " · ".join(clean(part) for part in (attempt.provider, attempt.model) if part)
    if attempt.seed:
        yield f"seed {attempt.seed}"
    said = ("… " if same else "") + attempt.resolved[same : same + MOST_PROMPT]
    yield from ("", *(clean(line) for line in said.split("\n")))
