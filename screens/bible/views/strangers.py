"""Who speaks in the script and is not in the bible, and who is in the bible and not in the script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from textual import on, work
from textual.binding import Binding

from core.script.renaming import same_name
from core.story import ProjectStore, Section
from screens.bible.views.dialogs import UNDOING, ListDialog
from screens.bible.views.following import Following
from screens.bible.views.lines import BLANK, Line, LineList, heading, quiet
from screens.bible.views.picking import Option, Pick
from screens.wording import counted

_WORD = re.compile(r"[^\W\d_]+")


class Stranger(NamedTuple):
    """A name of the script that nobody of the bible has."""

    name: str


class Silent(NamedTuple):
    """Somebody of the bible who is not in the script."""

    id: str


class Seen(NamedTuple):
    """The answer: what to go to. `row` of the script, or the record with `id`."""

    row: int = -1
    id: str = ""


def bible_name(written: str) -> str:
    """How a cue's name stands in the bible: `OLD WOMAN` → `Old Woman`; what is not all capitals stays."""
    written = " ".join(written.split())
    if written != written.upper() or len(written) < 3:
        return written
    return _WORD.sub(lambda word: word[0].capitalize() if len(word[0]) > 1 else word[0], written)


def add_characters(store: ProjectStore, names: Sequence[str]) -> list[str]:
    """Add characters as one undo step; gives the ids of the new ones."""
    known = {same_name(name) for name in store.names()}
    fresh = [name for name in map(bible_name, names) if same_name(name) not in known]
    store.checkpoint()
    return store.add_records(Section.CHARACTERS, [{"name": name} for name in fresh])


class Strangers(ListDialog[Seen | None]):
    """Enter adds the one under the cursor; it leaves the list when the script has been looked at again."""

    question = "In the script, not in the bible"
    keys = "Enter: add   A: all   i: alias of…   g: to the script   ^Z: undo   Esc: close"
    nobody = "Everybody who speaks in the script is in the bible."
    follows = (Section.CHARACTERS,)
    has_aliases = True
    BINDINGS = [
        *UNDOING,
        Binding("a", "add", show=False),
        Binding("A", "add_all", show=False),
        Binding("i", "alias", show=False),
        Binding("g", "go", show=False),
    ]

    def __init__(self, store: ProjectStore, following: Following) -> None:
        super().__init__(store)
        self._following = following
        self._names: list[tuple[str, str]] = []

    def on_mount(self) -> None:
        """The answers come some time after an edit."""
        super().on_mount()
        self._stops.append(self._following.listen(self.show))

    def unknown(self) -> list[tuple[str, str]]:
        """(name, how much there is), without those who were added since the script was last looked at."""
        people = self._following.characters()
        known = {same_name(name) for one in people for name in (one.name, *one.aliases)}
        found = self._following.presence.unknown()
        return [(name, counted(lines, "line")) for name, lines in found if same_name(name) not in known]

    def silent(self) -> list[tuple[str, str]]:
        """(id, name) of those of the bible who are not in the script."""
        living = {one.id: one.name for one in self._following.characters()}
        found = self._following.presence.silent()
        return [(one.id, living[one.id]) for one in found if one.id in living]

    def create(self, names: Sequence[str]) -> str:
        """Add them as one undo step; says what was done."""
        return f"{counted(len(add_characters(self.store, names)), 'character')} added."

    def first_row(self, name: str) -> int | None:
        """Where a name first comes up."""
        first = self._following.presence.of_name(name).first
        return first.row if first is not None else None

    @property
    def ready(self) -> bool:
        """Whether the script has been read."""
        return self._following.ready

    def make(self, width: int) -> Sequence[Line]:
        """Both lists."""
        if not self.ready:
            return [quiet("The script is still being read…")]
        lines = [Line(((name, ""),), Stranger(name), note) for name, note in self._names]
        lines = lines or [quiet(self.nobody)]
        if silent := self.silent():
            lines += [BLANK, heading(f"In the bible, not in the script ({len(silent):,})")]
            lines += [Line(((name or "(no name)", ""),), Silent(one)) for one, name in silent]
        return lines

    def show(self) -> None:
        """The question says how many there are."""
        if not self.is_there:
            return
        self._names = self.unknown() if self.ready else []
        super().show()
        self.ask(f"{type(self).question} ({len(self._names):,})" if self.ready else type(self).question)

    @on(LineList.Chosen)
    def _choose(self, event: LineList.Chosen) -> None:
        if isinstance(event.value, Silent):
            self.dismiss(Seen(id=event.value.id))
        else:
            self.action_add()

    def action_add(self) -> None:
        """Enter or a: the one under the cursor."""
        if isinstance(value := self.listing.value, Stranger):
            self._add([value.name])

    def action_add_all(self) -> None:
        """A: all of them, as one undo step."""
        if self.ready:
            self._add([name for name, _ in self._names])

    def _add(self, names: Sequence[str]) -> None:
        if names:
            self.notify(f"{self.create(names)} One undo takes it back.", timeout=3)

    @work
    async def action_alias(self) -> None:
        """i: it is another name of somebody who is in the bible."""
        value = self.listing.value
        if not isinstance(value, Stranger) or not self.has_aliases:
            return
        question = f"Whose other name is {value.name}?"
        options = [Option(one.id, one.name, ", ".join(one.aliases)) for one in self.store.characters()]
        answer = await self.app.push_screen_wait(
            Pick(self.store, Section.CHARACTERS, question, lambda: options)
        )
        record = self.store.record(Section.CHARACTERS, answer[0]) if answer else None
        if record is None or record.trashed_at:
            if answer:
                self.notify("This character is not there any more.", severity="warning")
            return
        add_alias(self.store, record.id, value.name)

    def action_go(self) -> None:
        """g: to the first line that the name has in the script."""
        value = self.listing.value
        if isinstance(value, Stranger) and (row := self.first_row(value.name)) is not None:
            self.dismiss(Seen(row=row))


def add_alias(store: ProjectStore, record_id: str, name: str) -> None:
    """Give a character one more name, as an undo step of its own."""
    record = next((one for one in store.characters() if one.id == record_id), None)
    if record is not None and same_name(name) not in map(same_name, (record.name, *record.aliases)):
        store.checkpoint()
        store.update_record(Section.CHARACTERS, record_id, aliases=[*record.aliases, bible_name(name)])
