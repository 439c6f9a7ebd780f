"""Turns the bytes a terminal sends into Textual's events, however the line cuts them up.

Textual's own parser types what it does not know, gives up on a sequence after a tenth of a second
and ends the app at a byte that is not UTF-8. This one cuts the stream into whole sequences by the
rules of ECMA-48 first, and swallows those that nobody knows.
"""

from __future__ import annotations

import codecs
import re

from textual import events, messages
from textual._xterm_parser import XTermParser
from textual.keys import Keys
from textual.message import Message

from tui.terminal.sequences import ESC, PASTE_END, PASTE_START, Part, measure

SEQUENCE_DELAY = 1.0  # seconds to wait for the rest of what can only be a sequence
LETTER_DELAY = 1.0  # for the rest of a UTF-8 letter
PASTE_DELAY = 3.0  # for the rest of a paste, before what came is handed on
_LATE_TAIL = re.compile(r"(?:\[[0-9;:<=>?]*[A-Za-z~]|O[A-Za-z])\Z")
_MODE_REPORT = re.compile(r"\x1b\[\?(\d+);(\d)\$y\Z")
_CURSOR_REPORT = re.compile(r"\x1b\[(\d+);(\d+)R\Z")
_XTERM_KEY = re.compile(r"\x1b\[27;(\d+);(\d+)~\Z")
_MARKED_KEY = re.compile(r"^(\x1b\[\d+)(?::\d*)*((?:;\d*)?)(?::[12])?(?=[;u~A-Z])")
_MOUSE = re.compile(r"\x1b\[(?:<?[-\d;]+[mM]|M...)\Z", re.DOTALL)
_SYNCHRONISED_OUTPUT = "2026"
_FOREIGN = re.compile("[\udc80-\udcff]")
_LONGEST_STRING = 65536  # characters; a string that has no end by then is noise


def _western(escaped: re.Match[str]) -> str:
    """A byte that is not of the terminal's encoding comes from a Western terminal or a noisy line."""
    return bytes([ord(escaped[0]) - 0xDC00]).decode("cp1252", "ignore")


