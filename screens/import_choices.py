"""Other ways to read a script that comes in: the questions of the import preview."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.incoming.encodings import NAMES
from core.script.formats import Dialect
from screens.import_draft import LANGUAGES, Reading, Source

FILES = frozenset({Dialect.DOCX, Dialect.FDX})
"""Formats that only a file can have: no text is read as one."""
MOST_OFFERED = 8
"""Encodings offered at once."""


class SourceChoice(ModalScreen[Source | None]):
    """Asks how to read; the answer is the source to read, or None to leave it."""

    CSS_PATH = "prompts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Cancel")]

    def __init__(self, question: str, offers: Sequence[tuple[str, Source]], now: int, note: str = "") -> None:
        """`offers` are (label, source); `now` is the one in use."""
        super().__init__()
        self._question, self._offers, self._now, self._note = question, offers, now, note

    def compose(self) -> ComposeResult:
        """The question and a list."""
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="question", markup=False)
            if self._note:
                yield Static(self._note, classes="text", markup=False)
            options = [Option(label, str(at)) for at, (label, _) in enumerate(self._offers)]
            yield OptionList(*options, markup=False, compact=True)
            yield Static("Enter: read so   Esc: leave it", classes="note", markup=False)

    def on_mount(self) -> None:
        """At the one in use."""
        self.query_one(OptionList).highlighted = self._now

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._offers[event.option_index][1] if event.option_index != self._now else None)


def offered_dialects(reading: Reading) -> SourceChoice:
    """Which format? Those that fit first, then the others that a text can have."""
    incoming = reading.incoming
    scores = dict(incoming.candidates)
    if incoming.dialect in FILES:
        offered = [incoming.dialect]
    else:
        offered = list(dict.fromkeys((*scores, *(one for one in Dialect if one not in FILES))))
    if incoming.dialect not in offered:
        offered.insert(0, incoming.dialect)
    offers = [
        (
            f"{one.title}{f'   fits {scores[one]:.0%}' if one in scores else ''}",
            reading.source.read_as(dialect=one),
        )
        for one in offered
    ]
    return SourceChoice("Which format is it?", offers, offered.index(incoming.dialect))


def offered_languages(reading: Reading) -> SourceChoice:
    """Which language?"""
    codes = list(LANGUAGES)
    now = codes.index(reading.incoming.language) if reading.incoming.language in codes else 0
    offers = [(LANGUAGES[code], reading.source.read_as(language=code)) for code in codes]
    return SourceChoice("Which language is it in?", offers, now)


def encodings_to_offer(reading: Reading, preferred: Sequence[str]) -> SourceChoice:
    """Which encoding? The odd line shows whether the one in use is right."""
    incoming = reading.incoming
    fitting = dict.fromkeys((incoming.encoding, *incoming.alternatives))
    ordered = [name for name in preferred if name in fitting]
    names = {_canonical(name): name for name in (*ordered, *fitting, *preferred)}
    offered = list(names)[:MOST_OFFERED]
    offers = [(spoken(names[key]), reading.source.read_as(encoding=names[key])) for key in offered]
    return SourceChoice(
        f"Read as {spoken(incoming.encoding)}?",
        offers,
        offered.index(_canonical(incoming.encoding)),
        f"Is this line right?\n\n  {_odd_line(incoming.text)}",
    )


def spoken(encoding: str) -> str:
    """An encoding as people know it, and its name."""
    return f"{NAMES[encoding]}, {encoding}" if encoding in NAMES else encoding


def odd_row(text: str) -> int:
    """The first row with a letter beyond ASCII: the one that shows whether a guess is right."""
    return next((row for row, line in enumerate(text.split("\n")) if not line.isascii()), 0)


def _canonical(encoding: str) -> str:
    """One name for the many spellings of an encoding."""
    return codecs.lookup(encoding).name


def _odd_line(text: str) -> str:
    line = text.split("\n")[odd_row(text)].strip()
    at = next((index for index, letter in enumerate(line) if not letter.isascii()), 0)
    return line[max(0, at - 24) : at + 36]
