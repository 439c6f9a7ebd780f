"""The right side: what is known of the panel, and its picture where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one

from core.assembly.plan import PagePlan
from core.workspace import ProjectSession
from screens.assembly.inspector import Inspector
from screens.assembly.inspector_lines import Remark

if TYPE_CHECKING:
    from screens.widgets.picture import PictureView


class DetailsSide(Vertical):
    """Beside the page in a wide window; over it in a narrow one, when it is asked for."""

    DEFAULT_CSS = """
    DetailsSide { width: 44; height: 1fr; border-left: solid $edge; background: $background; }
    """
    inspector = query_one(Inspector)

    def __init__(self) -> None:
        super().__init__()
        self._picture: PictureView | None = None
        self._sha = ""
        self._picture_name = ""

    def compose(self) -> ComposeResult:
        """The lines; a picture comes with the first panel that has one."""
        yield Inspector()

    def show(
        self,
        page: PagePlan,
        panel: int | None,
        keys: dict[str, str],
        remarks: Sequence[Remark],
        session: ProjectSession,
    ) -> None:
        """Show a panel of a page, its picture below the lines."""
        chosen = page.panels[panel] if panel is not None and panel < len(page.panels) else None
        sha = chosen.picture if chosen else ""
        if sha != self._sha:
            self._sha = sha
            self._show_picture(sha, session)
        self.inspector.show(page, panel, keys, remarks, self._picture_name)

    def _show_picture(self, sha: str, session: ProjectSession) -> None:
        self._picture_name = ""
        if self._picture is None:
            if not sha:
                return
            from screens.widgets.picture import PictureView

            self._picture = PictureView(media=session.media)
            self.mount(self._picture)
        from core.media import known_picture

        known = known_picture(session.store, sha) if sha else None
        self._picture_name = known.name if known else ""
        self._picture.display = bool(sha)
        self._picture.show(known)
