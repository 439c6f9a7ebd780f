"""One picture as large as the window; Left and Right go to the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from core.cells import clean
from core.media import MediaStore, known_picture
from core.story import Attempt
from screens.drafts.wording import MADE_AGAIN
from screens.widgets.picture import PictureView

if TYPE_CHECKING:
    from core.drafts import Draft


class PreviewScreen(ModalScreen[None]):
    """Shows what came of some attempts, one at a time; Esc closes it."""

    CSS_PATH = "pictures.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up,pageup", "step(-1)", show=False),
        Binding("right,down,pagedown,space", "step(1)", show=False),
        Binding("escape,p,q,enter", "leave", show=False),
    ]

    def __init__(self, draft: Draft, media: MediaStore, attempts: Sequence[Attempt], at: int) -> None:
        super().__init__()
        self._draft, self._media, self._attempts, self._at = draft, media, attempts, at

    def compose(self) -> ComposeResult:
        """The picture; what it is."""
        view = PictureView(media=self._media)
        view.else_todo = MADE_AGAIN
        view.centred = True
        yield view
        yield Static("", classes="note", markup=False)

    def on_mount(self) -> None:
        """The first one."""
        self._show()

    def _show(self) -> None:
        attempt = self._attempts[self._at]
        asset = self._draft.asset(attempt.asset)
        picture = known_picture(self._draft.store, attempt.output)
        self.query_one(PictureView).show(picture)
        name = clean(asset.name) if asset is not None else ""
        size = f"{picture.width}×{picture.height}" if picture is not None else "unknown"
        count = f"{self._at + 1} of {len(self._attempts)}"
        said = "   ".join((name or "(no name)", size, count, "←→: others   Esc: close"))
        self.query_one(".note", Static).update(said)

    def action_step(self, by: int) -> None:
        """The one beside it."""
        at = max(0, min(self._at + by, len(self._attempts) - 1))
        if at != self._at:
            self._at = at
            self._show()

    def action_leave(self) -> None:
        """Escape."""
        self.dismiss(None)
