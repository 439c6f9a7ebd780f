"""The page as a picture, where the terminal shows pictures: the storyboard sketch, drawn by a worker."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, cast

from core.assembly.plan import Book, PagePlan
from core.errors import GenkoError
from core.workspace import ProjectSession
from screens.assembly.base import AssemblyBase

if TYPE_CHECKING:
    from core.media import MediaStore

MILLIMETRES = 25.4
MOST = 200
"""Dots an inch; more than a window shows."""


class PageSketches:
    """Stands where a store of pictures would: what it is asked for, it draws.

    Its one method that draws blocks for 0.1 s; a worker calls it. It keeps the last page only.
    """

    def __init__(self, media: MediaStore) -> None:
        self._media = media
        self._folder = tempfile.TemporaryDirectory(prefix="genko-sketch-", ignore_cleanup_errors=True)
        self._wanted: tuple[str, PagePlan, Book] | None = None
        self._names = count(1)

    def want(self, page: PagePlan, book: Book) -> str:
        """The page to draw next; gives the name under which it is asked for."""
        name = f"sketch-{next(self._names)}"
        self._wanted = name, page, book
        return name

    def thumbnail(
        self, sha: str, width: int, height: int, name: str = "", check: Callable[[], None] = lambda: None
    ) -> Path:
        """Draw the page of that name to fit into so many pixels; `check` may raise to stop.

        Raises OSError if it is wanted no more, MediaError if it can't be drawn.
        """
        from core.assembly.drawing import LEAST_DPI, draw_page
        from core.media import MediaError
        from core.workspace.storyboards import picture_finder

        wanted = self._wanted
        if wanted is None or wanted[0] != sha:
            raise OSError("another page is wanted by now")
        _, page, book = wanted
        check()
        scale = min(width / max(page.width, 1.0), height / max(page.height, 1.0)) * MILLIMETRES
        dpi = int(min(max(scale, LEAST_DPI), MOST))
        path = Path(self._folder.name) / f"{sha}.png"
        try:
            image = draw_page(page, book, dpi=dpi, pictures=picture_finder(self._media))
        except GenkoError as error:
            raise MediaError(error.what, safe=error.safe, todo=error.todo) from error
        image.thumbnail((width, height))
        image.save(path, compress_level=1)
        for old in path.parent.glob("*.png"):
            if old != path:
                old.unlink(missing_ok=True)
        return path

    def close(self) -> None:
        """Leave nothing behind."""
        self._folder.cleanup()


class Sketching(AssemblyBase):
    """The drawn page lies where the page in characters is, and follows it."""

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self._sketches: PageSketches | None = None
        self._sketched: tuple[PagePlan, int] | None = None

    def on_unmount(self) -> None:
        """The drawn pages are files."""
        if self._sketches is not None:
            self._sketches.close()

    def action_page_sketch(self) -> None:
        """As a picture, or in characters."""
        from screens.picture_ways import PictureWay

        if self._sketches is None:
            if self.desk.pictures.way is PictureWay.OFF:
                self.say("Pictures are not shown in this terminal; see the setting pictures.")
                return
            self._begin_sketches()
        elif self.has_class("-sketch"):
            self.remove_class("-sketch")
            self.call_after_refresh(self.view.focus)
            return
        if self.view.has_focus:
            self.set_focus(None)  # else the strip would have the arrows
        self.add_class("-sketch")
        self._sketched = None
        self.paint_choice()

    def _begin_sketches(self) -> None:
        from screens.widgets.picture import PictureView

        self._sketches = PageSketches(self.session.media)
        store = cast("MediaStore", self._sketches)  # a view asks it for nothing but thumbnails
        self.query_one("#middle").mount(PictureView(media=store, id="sketch"), after=self.view)

    def paint_choice(self, *, turned: bool = True) -> None:
        """The page and the panel that are chosen now; the sketch only when the page is another."""
        super().paint_choice(turned=turned)
        page, live = self.page, self.live
        if self._sketches is None or not self.has_class("-sketch") or live is None:
            return
        if page is None:
            self.remove_class("-sketch")
            self.call_after_refresh(self.view.focus)
        elif self._sketched is None or self._sketched[0] is not page:
            self._sketched = page, self.index
            self.call_after_refresh(self._show_sketch, page)

    def _show_sketch(self, page: PagePlan) -> None:
        from core.media import Picture
        from screens.widgets.picture import PictureView

        assert self._sketches is not None
        name = self._sketches.want(page, self._sketch_book())
        width, height = round(page.width * 10), round(page.height * 10)
        said = f"page {self.index + 1}, a sketch"
        self.query_one("#sketch", PictureView).show(Picture(name, "image/png", width, height, 0, said))

    def _sketch_book(self) -> Book:
        """What a drawing needs to know of the story."""
        assert self.live is not None
        settings = self.live.settings
        people = {one.name: one.colour for one in self.store.characters() if one.name and one.colour}
        places = {one.name: one.kind for one in self.store.backgrounds() if one.name and one.kind}
        return Book(
            settings.title, settings.author, settings.language, settings.direction, (), people, places
        )
