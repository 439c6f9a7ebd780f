"""What one does to the text: undo, kinds of lines, new panels and pages, names, notes."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.base import ScriptCommand


class Undo(ScriptCommand):
    """Take back the last change of yours. Another writer's changes stay."""

    title = "Undo"
    keys = ("ctrl+z",)


class Redo(ScriptCommand):
    """Do again what was taken back."""

    title = "Redo"
    keys = ("ctrl+y",)


class NextPanel(ScriptCommand):
    """Begin the next panel below the cursor's line, with its number. What stands below goes with it."""

    title = "Next panel"
    keys = ("ctrl+n", "ctrl+enter")
    footer = "Next panel"
    letter = "j"


class CycleKind(ScriptCommand):
    """Take what is offered; else make the line another kind: description, dialogue, caption, SFX, note;
    an empty one a panel or page."""

    title = "Other kind of line"
    keys = ("tab",)
    footer = "Kind"
    letter = "k"
    priority = False


class NextPage(ScriptCommand):
    """Begin the next page below the cursor's line, with its number. What stands below goes with it."""

    title = "Next page"
    keys = ("ctrl+t", "ctrl+shift+enter")
    letter = "n"


class NextChapter(ScriptCommand):
    """Begin the next chapter below the cursor's line, with its number."""

    title = "Next chapter"
    letter = "c"


class RepeatSpeaker(ScriptCommand):
    """Let the last speaker go on, on this line or below it. Again: the one who spoke before."""

    title = "Last speaker again"
    keys = ("ctrl+r",)
    letter = "e"


class InsertCaption(ScriptCommand):
    """Begin a caption, on this line if it is empty, else below."""

    title = "Caption"
    keys = ("alt+c",)
    letter = "a"


class InsertSfx(ScriptCommand):
    """Begin a sound effect, on this line if it is empty, else below."""

    title = "Sound effect"
    keys = ("alt+x",)
    letter = "x"


class InsertNote(ScriptCommand):
    """Begin a note for those who draw and letter, on this line if it is empty, else below."""

    title = "Note"
    keys = ("alt+n",)
    letter = "b"


class ToggleCompletion(ScriptCommand):
    """Offer names, keywords and places while you type, or not, and remember it."""

    title = "Completion on or off"
    letter = "6"


WRITING: tuple[type[Command], ...] = (
    Undo,
    Redo,
    NextPanel,
    CycleKind,
    NextPage,
    NextChapter,
    RepeatSpeaker,
    InsertCaption,
    InsertSfx,
    InsertNote,
    ToggleCompletion,
)