class InputDecoder:
    """Bytes in, events out; times are seconds on one steady clock.

    After each call `deadline` says when tick() has something to decide, or is None. `foreign` counts
    the bytes that were not of the terminal's encoding.
    """

    def __init__(self, *, escape_delay: float = 0.1, encoding: str = "utf-8") -> None:
        self._escape_delay = escape_delay
        self._decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
        self._keys = XTermParser()  # only its tables are used, never its state machine
        self._text = ""  # decoded, but not yet understood
        self._paste: list[str] | None = None  # what came of a paste so far, but for its last characters
        self._escaped_at = float("-inf")  # when a lone Escape was last given out
        self.foreign = 0
        self.deadline: float | None = None

    def feed(self, data: bytes, now: float) -> list[Message]:
        """Take bytes that arrived at `now`; gives the events that are complete."""
        fresh = not self._text and self._paste is None
        self._decode(data, final=False)
        if fresh and now - self._escaped_at < SEQUENCE_DELAY and _LATE_TAIL.match(self._text):
            self._text = ""  # its Escape came too long before it: better swallowed than typed
        found = self._understand()
        self._set_deadline(now)
        return found

    def tick(self, now: float) -> list[Message]:
        """Decide what waited too long; does nothing before the deadline."""
        if self.deadline is None or now < self.deadline:
            return []
        found = self._close_paste() if self._paste is not None else self._give_up(now)
        self._decode(b"", final=True)
        found += self._understand()
        self._set_deadline(now)
        return found

    def finish(self) -> list[Message]:
        """The line is closed: a paste that was under way is not lost."""
        self._decode(b"", final=True)
        return self._close_paste() if self._paste is not None else []

    def _decode(self, data: bytes, *, final: bool) -> None:
        text = self._decoder.decode(data, final)
        if not text.isascii():
            text, foreign = _FOREIGN.subn(_western, text)
            self.foreign += foreign
        self._text += text

    def _set_deadline(self, now: float) -> None:
        if self._paste is not None:
            self.deadline = now + PASTE_DELAY
        elif self._text:
            self.deadline = now + (self._escape_delay if self._text == ESC else SEQUENCE_DELAY)
        elif self._decoder.getstate()[0]:
            self.deadline = now + LETTER_DELAY
        else:
            self.deadline = None

    def _understand(self) -> list[Message]:
        """Take whole keys, sequences and pastes off the front of the text."""
        found: list[Message] = []
        while self._text:
            if self._paste is not None:
                if PASTE_END not in self._text:
                    self._hold_paste()
                    break
                end = self._text.index(PASTE_END)
                rest, self._text = self._text[end + len(PASTE_END) :], self._text[:end]
                found += self._close_paste()
                self._text = rest
            elif (found_here := self._understand_keys()) is not None:
                found += found_here
            else:
                break
        return found

    def _understand_keys(self) -> list[Message] | None:
        """The events up to a paste or the end of the text; None if only an unfinished sequence is left."""
        found: list[Message] = []
        text, at = self._text, 0
        while at < len(text) and self._paste is None:
            if text[at] != ESC:
                found += self._keys._sequence_to_key_events(text[at])
                at += 1
                continue
            part, length = measure(text, at)
            if part is Part.UNFINISHED and length < _LONGEST_STRING:
                break
            sequence = text[at : at + length]
            at += length
            if sequence == PASTE_START:
                self._paste = []
            elif part is Part.WHOLE:
                found += self._sequence(sequence)
        self._text = text[at:]
        return found if at else None

    def _hold_paste(self) -> None:
        """Put aside what is surely inside the paste, so that a long one is searched once."""
        assert self._paste is not None
        keep = len(PASTE_END) - 1
        self._paste.append(self._text[:-keep])
        self._text = self._text[-keep:]

    def _close_paste(self) -> list[Message]:
        pasted = "".join((*(self._paste or ()), self._text))
        self._paste, self._text = None, ""
        pasted = pasted.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        return [events.Paste(pasted)] if pasted else []

    def _give_up(self, now: float) -> list[Message]:
        """The rest of a sequence did not come: a lone Escape, a known short form, or nothing."""
        sequence, self._text = self._text, ""
        if sequence == ESC:
            self._escaped_at = now
        return self._sequence(sequence) if sequence else []

    def _sequence(self, sequence: str) -> list[Message]:
        """The events of one whole escape sequence; none if it is not known."""
        if sequence == ESC:
            return [events.Key("escape", ESC)]
        if len(sequence) == 2:
            return self._with_alt(sequence)
        if sequence == "\x1b[I":
            return [events.AppFocus()]
        if sequence == "\x1b[O":
            return [events.AppBlur()]
        if match := _MODE_REPORT.match(sequence):
            known = match[1] == _SYNCHRONISED_OUTPUT and match[2] in "123"
            return [messages.TerminalSupportsSynchronizedOutput()] if known else []
        if match := _CURSOR_REPORT.match(sequence):
            # Also Shift+F3 and its kin in some terminals; we never ask for the cursor.
            return [*self._known_keys(sequence)] if match[1] == "1" else []
        if _MOUSE.match(sequence):
            mouse = self._keys.parse_mouse_code(sequence)
            return [] if mouse is None else [mouse]
        return [*self._known_keys(sequence)]

    def _known_keys(self, sequence: str) -> list[events.Key]:
        try:
            keys = list(self._keys._sequence_to_key_events(_plain(sequence)))
        except (ValueError, OverflowError):  # numbers that are no character
            return []
        return [key for key in keys if key.key != Keys.Ignore and _can_be_typed(key.character)]

    def _with_alt(self, sequence: str) -> list[Message]:
        """Escape and a character: Alt and that key. It never types anything (macOS's ¡™£ neither)."""
        keys = self._known_keys(sequence)
        if keys and not any(key.character for key in keys):
            return [*keys]  # word moves and the like: Alt+b, Alt+f, Alt+Backspace
        named: list[Message] = []
        for key in self._keys._sequence_to_key_events(sequence[1]):
            name = f"shift+{key.key.lower()}" if len(key.key) == 1 and key.key.isupper() else key.key
            named.append(events.Key(f"alt+{name}", None))
        return named


def _plain(sequence: str) -> str:
    """A key's sequence without what we did not ask for: other layouts' keys, press and repeat marks.

    xterm's own form for keys with modifiers, CSI 27 ; modifiers ; key ~, becomes CSI key ; modifiers u.
    """
    if match := _XTERM_KEY.match(sequence):
        return f"\x1b[{match[2]};{match[1]}u"
    return _MARKED_KEY.sub(r"\1\2", sequence) if ":" in sequence else sequence


def _can_be_typed(character: str | None) -> bool:
    return character is None or not any("\ud800" <= letter <= "\udfff" for letter in character)
