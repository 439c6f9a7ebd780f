"""Small pictures of the assets that are seen: made one by one by a worker, kept while there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from textual.widget import Widget
from textual.worker import get_current_worker

from core.media import MediaCancelledError, MediaError, MediaStore
from screens.picture_ways import PictureSpace, PictureWay

if TYPE_CHECKING:
    from screens.ports import Desk
    from screens.widgets.picture_drawing import Drawn

MOST = 160
"""Drawn pictures that are kept: some windows full of them."""


class Thumbnails:
    """Belongs to the thread of the screen; only `_next` and `_make` are called by the worker."""

    def __init__(self, host: Widget, media: MediaStore, came: Callable[[str], None]) -> None:
        """`came` is told each picture (SHA-256) that can be painted from now on, or never will be."""
        self._host, self._media, self._came = host, media, came
        self._drawn: OrderedDict[str, Drawn] = OrderedDict()
        self._numbers: dict[str, int] = {}
        self._signs: dict[str, str] = {}
        self._said: dict[str, str] = {}
        self._size = (0, 0)
        self._wanted: list[str] = []
        self._lock = threading.Lock()
        self._working = False
        self.made = 0
        """How many were drawn, for those who count."""

    @property
    def _desk(self) -> Desk:
        return cast("Desk", self._host.app)

    @property
    def shown(self) -> bool:
        """Whether the terminal shows pictures."""
        return self._desk.pictures.way is not PictureWay.OFF

    def drawn(self, sha: str) -> Drawn | None:
        """A picture in the cells of a tile; None while it is not there."""
        return self._drawn.get(sha)

    def number(self, sha: str) -> int:
        """Another one whenever a picture was drawn anew; 0 while it is not there."""
        return self._numbers.get(sha, 0)

    def said(self, sha: str) -> str:
        """Why a picture can't be shown; empty while nothing is known against it."""
        return self._said.get(sha, "")

    def want(self, shas: Sequence[str], columns: int, rows: int) -> None:
        """These are seen now, in tiles of so many cells; what is not seen any more is not made."""
        if (columns, rows) != self._size:
            self.forget()
            self._size = (columns, rows)
        for sha in shas:
            if sha in self._drawn:
                self._drawn.move_to_end(sha)
        missing = [
            sha for sha in dict.fromkeys(shas) if sha and sha not in self._drawn and sha not in self._said
        ]
        with self._lock:
            self._wanted = missing
            begin = bool(missing) and not self._working
            self._working = self._working or begin
        if begin:
            self._host.run_worker(self._work, thread=True, group="thumbnails", exit_on_error=False)

    def look_again(self, shas: Sequence[str] | None = None) -> None:
        """Their files may have come meanwhile; None: all."""
        for sha in list(self._said) if shas is None else shas:
            self._said.pop(sha, None)

    def forget(self) -> None:
        """Nothing is painted any more: the terminal need not keep it."""
        with self._lock:
            self._wanted = []
        for sha in list(self._drawn):
            self._let_go(sha)
        self._said.clear()

    # by the worker

    def _next(self) -> str:
        with self._lock:
            if self._wanted:
                return self._wanted[0]
            self._working = False
            return ""

    def _work(self) -> None:
        worker = get_current_worker()
        while sha := self._next():
            if worker.is_cancelled or not self._host.is_attached:
                break
            size, space = self._size, self._desk.pictures
            try:
                drawn, said = self._make(sha, *size, space, lambda: worker.is_cancelled)
            except MediaCancelledError:
                continue
            self._host.app.call_from_thread(self._have, sha, size, drawn, said)
        with self._lock:
            self._working = False

    def _make(
        self, sha: str, columns: int, rows: int, space: PictureSpace, cancelled: Callable[[], bool]
    ) -> tuple[Drawn | None, str]:
        from screens.widgets.picture_drawing import draw, thumbnail_side

        def check() -> None:
            with self._lock:
                unwanted = sha not in self._wanted
            if unwanted or cancelled():
                raise MediaCancelledError("Another picture is wanted by now.")

        side = thumbnail_side(columns, rows, space)
        try:
            path = self._media.thumbnail(sha, side, side, check=check)
            try:
                return draw(path, columns, rows, space), ""
            except OSError:  # kept from before, and gone bad: another one is made
                path.unlink(missing_ok=True)
                return draw(self._media.thumbnail(sha, side, side, check=check), columns, rows, space), ""
        except MediaCancelledError:
            raise
        except (MediaError, OSError):
            return None, self.why_not(sha)

    def why_not(self, sha: str) -> str:
        """Of a picture that was not drawn. A full disk, or a process that ended, is no fault of the file."""
        if self._media.path(sha) is None:
            return "The file is not on this machine."
        return "It can't be drawn now." if self._media.verify(sha) else "The file is damaged."

    # back on the screen's thread

    def _have(self, sha: str, size: tuple[int, int], drawn: Drawn | None, said: str) -> None:
        if size != self._size or not self._host.is_attached:
            return  # it is wanted in another size by now
        with self._lock:
            self._wanted = [one for one in self._wanted if one != sha]
        if drawn is None:
            self._said[sha] = said
        else:
            self._keep(sha, drawn)
        self._came(sha)

    def _keep(self, sha: str, drawn: Drawn) -> None:
        self.made += 1
        if drawn.before:
            self._desk.send_graphics(drawn.before)
        if drawn.sixel:
            sign = self._signs[sha] = self._desk.keep_sixel(drawn.sixel, drawn.columns, len(drawn.lines))
            drawn = drawn.signed(sign)
        self._drawn[sha], self._numbers[sha] = drawn, self.made
        while len(self._drawn) > MOST:
            self._let_go(next(iter(self._drawn)))

    def _let_go(self, sha: str) -> None:
        drawn = self._drawn.pop(sha)
        del self._numbers[sha]
        if drawn.after:
            self._desk.send_graphics(drawn.after)
        if sign := self._signs.pop(sha, ""):
            self._desk.drop_sixel(sign)
