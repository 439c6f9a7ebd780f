"""The assembly tab follows the project: which page and panel are chosen stays, wherever they stand by now."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual.getters import query_one

from core.assembly.plan import Direction, PagePlan, PanelPlan, Side
from core.story import Change
from core.workspace import ProjectSession
from screens.assembly.openings import partner_of
from screens.assembly.page_view import PageView
from screens.tab import TabScreen

if TYPE_CHECKING:
    from core.assembly.book import LiveBook

SLICE_MS = 6.0
"""Of work for which the screen need not wait, at a time."""
REST_SECONDS = 0.01
"""What keys and paints have between two slices."""
HIDDEN_SECONDS = 0.03
"""The same while another tab is shown: nobody waits."""
TYPED_SECONDS = 1.0
"""The same when the script has changed since the last slice."""


class Choosing(TabScreen):
    """Which page and panel are chosen, while script and records go on changing.

    The choice is kept as what was chosen, not where it stood: pages and panels that come or go before
    it don't move it.
    """

    view = query_one(PageView)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self.live: LiveBook | None = None
        self.index = 0
        """The page that is shown, from 0."""
        self.panel: int | None = None
        """The chosen panel, from 0; None on a page without panels."""
        self.spread = False
        """Whether both pages of the open book are shown."""
        self.order = False
        """Whether the reading order is drawn."""
        self._page_names: tuple[str, str] = ("", "")
        self._panel_name = ""
        self._due = False
        self._behind = False
        self._slicing = False
        self._shown = False
        self._filled = False
        self._read_at = -1

    @property
    def is_filled(self) -> bool:
        """Whether all pages were read once; a tab that is made ready before it is gone to reads them, too."""
        return self._filled

    # --- following

    def on_mount(self) -> None:
        """Follow the project; what is drawn comes after the first paint."""
        self._stop_following = self.store.subscribe(None, self._changed)
        self.call_after_refresh(self._begin)

    def on_unmount(self) -> None:
        """Let go of the project."""
        self._stop_following()

    def _begin(self) -> None:
        from core.assembly.book import LiveBook

        if self.is_attached:
            self.live = LiveBook(self.store, self.session.script)
            self._slice()

    def _changed(self, change: Change) -> None:
        if self.live is None:
            return
        self.live.refresh(change)
        if not self.is_current:
            self._behind = True
        elif not self._due:
            self._due = True
            self.call_next(self.follow)

    def on_screen_resume(self) -> None:
        """What happened while another tab was shown comes after the first frame, which looks as it did."""
        if self._behind:
            self.call_after_refresh(self.follow)
        elif self.live is not None and not self.live.settled:
            self._slice_soon()

    def follow(self) -> None:
        """Bring the picture up to date with the project; the choice stays on what was chosen."""
        self._due = self._behind = self._shown = False
        if self.live is not None and self.is_attached:
            self._slice()

    def _slice(self) -> None:
        """Read on a little; the rest after the keys had a moment."""
        live = self.live
        assert live is not None
        started = monotonic()
        ready = self.session.script.advance(SLICE_MS)
        ready = ready and live.advance(max(1.0, SLICE_MS - (monotonic() - started) * 1000))
        if not ready and not live.count:
            self.view.show_nothing("Reading the script …")
        if ready and (not self._shown or live.settled):
            self._shown = True
            self._find_choice()
            self.paint()
        self._filled = self._filled or (ready and live.settled)
        if not (ready and live.settled):
            self._slice_soon()

    def _slice_soon(self) -> None:
        if not self._slicing:
            self._slicing = True
            self.set_timer(REST_SECONDS if self.is_current else self._hidden_rest(), self._slice_on)

    def _hidden_rest(self) -> float:
        """Who types in the script meanwhile is not to feel it: then it waits for the keys to rest."""
        before, self._read_at = self._read_at, self.session.script.version
        return HIDDEN_SECONDS if before == self._read_at else TYPED_SECONDS

    def _slice_on(self) -> None:
        self._slicing = False
        if self.is_attached and self.live is not None and (self.is_current or not self.is_filled):
            self._slice()

    def _find_choice(self) -> None:
        """The chosen page and panel may stand elsewhere now, or be gone."""
        assert self.live is not None
        found = self.live.index_of(*self._page_names) if any(self._page_names) else None
        self.index = found if found is not None else max(0, min(self.index, self.live.count - 1))
        if (page := self.page) is None:
            self.panel = None
            return
        same = next((at for at, panel in enumerate(page.panels) if panel.id == self._panel_name), None)
        if same is None and found is not None and self.panel is not None:
            same = min(self.panel, len(page.panels) - 1)
        self._choose_panel(same if same is not None else 0)
        self._page_names = page.key, page.heading

    # --- what there is

    @property
    def page(self) -> PagePlan | None:
        """The page that is shown; None in a book without pages."""
        live = self.live
        return live.page(self.index) if live is not None and 0 <= self.index < live.count else None

    @property
    def chosen(self) -> PanelPlan | None:
        """The chosen panel."""
        page = self.page
        return page.panels[self.panel] if page and self.panel is not None and page.panels else None

    @property
    def direction(self) -> Direction:
        """How the book is read."""
        return self.live.direction if self.live is not None else Direction.LTR

    def partner(self, index: int) -> int | None:
        """The page beside another in the open book."""
        if self.live is None:
            return None
        return partner_of(index, self.live.count, self._side_of, self.direction)

    def _side_of(self, index: int) -> Side:
        assert self.live is not None
        return self.live.slots[index].side

    # --- choosing

    def choose_page(self, index: int, panel: int = 0) -> None:
        """Show another page; nothing is moved by it but the choice."""
        if self.live is None or not 0 <= index < self.live.count:
            return
        self.index = index
        page = self.page
        assert page is not None
        self._page_names = page.key, page.heading
        self._choose_panel(panel)
        self.paint_choice()

    def choose_panel(self, panel: int) -> None:
        """Choose another panel of the page."""
        self._choose_panel(panel)
        self.paint_choice()

    def _choose_panel(self, panel: int) -> None:
        page = self.page
        if page is None or not page.panels:
            self.panel, self._panel_name = None, ""
            return
        self.panel = max(0, min(panel, len(page.panels) - 1))
        self._panel_name = page.panels[self.panel].id

    @property
    def here(self) -> tuple[str, str]:
        """The page that is shown, to be found again when pages came and went."""
        page = self.page
        return (page.key, page.heading) if page is not None else ("", "")

    def place_of(self, page: tuple[str, str]) -> int | None:
        """Where a page is now; None, and said so, if it is gone."""
        at = self.live.index_of(*page) if self.live is not None else None
        if at is None:
            self.say("The page is gone meanwhile. Nothing was changed.")
        return at

    # --- what the painting parts do

    def paint(self) -> None:
        """Everything, after a change."""

    def paint_choice(self, *, turned: bool = True) -> None:
        """The page and the panel that are chosen now."""

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """A few words on why nothing happened, or what did."""
        self.notify(sentence, severity="warning" if warning else "information", timeout=5, markup=False)
