"""The driver between Textual and any terminal on any line."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import Any, Protocol, runtime_checkable

from textual import constants
from textual.app import App, ScreenStackError, UnknownModeError
from textual.driver import Driver
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from tui.terminal import modes
from tui.terminal.abilities import TerminalAbilities, look
from tui.terminal.glyphs import encode, translation
from tui.terminal.line import Line
from tui.terminal.losing import Loss
from tui.terminal.pacing import Pacer
from tui.terminal.painting import Painter
from tui.terminal.pictures import cell_pixels
from tui.terminal.reading import InputReader
from tui.terminal.signals import Signals
from tui.terminal.sixels import Sixels
from tui.terminal.writing import TerminalWriter

_PATIENCE = 2.0  # seconds that leaving waits for a line that takes no more bytes
_LAST_KEYS = 2.0  # seconds for keys that had arrived when the terminal was lost
_WRAPPED_FROM = 200  # characters; a shorter frame arrives in one piece anyway


@runtime_checkable
class TerminalListener(Protocol):
    """What an app may have, to hear of its terminal; called on the UI thread, but for one."""

    def terminal_losing(self, loss: Loss) -> None:
        """The terminal is gone; from any thread, and maybe long before terminal_lost() can run."""

    def terminal_lost(self, loss: Loss) -> None:
        """The connection is gone or the program is asked to end."""

    def terminal_sends_foreign_bytes(self) -> None:
        """The first byte came that is not of the terminal's encoding."""


