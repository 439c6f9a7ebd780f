"""What helps while one types in the script: offered words, and the colon that calls the speakers."""

from __future__ import annotations

from core.script.completion import Completer, Offer, Speaking, speaking
from core.script.habits import written_language
from core.script.inserting import Insertion, line
from core.story import TextEdit
from core.workspace import ProjectSession
from screens.widgets.editor import ScriptEditor
from screens.widgets.editor.document import Location

COLONS = ":："


class ScriptHelper:
    """Helps in one editor over one session; every change it makes is an undo step of its own."""

    def __init__(self, session: ProjectSession, editor: ScriptEditor, *, on: bool) -> None:
        self._session = session
        self._editor = editor
        self._completer = Completer(session.script)
        self._offer: Offer | None = None
        self._dismissed = (-1, "")
        self._called: Speaking | None = None
        self._called_by = ""  # the colon that was typed for it; none for the key that repeats
        self._language = ((-1, ""), "en")  # for which headings and project language it was found out
        self.on = on
        """Whether anything is offered."""
        self._bible_read = False

    @property
    def language(self) -> str:
        """The language that is written here: the project's, unless the keywords are all of another one."""
        script, project = self._session.script, self._session.store.meta.language
        known_for = (script.structure, project)
        if self._language[0] != known_for:
            row, _ = self._editor.cursor
            self._language = known_for, written_language(script, row, project)
        return self._language[1]

    def bible_changed(self) -> None:
        """Names of people and places are looked up again when something is to be offered."""
        self._bible_read = False

    def _read_bible(self) -> None:
        self._bible_read = True
        store = self._session.store
        self._completer.people = store.names()
        self._completer.backgrounds = [place.name for place in store.backgrounds() if place.name.strip()]

    # What the editor asks

    def typed(self, character: str) -> bool:
        """A colon on an empty line calls a speaker, another one the next."""
        if character not in COLONS or not self.on:
            return False
        if self._stands(self._called):
            self._called_by = character
            self._call_next(character)
            return True
        row, _ = self._editor.cursor
        if self._editor.selected_text or self._editor.wrapped.buffer[row].strip():
            return False
        self._called = speaking(self._session.script, row, self.language)
        if self._called is None:
            return False
        self._called_by = character
        self._write((row, 0), character)  # undo gives back what was typed
        self._write((row, 0), self._called.cue)
        return True

    def erasing(self) -> bool:
        """Backspace right after a speaker was called leaves the colon that was typed, if one was."""
        called = self._called
        self._called = None
        if called is None or not self._stands(called):
            return False
        self._write((called.row, 0), self._called_by)
        return True

    def offer(self) -> str:
        """The likeliest end of the word that is being written."""
        self._offer = None
        row, column = self._editor.cursor
        if not self.on or self._editor.selected_text:
            return ""
        at, words = self._dismissed
        if at == row and self._editor.wrapped.buffer[row].startswith(words):
            return ""
        if not self._bible_read:
            self._read_bible()
        self._offer = self._completer.offer(row, column, self.language)
        return self._offer.ghost if self._offer else ""

    def accept(self) -> None:
        """What is shown becomes text; letters typed in another case become as they are offered."""
        offer, self._offer = self._offer, None
        if offer is None:
            return
        row, column = self._editor.cursor
        words = self._editor.wrapped.buffer[row]
        if offer.text == words[offer.column :] + offer.ghost:
            self._write((row, column), offer.ghost)
        else:
            self._write((row, offer.column), offer.text)

    def dismiss(self) -> None:
        """Nothing more is offered while this line goes on as it does."""
        row, _ = self._editor.cursor
        self._offer, self._dismissed = None, (row, self._editor.wrapped.buffer[row])

    # Speakers

    def repeat(self) -> bool:
        """The last speaker again, on this line if it is empty, else below; asked again, the one before."""
        if self._stands(self._called):
            self._call_next("")
            return True
        row, _ = self._editor.cursor
        script = self._session.script
        called = speaking(script, row + 1, self.language, last_first=True)
        if called is None:
            return False
        self.put(line(script, row, called.cue))
        below = self._editor.cursor[0] - called.cue.count("\n")
        self._called_by = ""
        self._called = Speaking(below, called.cues)
        return True

    def _call_next(self, otherwise: str) -> None:
        """The next speaker in the place of the one that stands there; after the last, what was typed."""
        called = self._called
        if called is None:
            return
        self._called = called.next() or (None if otherwise else Speaking(called.row, called.cues))
        self._write((called.row, 0), self._called.cue if self._called else otherwise)

    def _stands(self, called: Speaking | None) -> bool:
        """Whether the cue stands untouched on its line, with the cursor behind it."""
        if called is None or called.row >= self._editor.wrapped.rows:
            return False
        cursor = self._editor.cursor
        at_end = cursor[1] == len(self._editor.wrapped.buffer[cursor[0]])
        return at_end and self._editor.wrapped.between((called.row, 0), cursor) == called.cue

    # Writing

    def put(self, insertion: Insertion) -> None:
        """Make an insertion, with the cursor where it says."""
        offset, deleted, text, cursor = insertion
        self._session.store.checkpoint()
        self._editor.edit(TextEdit(offset, deleted, text), select=(cursor, cursor))
        self._session.store.checkpoint()

    def _write(self, start: Location, text: str) -> None:
        """Put text in the place of all from `start` to the cursor."""
        self._session.store.checkpoint()
        self._editor.replace(start, self._editor.cursor, text)
        self._session.store.checkpoint()
