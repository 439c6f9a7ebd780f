"""The dialog before a backup that is not of everything: what, under which name, where, with a passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from core.backup import elsewhere
from core.backup.answers import Forecast
from core.backup.jobs import BackUp, Estimate, Place
from core.backup.work import StoppedError, Work
from core.errors import GenkoError
from core.sizes import as_size
from screens.backup.details import NAMES
from screens.bible.views.lines import BLANK, Line, LineList
from screens.import_paths import PathSuggester
from screens.wording import counted

if TYPE_CHECKING:
    from core.backup.keeping.wishes import KeepingWishes

SECTIONS = (
    *("script", "characters", "backgrounds", "scenes", "assembly"),
    *("drafts", "versions", "media", "settings", "kept"),
)
"""As `core.backup.exporting` has them, which is not loaded for a dialog."""
DOCUMENT = frozenset(SECTIONS[:5])
ALL, ONE = "scope:all", "scope:one"
FORGOTTEN = "Without a recovery sheet nobody can read it once the passphrase is forgotten."
NOT_WHOLE = "Without all of script and bible it can be read and brought back, but undo history is not in it."
OPEN, LOCKED = "none: anybody who has the file can read it", "none: the lock of your settings encrypts it"
HINT = "Space: tick   Tab: next   ^G: back up   Esc: cancel"


@dataclass
class Estimated(Message):
    """What it would be."""

    wanted: Choices
    forecast: Forecast | None
    error: GenkoError | None = None


@dataclass(frozen=True)
class Choices:
    """What is ticked."""

    project: str = ""
    """Empty: the whole library."""
    sections: tuple[str, ...] = field(default=SECTIONS)


class BackupDialog(ModalScreen[BackUp | None]):
    """The answer is what is to be done, or None."""

    CSS_PATH = "choosing.tcss"
    AUTO_FOCUS = "#what"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("ctrl+g", "begin", "Back up", priority=True),
    ]

    what = query_one("#what", LineList)
    said = query_one("#said", Static)

    def __init__(self, place: Place, wishes: KeepingWishes, open_project: tuple[str, str] | None) -> None:
        """`open_project`: id and title of the one that is open."""
        super().__init__()
        self._place, self._wishes, self._open = place, wishes, open_project
        self._choices = Choices()
        self._forecast: Forecast | None = None
        self._work = Work()

    def compose(self) -> ComposeResult:
        """What, name, folder, passphrase twice, the estimate, the keys."""
        with Vertical(classes="dialog"):
            yield Static("Choose and back up", classes="question")
            yield LineList(id="what")
            for name, label, hint in (
                ("label", "Name", "none; a named backup is kept whatever its age"),
                ("folder", "Folder", self._wishes.folder),
                ("passphrase", "Passphrase", LOCKED if self._wishes.encrypt else OPEN),
                ("again", "The same again", ""),
                ("sheet", "Recovery sheet", "a new file, for when the passphrase is forgotten"),
            ):
                with Horizontal(classes="row"):
                    yield Static(label, classes="name")
                    secret = name in ("passphrase", "again")
                    paths = PathSuggester() if name in ("folder", "sheet") else None
                    yield Input(placeholder=hint, id=name, compact=True, password=secret, suggester=paths)
            yield Static("", id="said", markup=False)
            yield Static(HINT, classes="note")

    def on_mount(self) -> None:
        """Ask for an estimate."""
        self.query_one("#again").disabled = self.query_one("#sheet").disabled = True
        self._show()
        self._ask()

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self._work.stop.set()

    # what

    def _lines(self) -> Sequence[Line]:
        chosen = self._choices
        lines = [Line((("The whole library", ""),), ALL, box=not chosen.project)]
        if self._open is not None:
            title = self._open[1] or "(untitled)"
            lines.append(Line(((f"Only the open project: {title}", ""),), ONE, box=bool(chosen.project)))
        lines.append(BLANK)
        for name in SECTIONS:
            label = NAMES.get(name, name)
            label = label[:1].upper() + label[1:]
            lines.append(Line(((label, ""),), name, self._size_of(name), name in chosen.sections))
        return lines

    def _size_of(self, section: str) -> str:
        if self._forecast is None or section not in self._choices.sections:
            return ""
        for facts in self._forecast.sections:
            if facts.name == section:
                return f"about {as_size(facts.size)}" if facts.size else ""
        return ""

    @on(LineList.Ticked)
    @on(LineList.Chosen)
    def _ticked(self, event: LineList.Ticked | LineList.Chosen) -> None:
        value = str(event.value)
        chosen = self._choices
        if value in (ALL, ONE):
            project = self._open[0] if value == ONE and self._open is not None else ""
            self._choices = Choices(project, chosen.sections)
        else:
            wanted = set(chosen.sections) ^ {value}
            self._choices = Choices(chosen.project, tuple(name for name in SECTIONS if name in wanted))
        self._forecast = None
        self._show()
        self._ask()

    def _show(self) -> None:
        self.what.show(lambda width: self._lines())
        self.said.update(self._sentence())

    # the estimate

    def _ask(self) -> None:
        self._work.stop.set()
        self._work = Work()
        if self._choices.sections:
            self._estimate(self._choices, self._work)

    @work(thread=True, group="look", exit_on_error=False)
    def _estimate(self, wanted: Choices, work: Work) -> None:
        job = Estimate((wanted.project,) if wanted.project else (), wanted.sections)
        try:
            self.post_message(Estimated(wanted, elsewhere.run(job, self._place, work)))
        except StoppedError:
            return
        except GenkoError as error:
            self.post_message(Estimated(wanted, None, error))

    @on(Estimated)
    def _estimated(self, event: Estimated) -> None:
        if event.wanted == self._choices:
            self._forecast = event.forecast
            self._show()
            if event.error is not None:
                self.said.update(event.error.what)

    def _sentence(self) -> str:
        chosen, found = self._choices, self._forecast
        if not chosen.sections:
            return "Nothing is ticked."
        if found is None:
            return "Looking how much it is…"
        parts = [counted(found.projects, "project"), counted(found.pages, "page")]
        parts[1:1] = [counted(found.drafts, "draft")] if found.drafts else []
        parts += [counted(found.words, "word"), f"about {as_size(found.size)}"]
        more = [NOT_WHOLE if not set(chosen.sections) >= DOCUMENT else ""]
        if self.query_one("#passphrase", Input).value and not self.query_one("#sheet", Input).value:
            more.append(FORGOTTEN)
        return "\n".join((" · ".join(parts), *filter(None, (*found.notes, *more))))

    # the fields

    @on(Input.Changed, "#passphrase")
    def _passphrase_changed(self, event: Input.Changed) -> None:
        for name in ("#again", "#sheet"):
            field = self.query_one(name, Input)
            field.disabled = not event.value
            if not event.value:
                field.value = ""
        self.said.update(self._sentence())

    @on(Input.Changed, "#sheet")
    def _sheet_changed(self) -> None:
        self.said.update(self._sentence())

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.app.action_focus_next()

    def action_begin(self) -> None:
        """^G: what is to be done."""
        chosen = self._choices
        names = ("label", "folder", "passphrase", "again", "sheet")
        label, folder, passphrase, again, sheet = (self.query_one(f"#{name}", Input).value for name in names)
        if not chosen.sections:
            self.said.update("Nothing is ticked.")
            return
        if passphrase != again:
            self.said.update("The passphrase is not the same twice.")
            self.query_one("#again").focus()
            return
        label = " ".join(label.split())
        self.dismiss(
            BackUp(
                projects=(chosen.project,) if chosen.project else (),
                sections=() if chosen.sections == SECTIONS else chosen.sections,
                folder=folder.strip(),
                label=label,
                reason="named" if label else "manual",
                passphrase=passphrase,
                sheet=sheet.strip(),
                wishes=self._wishes,
            )
        )