class GenkoDriver(Driver):
    """Draws with few bytes, reads whatever comes, and outlives the connection.

    An app may carry `terminal: TerminalAbilities`; otherwise they are looked up.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        known = getattr(app, "terminal", None)
        self.abilities = known if isinstance(known, TerminalAbilities) else look(os.environ)
        self._line = Line.of_process()
        self._size = size or self._line.size()
        self._painter = Painter(translation(self.abilities.glyphs))
        self._writer: TerminalWriter | None = None
        self._reader: InputReader | None = None
        self._synchronised = False
        self._asked_sync = False
        self._cursor_shown = False
        self._repaint_due = False
        self.pacer = Pacer(app, self._loop)
        self.loss: Loss | None = None
        self._signals = Signals(self._loop)
        self._past_bytes = 0

    # What the app may ask

    @property
    def can_suspend(self) -> bool:
        """Ctrl+Z and App.suspend() work."""
        return True

    @property
    def bytes_sent(self) -> int:
        """Bytes that the terminal has taken so far."""
        return self._past_bytes + (self._writer.sent if self._writer else 0)

    @property
    def mouse(self) -> bool:
        """Whether mouse reports are asked for."""
        return self._mouse

    @property
    def cell_pixels(self) -> tuple[int, int] | None:
        """Width and height of a cell, where the line knows them."""
        return cell_pixels(self._line.output)

    def send_graphics(self, data: str) -> None:
        """Send what moves no cursor and changes no cell: a picture, or its end."""
        self._send(data)

    @property
    def sixels(self) -> Sixels:
        """The pictures over cells."""
        return self._painter.sixels

    def set_mouse(self, wanted: bool) -> None:
        """Switch mouse reports on, or off so that the terminal's own selection works."""
        if wanted != self._mouse:
            self._mouse = wanted
            self._send(modes.mouse_on(self.abilities) if wanted else modes.mouse_off(self.abilities))

    def repaint(self) -> None:
        """Send the whole picture again (another program wrote on the screen)."""
        self._painter.forget()
        self._paint()

    # Output

    def write(self, data: str) -> None:
        """Take a frame of Textual's, or send anything else as it is."""
        if data in (modes.SYNC_BEGIN, modes.SYNC_END):
            return  # each frame that is sent is wrapped on its own
        if data.startswith(modes.POINTER_SHAPE) and not self.abilities.is_direct:
            return
        if Painter.is_frame(data):
            self._painter.take(data)
            self._paint()
        else:
            self._send(data)

    def _send(self, data: str) -> None:
        if self._writer is not None and data:
            self._writer.write(encode(data, self.abilities.encoding))

    def _paint(self) -> None:
        """Send what changed; later, in one go, if the line is still busy with an earlier frame."""
        if self._writer is None or not self._writer.ask_idle():
            return
        show = self._place_cursor()
        painted = self._painter.paint()
        before = after = ""
        if self._cursor_shown and (not show or len(painted) > _WRAPPED_FROM):
            before = modes.HIDE_CURSOR
        if show and (before or not self._cursor_shown):
            after = modes.SHOW_CURSOR if self.abilities.is_console else modes.STEADY_BAR + modes.SHOW_CURSOR
            after = after if not self._cursor_shown else modes.SHOW_CURSOR
        self._cursor_shown = show
        frame = f"{before}{painted}{after}"
        if self._synchronised and len(frame) > _WRAPPED_FROM:
            frame = f"{modes.SYNC_BEGIN}{frame}{modes.SYNC_END}"
        self._send(frame)

    def _place_cursor(self) -> bool:
        """Put the hardware cursor where the focused text has its own; False if it has none in sight."""
        try:
            focused = self._app.focused
        except (ScreenStackError, UnknownModeError):  # no screen yet, or none any more
            return False
        offset = getattr(focused, "cursor_screen_offset", None)
        if focused is None or offset is None:
            return False
        if not focused.region.contains(offset.x, offset.y):
            return False
        self._painter.cursor = (offset.x, offset.y)
        return True

    def _writer_idle(self) -> None:
        """Called from the writer's thread: frames may have come in the meantime."""
        self._call_soon(self._paint)

    # Start and stop

    def start_application_mode(self) -> None:
        """Take the terminal over; also after a suspension."""
        if self._writer is not None:
            return
        self._line.make_raw()
        self._writer = TerminalWriter(
            self._line.output, when_idle=self._writer_idle, when_lost=lambda: self._lose_soon(Loss.HANGUP)
        )
        self._catch_signals()
        self._painter.forget()
        self._cursor_shown = False
        self._send(modes.enter(self.abilities, ask_sync=not self._asked_sync and self._may_ask()))
        if self._mouse:
            self._send(modes.mouse_on(self.abilities))
        self._asked_sync = True
        self._reader = InputReader(
            self._line.input,
            escape_delay=self.abilities.escape_delay,
            encoding=self.abilities.encoding,
            receive=self.process_message,
            when_foreign=lambda: self._call_soon(self._tell_foreign),
            when_over=lambda failed: self._lose_soon(Loss.INPUT_FAILED if failed else Loss.HANGUP),
        )
        self._send_size()

    def _may_ask(self) -> bool:
        return os.environ.get("TERM_PROGRAM") != "Apple_Terminal"  # it prints the question's last letter

    def disable_input(self) -> None:
        """Stop reading."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was found."""
        if self._writer is None:
            return
        self._send(modes.leave(self.abilities))
        if self.loss is not Loss.HANGUP:
            self._writer.drain(_PATIENCE)
        self.disable_input()
        self._line.restore()

    def close(self) -> None:
        """End the writer; after the app, also the signal handlers."""
        self.disable_input()
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.stop(_PATIENCE if writer.drain(0) else 0.1)  # a stalled line has been waited for already
            self._past_bytes += writer.sent
        if not self._app.is_running:
            self._signals.release(ending=self.loss is not None)

    def process_message(self, message: Message) -> None:
        """Called from the reader's thread with each event."""
        if isinstance(message, TerminalSupportsSynchronizedOutput):
            self._synchronised = True
            return
        super().process_message(message)

    def send_message(self, message: Message) -> None:
        """Called from any thread: hand an event to the app, in order and at the app's pace."""
        self._call_soon(lambda: self.pacer.offer(message))

    # Size

    def _send_size(self) -> None:
        size = Size(*self._line.size())
        self.send_message(Resize(size, size))

    def _resized(self) -> None:
        columns, rows = self._line.size()
        self._painter.forget(columns, rows)
        self._send_size()
        if not self._repaint_due:
            self._repaint_due = True
            self._loop.call_later(1 / constants.MAX_FPS * 2, self._repaint_after_resize)

    def _repaint_after_resize(self) -> None:
        """Textual paints anew only if the size changed; the terminal may have lost its picture anyway."""
        self._repaint_due = False
        self._paint()

    # Signals

    def _catch_signals(self) -> None:
        self._signals.catch(
            {
                signal.SIGWINCH: self._resized,
                signal.SIGTSTP: self._stop_process,
                signal.SIGCONT: self._continue_process,
                signal.SIGHUP: lambda: self._lose(Loss.HANGUP),
                signal.SIGTERM: lambda: self._lose(Loss.TERMINATED),
                signal.SIGINT: self._interrupted,
            }
        )

    def _interrupted(self) -> None:
        """SIGINT. While the terminal is lent, Ctrl+C is meant for the program that has it."""
        if self._auto_restart:
            self._lose(Loss.INTERRUPTED)

    def _stop_process(self) -> None:
        """SIGTSTP: leave the screen as a shell expects it, and stop."""
        if self._auto_restart:
            self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _continue_process(self) -> None:
        """SIGCONT: the shell has had the terminal; everything is set up and painted again."""
        if not self._auto_restart or not self._app.is_running:
            return  # App.suspend() has lent the terminal to another program
        if self._writer is not None:  # stopped by SIGSTOP, without a chance to leave
            self.suspend_application_mode()
        self.start_application_mode()
        self._paint()
        self.send_message(self.SignalResume())

    def resume_application_mode(self) -> None:
        """Take the terminal over again after App.suspend()."""
        self._line.put_right()
        super().resume_application_mode()
        self._paint()

    # Losing the terminal

    def _call_soon(self, call: Any) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: the app has ended
            self._loop.call_soon_threadsafe(call)

    def _lose_soon(self, loss: Loss) -> None:
        if isinstance(self._app, TerminalListener):
            self._app.terminal_losing(loss)
        self._call_soon(lambda: self._lose(loss))

    def _lose(self, loss: Loss) -> None:
        """The terminal is gone, or we are asked to go: once, on the UI thread."""
        if self.loss is not None:
            return
        self.loss = loss
        if loss is Loss.HANGUP:
            self._line.detach()
        self.pacer.empty(lambda: self._tell_loss(loss), _LAST_KEYS)

    def _tell_loss(self, loss: Loss) -> None:
        if isinstance(self._app, TerminalListener):
            self._app.terminal_lost(loss)
        else:
            self._app.exit(return_code=loss.exit_status)

    def _tell_foreign(self) -> None:
        if isinstance(self._app, TerminalListener):
            self._app.terminal_sends_foreign_bytes()


def driver_of(app: App[Any]) -> GenkoDriver | None:
    """The app's driver if it is ours (tests run headless)."""
    return app._driver if isinstance(app._driver, GenkoDriver) else None
