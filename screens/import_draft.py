"""A script on its way in: where it comes from, what was read of it, its text while it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.incoming import Incoming, Preview, preview, read_file, read_text
from core.incoming.preview import preview_of
from core.script import Script
from core.script.formats import Dialect
from core.story import Change, Origin, Section, TextEdit, apply_edits

LANGUAGES = {"en": "English", "fr": "French", "ja": "Japanese"}
"""The languages a script can be written in, by their codes."""


@dataclass(frozen=True)
class Source:
    """A file, or a text that was pasted, and how it is to be read; None is: find out."""

    path: Path | None = None
    text: str = ""
    encoding: str | None = None
    dialect: Dialect | None = None
    language: str | None = None

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return self.path.name if self.path else "pasted text"

    def read(self) -> Reading:
        """Read it and count what is in it. Blocks; raises IncomingError."""
        if self.path is not None:
            incoming = read_file(self.path, self.encoding, dialect=self.dialect, language=self.language)
        else:
            incoming = read_text(self.text, "", dialect=self.dialect, language=self.language)
        return Reading(self, incoming, preview(incoming), Draft(incoming.text))

    def read_as(self, **how: object) -> Source:
        """The same source, read in another way."""
        return replace(self, **how)  # type: ignore[arg-type]


class Draft:
    """A text that an editor can show and the preview can change; it is in no project yet."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.script = Script(text).complete()
        self.changed = False
        self._watchers: list[Callable[[Change], None]] = []

    def subscribe(self, section: Section | None, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call `callback` after each change; gives the way to stop it."""
        self._watchers.append(callback)
        return lambda: self._watchers.remove(callback)

    def edit_text(self, edits: Sequence[TextEdit], *, joined: bool = False) -> int:
        """Apply edits one after another; nothing has to be replaced, as the text is re-typed only."""
        self.changed = True
        self.text = apply_edits(self.text, list(edits))
        for edit in edits:
            self.script.splice(edit.position, edit.deleted, edit.inserted)
        change = Change(Section.SCRIPT, Origin.LOCAL, tuple(edits))
        for watcher in list(self._watchers):
            watcher(change)
        return 0

    def undo(self) -> bool:
        """A draft keeps no steps: a line's kinds go round."""
        return False

    def redo(self) -> bool:
        """See `undo`."""
        return False


@dataclass(frozen=True)
class Reading:
    """What was read of a source."""

    source: Source
    incoming: Incoming
    preview: Preview
    draft: Draft

    def counted_again(self) -> Reading:
        """The same with the figures of the draft as it is now. Blocks."""
        return replace(self, preview=preview_of(self.draft.text, converted=not self.incoming.exact))

    @property
    def how(self) -> str:
        """`Fountain, French, cp1252`: as what it was read."""
        incoming = self.incoming
        parts = [incoming.dialect.title, LANGUAGES.get(incoming.language, incoming.language)]
        if self.source.path is not None:
            parts.append(incoming.encoding.upper() if incoming.encoding == "utf-8" else incoming.encoding)
        return ", ".join(parts)
