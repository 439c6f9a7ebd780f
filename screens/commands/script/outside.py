"""The script outside of Genko: other editors, exports, hand-offs."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.base import ScriptCommand


class EditPage(ScriptCommand):
    """Open this page in your own editor ($VISUAL, $EDITOR). What you change there is merged."""

    title = "Open this page in your editor"
    letter = "7"


class EditScript(ScriptCommand):
    """Open the whole script in your own editor ($VISUAL, $EDITOR). What you change there is merged."""

    title = "Open the script in your editor"
    letter = "8"


class ExportScript(ScriptCommand):
    """Write the script to a file in another form, and remember whom it was sent to."""

    title = "Export and hand off"
    letter = "9"


class LinkFile(ScriptCommand):
    """Keep the script in a plain file, too, for git and other editors; or end that."""

    title = "Link to a file"


class HandOffs(ScriptCommand):
    """Whom the script was sent to, and when."""

    title = "Hand-offs"


OUTSIDE: tuple[type[Command], ...] = (EditPage, EditScript, ExportScript, LinkFile, HandOffs)
