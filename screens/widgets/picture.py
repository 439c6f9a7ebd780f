"""Shows one picture of the project, as well as the terminal can, or says in words why it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from textual import work
from textual.strip import Strip
from textual.timer import Timer
from textual.worker import get_current_worker

from core.media import MediaCancelledError, MediaError, MediaStore, Picture
from core.media.kinds import DamagedError
from screens.picture_ways import PictureSpace, PictureWay
from screens.widgets.ground import Ground

if TYPE_CHECKING:
    from screens.ports import Desk
    from screens.widgets.picture_drawing import Drawn

_REST = 0.06
"""Seconds that a picture must stay chosen before it is drawn: who walks through a list wants none."""


class PictureView(Ground):
    """One picture within the widget's size, at its upper left.

    `show` chooses another; until it is drawn, and where pictures are not shown at all, its name and
    size stand there. The file is read by a worker, decoded in a process of its own.
    """

    DEFAULT_CSS = """
    PictureView { width: 1fr; height: 12; color: $text-muted; background: transparent; }
    """

    def __init__(
        self, picture: Picture | None = None, media: MediaStore | None = None, *, id: str | None = None
    ) -> None:
        """`media` is the open project's own unless given."""
        super().__init__(id=id)
        self._picture = picture
        self._media = media
        self.else_todo = ""
        """What to do about a file that is gone or altered, where that is another thing than in a project."""
        self.centred = False
        """Whether it stands in the middle of its lines; it is at their left otherwise."""
        self.nothing = ""
        """What stands there while there is no picture."""
        self._words = ""
        self._drawn: Drawn | None = None
        self._sign = ""
        """In the cells of a sixel picture."""
        self._timer: Timer | None = None
        self._stop: Callable[[], None] = lambda: None

    # what others see

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    @property
    def words(self) -> str:
        """What stands in the picture's place; empty when it is drawn."""
        return "" if self._drawn is not None else self._words

    def show(self, picture: Picture | None) -> None:
        """Show another picture; None shows nothing."""
        if picture != self._picture:
            self._picture = picture
            self._begin()

    def look_again(self) -> None:
        """Its file may have come meanwhile, or the terminal shows pictures in another way now."""
        self._begin()

    # Textual's

    def on_mount(self) -> None:
        """The terminal may forget pictures while another program has it."""
        self.app.app_resume_signal.subscribe(self, lambda _: self.look_again())
        if (session := cast("Desk", self.app).session) is not None:
            self._stop = session.on_pictures(self._arrived)

    def on_resize(self) -> None:
        """As large as the place is."""
        self._begin()

    def on_unmount(self) -> None:
        """The terminal need not keep it."""
        self._stop()
        self._take_back()

    def _arrived(self, shas: frozenset[str]) -> None:
        if self._picture is not None and self._picture.sha in shas:
            self._begin()

    def render_line(self, y: int) -> Strip:
        """A line of the picture, or of the words in its place."""
        width = self.size.width
        style = self.ground
        drawn = self._drawn
        if drawn is not None:
            line = drawn.lines[y] if y < len(drawn.lines) else Strip.blank(0)
            if self.centred and (left := (width - drawn.columns) // 2) > 0:
                line = Strip([Segment(" " * left, style), *line], left + line.cell_length)
            return line.adjust_cell_length(width, style)
        lines = _wrapped(self._words, width)
        text = lines[y] if y < min(len(lines), self.size.height) else ""
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)

    # drawing

    @property
    def _space(self) -> PictureSpace:
        return cast("Desk", self.app).pictures

    def _begin(self) -> None:
        """Say what it is, and draw it when it has stayed chosen for a moment."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._take_back()
        self._words = self._picture.sentence if self._picture is not None else self.nothing
        if self._picture is not None and self.size.area and self._space.way is not PictureWay.OFF:
            self._timer = self.set_timer(_REST, self._draw)
        self.refresh()

    def _draw(self) -> None:
        media = self._media
        if media is None and (session := cast("Desk", self.app).session) is not None:
            media = session.media
        if media is not None and self._picture is not None and self.is_attached:
            self._draw_in_worker(media, self._picture, self.size.width, self.size.height, self._space)

    @work(thread=True, exclusive=True, group="picture")
    def _draw_in_worker(
        self, media: MediaStore, picture: Picture, columns: int, rows: int, space: PictureSpace
    ) -> None:
        from screens.widgets.picture_drawing import draw, thumbnail_side

        worker = get_current_worker()

        def check() -> None:
            if worker.is_cancelled:
                raise MediaCancelledError("Another picture is wanted by now.")

        side = thumbnail_side(columns, rows, space)
        drawn, said = None, ""
        try:
            thumbnail = media.thumbnail(picture.sha, side, side, picture.name, check)
            try:
                drawn = draw(thumbnail, columns, rows, space)
            except OSError:  # it was kept from before, and has gone bad: another one is made
                thumbnail.unlink(missing_ok=True)
                thumbnail = media.thumbnail(picture.sha, side, side, picture.name, check)
                drawn = draw(thumbnail, columns, rows, space)
        except MediaCancelledError:
            return
        except MediaError as error:
            gone = isinstance(error, DamagedError) or media.path(picture.sha) is None
            told = f"{error.what} {self.else_todo}" if gone and self.else_todo else str(error)
            said = f"{picture.sentence}\n{told}"
        except OSError:
            said = f"{picture.sentence}\nIts thumbnail can't be read."
        if not worker.is_cancelled:
            self.app.call_from_thread(self._have, picture, (columns, rows), drawn, said)

    def _have(self, picture: Picture, size: tuple[int, int], drawn: Drawn | None, words: str) -> None:
        if picture != self._picture or size != tuple(self.size) or not self.is_attached:
            return  # another one is wanted by now
        self._take_back()
        if drawn is not None and drawn.before:
            cast("Desk", self.app).send_graphics(drawn.before)
        if drawn is not None and drawn.sixel:
            self._sign = cast("Desk", self.app).keep_sixel(drawn.sixel, drawn.columns, len(drawn.lines))
            drawn = drawn.signed(self._sign)
        self._drawn = drawn
        self._words = words or self._words
        self.refresh()

    def _take_back(self) -> None:
        """What was drawn is not shown any more."""
        drawn, self._drawn = self._drawn, None
        if drawn is not None and drawn.after:
            cast("Desk", self.app).send_graphics(drawn.after)
        if self._sign:
            cast("Desk", self.app).drop_sixel(self._sign)
            self._sign = ""


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken at spaces."""
    from rich.cells import cell_len, chop_cells

    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}" if line else word
            if cell_len(longer) <= width or width < 1:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = chop_cells(word, width) or [""]
            lines += whole
        lines.append(line)
    return lines
