"""Names of Textual and Rich that we lean on although nobody promised them: one canary each."""

from __future__ import annotations

import asyncio
import inspect

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual import app as textual_app
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.strip import Strip
from textual.widgets import Input, TextArea

from tui.terminal import modes
from tui.terminal.cells import read_cells
from tui.terminal.painting import Painter


def test_the_parsers_tables() -> None:
    parser = XTermParser()
    (key,) = parser._sequence_to_key_events("\x1b[A")
    assert (key.key, key.character) == ("up", None)
    (letter,) = parser._sequence_to_key_events("é")
    assert (letter.key, letter.character) == ("é", "é")
    assert list(parser._sequence_to_key_events("\x1b[99;88z")) == []
    mouse = parser.parse_mouse_code("\x1b[<0;5;6M")
    assert isinstance(mouse, events.MouseDown)
    assert (mouse.x, mouse.y) == (4, 5)


async def test_the_drivers_and_apps_attributes() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        driver = app._driver
        assert isinstance(driver, HeadlessDriver)
        assert driver._app is app
        assert driver._loop is asyncio.get_running_loop()
        assert driver._auto_restart is True
        assert driver._mouse is True
        assert driver._size == (80, 24)
        app._clipboard = "x"
        assert app.clipboard == "x"
        with app._context():
            pass
        await pilot.pause()
    for name in ("start_application_mode", "stop_application_mode", "disable_input", "close", "write"):
        assert callable(getattr(Driver, name))
    assert "self.send_message(message)" in inspect.getsource(Driver.process_message)


def test_synchronised_output_is_spelt_as_we_drop_it() -> None:
    source = vars(textual_app)
    assert (source["SYNC_START"], source["SYNC_END"]) == (modes.SYNC_BEGIN, modes.SYNC_END)


async def test_frames_begin_with_an_absolute_move() -> None:
    """What the painter takes for a frame: asked of the compositor itself."""

    class Page(App[None]):
        def compose(self) -> ComposeResult:
            yield TextArea("走れ")

    app = Page()
    async with app.run_test():
        compositor = app.screen._compositor
        whole = compositor.render_full_update().render_segments(app.console)
        assert Painter.is_frame(whole)
        app.query_one(TextArea).insert("x")
        compositor._dirty_regions.add(app.query_one(TextArea).region)
        part = compositor.render_partial_update()
        assert part is not None
        assert Painter.is_frame(part.render_segments(app.console))
    assert Strip([Segment("x")]).render(app.console) == "x"


@pytest.mark.parametrize(
    "text", ["走れ é", "👩‍👩‍👧x", "⚠️!", "e\u0301e", "\u200dx", "\u200d👩x", "नमस्ते", "\ufe0fx"]
)
def test_cells_add_up_to_the_length_that_textual_counts(text: str) -> None:
    cells = read_cells(f"a\x1b[1m{text}\x1b[0m")
    assert len(cells) - 1 == cell_len(text)
    assert "".join(cell.text for cell in cells) == f"a{text}"


def test_text_widgets_say_where_their_cursor_is() -> None:
    for widget in (Input, TextArea):
        assert isinstance(vars(widget)["cursor_screen_offset"], property)
        assert hasattr(widget, "cursor_blink")
